"""What the tests share: texts, the sample reports and, where it is at hand, the large corpus."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import List, Optional

import pytest

PROJECT = Path(__file__).resolve().parents[2]
REPORTS = sorted((PROJECT / "examples" / "reports").glob("*.txt"))


def shared() -> Optional[Path]:
    """The folder of texts that are not part of the project."""
    places = [os.environ.get("GONGWEN_SHARED"), PROJECT.parent / "shared"]
    return next((Path(p) for p in places if p and (Path(p) / "corpus").is_dir()), None)


def corpus() -> List[Path]:
    """Every text of the large corpus; empty where it is not at hand."""
    folder = shared()
    return sorted((folder / "corpus").rglob("*.txt")) if folder else []


def loud_skip(what: str) -> None:
    """Skips so that nobody overlooks it."""
    print(f"\nSKIP: {what}", file=sys.__stderr__)
    pytest.skip(what)


TEXT = """\
𠮷林县2023年法治政府建设年度报告

　　🙂现将有关情况报告如下。
　　一、主要举措和成效
　　（一）加强组织领导。2023年𠮷林县政府常务会议集体学法4次。🙂抽查行政处罚案卷300余件，合格率98.5%。
　　（二）推进简政放权。审批时限由20天缩短至15天。（责任单位：县政务服务局、县司法局）
　　二、存在的不足和原因
　　一是执法力量不足；二是普法形式单一。
　　三、下一年度主要安排
　　由县司法局牵头，县财政局、县人社局配合，6月底前培训执法人员200人。依据《𠮷林省行政执法条例》（陕政办发〔2023〕25号）。

𠮷林县人民政府
2024年1月15日
"""
"""A report with characters outside the basic plane before, between and inside the facts."""
