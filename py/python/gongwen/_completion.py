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
    if [[ ${{COMP_WORDS[1]}} == panel && $COMP_CWORD -gt 1 ]]; then
        case $before in
{panel}            -o | --output | --dictionary) compopt -o default; return ;;
            *)
                case $word in
                    -*) words="{panel_options}" ;;
                    *) compopt -o default; return ;;
                esac
                ;;
        esac
    else case $before in
        -c | --columns | -w | --where)
{columns}            ;;
{choices}        -o | --output) compopt -o default; return ;;
        *)
            case $word in
                -*) words="{options}" ;;
                *)
                    if [[ $COMP_CWORD == 1 && panel == "$word"* ]]; then
                        # Beside the files that begin so.
                        COMPREPLY=(panel)
                        while IFS= read -r before; do COMPREPLY+=("$before"); done < <(compgen -f -- "$word")
                        compopt -o filenames
                        return
                    fi
                    compopt -o default; return ;;
            esac
            ;;
    esac; fi
    while IFS= read -r word; do COMPREPLY+=("$given$word"); done < <(compgen -W "$words" -- "${{word##*,}}")
}}
complete -F _gongwen gongwen
"""

_FISH = "# gongwen --completion fish > ~/.config/fish/completions/gongwen.fish\n"


def script(shell: str, parser: argparse.ArgumentParser, panel: argparse.ArgumentParser, tables: Sequence[str]) -> str:
    """The script for a shell, from the options of the command and of ``gongwen panel``.

    >>> from gongwen import _completion
    >>> _completion.SHELLS
    ('bash', 'zsh', 'fish')
    """
    words = _words(parser, tables)
    of_panel = _words_of_panel()
    if shell == "fish":
        with_columns = {**words, "columns": list(dict.fromkeys(column for table in tables for column in _columns(table)))}
        first = "complete -c gongwen -n 'test (count (commandline -opc)) -eq 1' -a panel -d 'comparable indicators by place and year'\n"
        seen = "test (count (commandline -opc)) -gt 1; and test (commandline -opc)[2] = panel"
        return _FISH + first + _fish(parser, with_columns, f"not begin; {seen}; end") + _fish(panel, of_panel, seen)
    columns = "".join(f'            [[ $line == *[\\ ,]{table}[\\ ,]* ]] && words+=" {" ".join(_columns(table))}"\n' for table in tables)
    columns += f'            [[ -z $words ]] && words="{" ".join(_columns("documents"))}"\n'
    panel_choices = "".join(f"    {line}\n" for line in _choices(panel, of_panel))
    choices = "".join(f"{line}\n" for line in _choices(parser, words))
    bash = _BASH.format(columns=columns, choices=choices, options=_long(parser), panel=panel_choices, panel_options=_long(panel))
    if shell == "zsh":
        bash = "#compdef gongwen\n" + bash.replace("bash > ~/.local/share/bash-completion/completions/gongwen", "zsh > a folder of $fpath/_gongwen")
        return bash.replace("_gongwen() {", "autoload -U +X bashcompinit && bashcompinit\n_gongwen() {", 1).replace("compopt -o default; return", "return").replace("                        compopt -o filenames\n", "")
    return bash


def _choices(parser: argparse.ArgumentParser, words: Dict[str, Sequence[str]]) -> List[str]:
    """A line of a case for each option that takes words."""
    return [f'        {" | ".join(a.option_strings)}) words="{" ".join(words[a.dest])}" ;;' for a in parser._actions if a.dest in words]


def _long(parser: argparse.ArgumentParser) -> str:
    return " ".join(option for action in parser._actions for option in action.option_strings if option.startswith("--"))


def _columns(table: str) -> List[str]:
    extra = [column for column in FURTHER if table in FURTHER[column]]
    names = _core.empty_batch([(table, extra)], [], False).columns
    return [*names, "duplicate_of"] if table == "documents" else names


def _words(parser: argparse.ArgumentParser, tables: Sequence[str]) -> Dict[str, Sequence[str]]:
    """The words that an option takes, by its name."""
    from ._cli import FORMATS, READ_AS

    return {"table": tables, "format": FORMATS, "read_as": READ_AS, "completion": SHELLS, "encoding": ("utf-8", "gb18030", "big5", "utf-16le")}


def _words_of_panel() -> Dict[str, Sequence[str]]:
    """The same of ``gongwen panel``."""
    from . import indicators
    from ._panel import DOMAINS, FORMATS

    modalities = ("actual", "target")
    ids = ["core", "all", *indicators.dictionary.ids]
    return {"ids": ids, "domain": DOMAINS, "modality": modalities, "against": modalities, "format": FORMATS}


def _fish(parser: argparse.ArgumentParser, words: Dict[str, Sequence[str]], when: str) -> str:
    """A line for each option, of use where the line fulfils a condition."""
    lines: List[str] = []
    for action in parser._actions:
        line = f"complete -c gongwen -n '{when}'"
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
