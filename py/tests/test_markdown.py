"""A document written as Markdown and read again has the same tree, and as many metrics."""

from __future__ import annotations

import random
from pathlib import Path
from typing import List, Optional, Tuple

import gongwen
import pytest
from conftest import REPORTS, TEXT, corpus, loud_skip

NUMBERS = "一二三四五六七八九"
SENTENCES = [
    "推进法治建设。",
    "严格执行补贴标准；",
    "健全部门会商制度，",
    "完善R&D服务；改造A_B两段[甲]线路*。",
    "新建农村公路15.6公里，完成投资3.2亿元。",
    "由县教育局牵头，县财政局配合，于2025年3月1日前完成。",
    "办理时间由30天缩短至5个工作日。",
]

Tree = List[Tuple[int, Optional[str], Optional[str]]]


def tree(doc: gongwen.Document) -> Tree:
    """Each section by its depth, marker and heading."""
    depth: List[int] = []
    rows: Tree = []
    for section in doc.to_dict()["sections"]:
        depth.append(0 if section["parent"] is None else depth[section["parent"]] + 1)
        part = [section[key] and section[key]["text"] for key in ("marker", "heading")]
        rows.append((depth[-1], part[0], part[1]))
    return rows


def kept(doc: gongwen.Document) -> bool:
    again = gongwen.parse(doc.to_markdown())
    return tree(again) == tree(doc) and len(again.metrics) == len(doc.metrics)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_reports_keep_their_tree(path: Path) -> None:
    assert kept(gongwen.read(path))


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        # What Markdown's # stand before is numbered, and no title of a document inside.
        "松石县补贴细则\n一、补贴的对象\n本县居民。\n二、补贴发放标准\n按1%补贴。\n三、县级会商制度\n1.每月会商1次。\n2.每季度通报1次。\n",
        # A blank behind a marker tells it from a reference.
        "松石县条例\n第一条　为了治水，制定本条例。\n第二条　第一条的规定适用于全县。\n第三条　本条例自2024年1月1日起施行。\n",
        # A number inside a line opens no section there.
        "松石县方案\n一、要求\n1.新建公路;2.改造危桥;3.清理河道。\n二、措施\n全年投入5万元。\n",
    ],
)
def test_texts_keep_their_tree(text: str) -> None:
    doc = gongwen.parse(text)
    assert tree(doc) and tree(gongwen.parse(doc.to_markdown())) == tree(doc), doc.to_markdown()


def test_attachments_are_written() -> None:
    text = "松石县关于开展普查的通知\n各乡镇：\n一、普查对象\n全县农户。\n附件：1.普查表\n2.填表说明\n松石县统计局\n2024年3月1日\n"
    doc = gongwen.parse(text)
    assert "附件：1.普查表\n\n2.填表说明\n" in doc.to_markdown()
    assert len(doc.attachments) == 2 and len(gongwen.parse(doc.to_markdown()).attachments) == 2


def said(roll: random.Random) -> str:
    return "".join(roll.choices(SENTENCES, k=roll.randint(0, 1))) + "改造危桥3座。"


def generated(roll: random.Random) -> str:
    """A text of numbered parts, some of them parted further, some with a heading on a line of its own."""
    lines = ["松石县2024年工作要点", "为做好2024年各项工作，制定本要点。"]
    for part in range(roll.randint(2, 5)):
        lines.append(f"{NUMBERS[part]}、{roll.choice(['推进法治建设', '改善民生', '补贴发放标准', '部门会商制度'])}")
        for at in range(roll.choice([0, 2, 3])):
            lines.append(f"（{NUMBERS[at]}）{said(roll)}")
            lines += [f"{n + 1}.{roll.choice(['', ' '])}{said(roll)}" for n in range(roll.choice([0, 0, 2, 3]))]
        lines.append("各单位要按季度报送进展，新建学校12所。")
    return "\n".join(lines) + "\n"


def test_generated_texts_keep_their_tree() -> None:
    roll = random.Random(7)
    texts = [generated(roll) for _ in range(1000)]
    lost = [text for text in texts if not kept(gongwen.parse(text))]
    assert not lost, (len(lost), lost[0])


def test_the_corpus_keeps_its_tree() -> None:
    paths = [path for path in corpus() if "raw" not in path.parts]
    if not paths:
        loud_skip("Markdown of the large corpus: it is not at hand (GONGWEN_SHARED)")
    documents = gongwen.parse_many(paths[::5])
    lost = [doc.name for doc in documents if not kept(doc)]
    # A short numbered sentence above the closing lines is a heading where text stands below it.
    assert len(lost) * 100 <= 2 * len(documents), lost
