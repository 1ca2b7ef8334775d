#!/usr/bin/env bash
# Runs a command that fetches something, up to three times: a network that stumbles once fails no test.
for wait in 15 45 0; do
  "$@" && exit
  code=$?
  [ $wait = 0 ] || { echo "again in $wait s: ${*: -3}" >&2; sleep $wait; }
done
exit $code
