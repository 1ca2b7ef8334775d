"""What shells need to complete the command: its options, their words, and the columns of the tables on the line."""

from __future__ import annotations

import argparse
from typing import Dict, List, Sequence

from . import _core
from ._scan import FURTHER

SHELLS = ("bash", "zsh", "fish")

_BASH = """\
# gongwen --completion bash > ~/.local/share/bash-completion/completions/gongwen
_gongwen() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} line=" ${{COMP_WORDS[*]}} " words= given=
    COMPREPLY=()
    # A list of names: what stands before the last comma stays.
    [[ $word == *,* ]] && given=${{word%,*}},
    case $before in
        -c | --columns | -w | --where)
{columns}            ;;
{choices}        -o | --output) compopt -o default; return ;;
        *)
            case $word in
                -*) words="{options}" ;;
                *) compopt -o default; return ;;
            esac
            ;;
    esac
    while IFS= read -r word; do COMPREPLY+=("$given$word"); done < <(compgen -W "$words" -- "${{word##*,}}")
}}
complete -F _gongwen gongwen
"""

_FISH = "# gongwen --completion fish > ~/.config/fish/completions/gongwen.fish\n"


def script(shell: str, parser: argparse.ArgumentParser, tables: Sequence[str]) -> str:
    """The script for a shell.

    >>> from gongwen import _completion
    >>> _completion.SHELLS
    ('bash', 'zsh', 'fish')
    """
    words = _words(parser, tables)
    if shell == "fish":
        return _FISH + _fish(parser, words, tables)
    columns = "".join(f'            [[ $line == *[\\ ,]{table}[\\ ,]* ]] && words+=" {" ".join(_columns(table))}"\n' for table in tables)
    columns += f'            [[ -z $words ]] && words="{" ".join(_columns("documents"))}"\n'
    choices = "".join(f'        {" | ".join(a.option_strings)}) words="{" ".join(words[a.dest])}" ;;\n' for a in parser._actions if a.dest in words)
    options = " ".join(option for action in parser._actions for option in action.option_strings if option.startswith("--"))
    bash = _BASH.format(columns=columns, choices=choices, options=options)
    if shell == "zsh":
        bash = "#compdef gongwen\n" + bash.replace("bash > ~/.local/share/bash-completion/completions/gongwen", "zsh > a folder of $fpath/_gongwen")
        return bash.replace("_gongwen() {", "autoload -U +X bashcompinit && bashcompinit\n_gongwen() {", 1).replace("compopt -o default; return", "return")
    return bash


def _columns(table: str) -> List[str]:
    extra = [column for column in FURTHER if table in FURTHER[column]]
    names = _core.empty_batch([(table, extra)], [], False).columns
    return [*names, "duplicate_of"] if table == "documents" else names


def _words(parser: argparse.ArgumentParser, tables: Sequence[str]) -> Dict[str, Sequence[str]]:
    """The words that an option takes, by its name."""
    from ._cli import FORMATS, READ_AS

    return {"table": tables, "format": FORMATS, "read_as": READ_AS, "completion": SHELLS, "encoding": ("utf-8", "gb18030", "big5", "utf-16le")}


def _fish(parser: argparse.ArgumentParser, words: Dict[str, Sequence[str]], tables: Sequence[str]) -> str:
    words = {**words, "columns": list(dict.fromkeys(column for table in tables for column in _columns(table)))}
    lines: List[str] = []
    for action in parser._actions:
        line = "complete -c gongwen"
        for option in action.option_strings:
            line += f" -l {option[2:]}" if option.startswith("--") else f" -s {option[1:]}"
        if not action.option_strings:
            continue
        if action.dest in words:
            line += f" -x -a '{' '.join(words[action.dest])}'"
        elif action.nargs != 0:
            line += " -r"
        text = (action.help or "").split(": ")[0].split("; ")[0].replace("'", "").replace("%%", "%")
        lines.append(f"{line} -d '{text}'\n")
    return "".join(lines)
