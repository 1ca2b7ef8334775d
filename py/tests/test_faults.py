"""The table of faults (`faults.py`) in short: each signal at two random moments."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")


@pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")
def test_nothing_is_lost() -> None:
    done = subprocess.run([sys.executable, str(Path(__file__).with_name("faults.py")), "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().count("\n") == 2 + 10 + os.path.exists("/proc/self/statm"), done.stdout.decode()
