"""Writes the pages that say what each indicator means, from the dictionary of the core.

    python py/indicator_docs.py            writes docs/en/indicators.md and docs/zh/indicators.md
    python py/indicator_docs.py --check    exits 1 when a page is not what would be written

The dictionary is core/src/indicators/dictionary.tsv, the names of the groups are in groups.tsv beside it.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Dict, Iterator, List, Tuple

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "core" / "src" / "indicators"

DOMAINS = {
    "law": ("Rule of law", "法治政府"),
    "econ": ("Economy", "经济"),
    "people": ("People", "民生"),
    "sci": ("Science and technology", "科技"),
    "env": ("Environment", "生态环境"),
    "gov": ("Government and safety", "政府与安全"),
}
MEASURES = {"level": ("level", "数量"), "rate": ("rate", "比率"), "growth": ("change against the year before, signed", "与上年相比的增减，有正负号")}
WINDOWS = {
    "c": ("in the clause", "同一分句"),
    "C": ("in the clause or right behind", "同一分句及其后"),
    "s": ("in the sentence", "同一句"),
    "S": ("in the sentence or the one before", "本句或上一句"),
    "h": ("in the headings or the clause", "标题或同一分句"),
}
LEVELS = {"province": ("provinces", "省级"), "city": ("prefectures", "地级"), "county": ("counties", "县级")}

INTRO = {
    "en": """\
# What each indicator means

Generated from the dictionary of the library: {total} indicators, {core} of them marked ● as those that most reports give.
`gongwen panel --list` prints them; `gongwen.indicators.dictionary` has them as data.

```python
import gongwen

corpus = gongwen.parse_many(gongwen.find("examples/panel").files)
panel = corpus.panel(["gdp_growth", "review_accepted"], against="target")
print(panel.to_polars())
print(panel.source("松石市", 2023, "review_accepted"))
```

* A number is an indicator's when its words name it, its unit is one of those given, and the conditions hold. Where two
  indicators may be meant, or none surely, there is no row.
* Growth and change compare with the year before and carry their sign. Numbers against other years, of parts of the place, of
  several years together are not in the panel.
* A cell is empty where the reports say nothing; silence is never zero. 零败诉 and its like are zero; 与经济增长同步 is `relative`,
  均已办结 and 全覆盖 are `all`.
* Words: `(a|b)` is either, `(a)?` with or without it, `…8` up to eight characters, `…` any.
""",
    "zh": """\
# 各项指标的含义

由词典自动生成：共 {total} 项，其中 {core} 项带 ●，为多数报告都会给出的核心指标。
`gongwen panel --list` 列出全部指标；`gongwen.indicators.dictionary` 以数据形式给出。

```python
import gongwen

corpus = gongwen.parse_many(gongwen.find("examples/panel").files)
panel = corpus.panel(["gdp_growth", "review_accepted"], against="target")
print(panel.to_polars())
print(panel.source("松石市", 2023, "review_accepted"))
```

* 数字前后的词语点明某项指标、单位在所列之内、条件也满足时，才归入该指标；可能是两项、或拿不准的，不出数据。
* 增速、增减均与上年相比，带正负号。与其他年份相比的、只属局部的、多年合计或年均的，不进面板。
* 报告没有提到的，单元格为空：没有说不等于零。“零败诉”之类记为零；“与经济增长同步”记为 `relative`（未定数），
  “均已办结”“全覆盖”记为 `all`（全部）。
* 词语写法：`(甲|乙)` 任选其一，`(甲)?` 可有可无，`…8` 至多八个字，`…` 任意文字。
""",
}
HEADS = {
    "en": "| | id | Indicator | Unit | Measure | Definition and conditions | Words |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    "zh": "| | 标识 id | 指标 | 单位 | 类型 | 口径与条件 | 词语 |\n| --- | --- | --- | --- | --- | --- | --- |\n",
}


def rows() -> Iterator[Dict[str, str]]:
    lines = [line for line in (SOURCE / "dictionary.tsv").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    for line in lines[1:]:
        cells = line.split("\t")
        yield dict(zip(columns, cells + [""] * (len(columns) - len(cells))))


def group_names() -> Dict[Tuple[str, str], Tuple[str, str]]:
    lines = [line.split("\t") for line in (SOURCE / "groups.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {(domain, group): (english, chinese) for domain, group, chinese, english in lines[1:]}


def escaped(text: str) -> str:
    return text.replace("|", "\\|")


def conditions(row: Dict[str, str], language: int) -> str:
    """What a number must meet beside its words, as a sentence or two."""
    said: List[str] = []
    note = row["note"] if language == 0 else row["note_zh"]
    # What the columns say is not said again in the words of a note.
    if note and not (language == 0 and re.match(r"(needs |in a sentence|signed; base year)", note)):
        said.append(note)
    if row["context"]:
        where, words = row["context"].split(":", 1)
        listed = "、".join(words.split("|"))
        said.append(f"with {listed} {WINDOWS[where][0]}" if language == 0 else f"{WINDOWS[where][1]}须有{listed}")
    if row["verbs"]:
        listed = "、".join(row["verbs"].split("|"))
        said.append(f"with {listed}" if language == 0 else f"须有{listed}")
    if row["without"]:
        listed = "、".join(row["without"].split("|"))
        said.append(f"without {listed}" if language == 0 else f"不含{listed}")
    if row["applies"]:
        listed = (", " if language == 0 else "、").join(LEVELS[level][language] for level in row["applies"].split("|"))
        said.append(f"of {listed} only" if language == 0 else f"仅{listed}")
    return ("; " if language == 0 else "；").join(said)


def page(language: str) -> str:
    index = 0 if language == "en" else 1
    all_rows, names = list(rows()), group_names()
    core = sum(row["tier"] != "ext" for row in all_rows)
    out = [INTRO[language].format(total=len(all_rows), core=core)]
    for domain, domain_names in DOMAINS.items():
        out.append(f"\n## {domain_names[index]}\n")
        for group in dict.fromkeys(row["group"] for row in all_rows if row["domain"] == domain):
            out.append(f"\n### {names[domain, group][index]}\n\n{HEADS[language]}")
            for row in all_rows:
                if (row["domain"], row["group"]) != (domain, group):
                    continue
                name = f"{row['english']}<br>{row['name']}" if index == 0 else row["name"]
                cells = ["●" if row["tier"] != "ext" else "", f"`{row['id']}`", name, row["units"] or "%", MEASURES[row["measure"]][index]]
                cells += [escaped(conditions(row, index)), f"<code>{escaped(row['heads'])}</code>"]
                out.append("| " + " | ".join(cells) + " |\n")
    return "".join(out)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="exit 1 when a page is not in step")
    args = parser.parse_args()
    for language in ("en", "zh"):
        path = HERE / "docs" / language / "indicators.md"
        wanted = page(language)
        if not args.check:
            path.write_text(wanted, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != wanted:
            print(f"{path} is not what the dictionary says: python py/indicator_docs.py")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
