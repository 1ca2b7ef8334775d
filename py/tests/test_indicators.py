"""Indicators, panels, fact sheets, dictionaries of one's own, and the command that writes them."""

from __future__ import annotations

import copy
import csv
import io
import pickle
import zipfile
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Dict, List

import gongwen
import pytest
from conftest import PROJECT, corpus, loud_skip
from gongwen import indicators
from gongwen._cli import BINARY, main

REPORTS = sorted((PROJECT / "examples" / "panel").glob("*.txt"))
OWN = "id\tname\tmeasure\tunits\theads\nfiles_drawn\t抽查案卷\tlevel\t卷/件\t(评查|抽查)行政执法案卷\n"


def law(place: str, year: int, said: str) -> str:
    return f"{place}{year}年法治政府建设年度报告\n一、主要举措和成效\n{said}\n二、存在的不足\n力量偏弱。\n"


def work(place: str, year: int, done: str, planned: str) -> str:
    return f"{year}年{place}政府工作报告\n一、{year - 1}年工作回顾\n{done}\n二、{year}年工作安排\n{planned}\n"


def cells(panel: indicators.Panel, id: str) -> Dict[Any, Any]:
    return {(row["place"], row["year"]): row[id] for row in panel.to_dicts()}


def test_rows_say_what_and_where() -> None:
    doc = gongwen.parse(law("松石市", 2023, "🙂全年收到行政复议申请103件，受理91件。"), name="a.txt")
    received, accepted = doc.indicators
    assert (received.id, str(received.value), received.unit, received.status, received.year) == ("review_received", "103", "件", "value", 2023)
    assert doc.text[accepted.span] == accepted.text == "91件" and str(accepted.sentence).startswith("🙂全年收到")
    assert accepted.metric == doc.metrics[1] and accepted.document is doc
    assert accepted.scope == "jurisdiction" and accepted.basis is None and accepted.modality == "actual"
    row = doc.indicators.to_dicts()[1]
    assert row["id"] == "review_accepted" and row["value"] == Decimal(91) and doc.text[row["start"] : row["end"]] == "91件"
    assert pickle.loads(pickle.dumps(accepted)) == accepted and copy.copy(accepted) is accepted
    assert pickle.loads(pickle.dumps(doc.indicators)) == doc.indicators


def test_the_long_table_is_arrow_all_the_way() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    rows = gongwen.parse_many(REPORTS).indicators
    table = pyarrow.table(rows)
    assert table.num_rows == len(rows) > 400
    wanted = "document place document_year place_code id name value unit status modality year period_from period_to basis scope metric text sentence start end"
    assert table.column_names == wanted.split() == rows.columns
    scanned = gongwen.scan(REPORTS, "indicators")
    assert sum(batch["indicators"].num_rows for batch in scanned.batches()) == len(rows)


def test_a_panel_of_places_and_years() -> None:
    panel = gongwen.parse_many(REPORTS).panel("core")
    found = cells(panel, "gdp_growth")
    assert found["松石市", 2023] == Decimal("6.2") and found["云溪市", 2025] == Decimal("5.9")
    assert cells(panel, "general_budget_revenue_growth")["云溪市", 2022] == Decimal("-1.2")
    assert cells(panel, "grain_output")["白沙县", 2024] == Decimal(346000000), panel.units["grain_output"]
    lost = cells(panel, "litigation_lost")
    assert lost["白沙县", 2024] == 0 and panel.status("白沙县", 2024, "litigation_lost") == "zero"
    source = panel.source("松石市", 2023, "review_accepted")
    assert str(source) == "全年收到行政复议申请143件，受理【131件】，审结124件，直接纠错15件，调解和解52件。"
    assert source.document is not None and source.document.endswith("songshi-law-2023.txt")
    assert source.sentence[source.start : source.end] == "131件" and source.value == 131
    with pytest.raises(KeyError, match="白沙县 2023 has no fdi: not_mentioned"):
        panel.source("白沙县", 2023, "fdi")
    for method in (panel.source, panel.status, panel.n_values):
        with pytest.raises(TypeError, match="year is taken as int, not str"):
            method("松石市", "2023", "review_accepted")  # type: ignore[arg-type]
    with pytest.raises(KeyError, match="no place '青河市'"):
        panel.source("青河市", 2023, "fdi")


def test_targets_stand_beside_what_was_reached() -> None:
    panel = gongwen.parse_many(REPORTS).panel(["gdp_growth", "household_income_growth"], values="actual", against="target", status=True)
    assert panel.columns[3:] == ["gdp_growth", "gdp_growth_target", "gdp_growth_status", "household_income_growth", "household_income_growth_target", "household_income_growth_status"]
    row = next(row for row in panel.to_dicts() if (row["place"], row["year"]) == ("松石市", 2024))
    assert (row["gdp_growth"], row["gdp_growth_target"]) == (Decimal("5.6"), Decimal(6))
    # Set without a number: neither zero nor silence.
    assert row["household_income_growth_target"] is None
    assert panel.status("松石市", 2024, "household_income_growth", "target") == "relative"
    assert "【与经济增长同步】" in str(panel.source("松石市", 2024, "household_income_growth", "target"))
    assert panel.status("云溪市", 2024, "household_income_growth", "target") == "not_mentioned"


def test_silence_is_never_zero() -> None:
    texts = [law("松石市", 2023, "受理行政复议案件91件。"), law("白沙县", 2023, "法治宣传有声有色。")]
    panel = gongwen.parse_many(texts).panel(["review_accepted", "litigation_lost"])
    assert panel.columns == ["place", "place_code", "year", "review_accepted"]
    assert cells(panel, "review_accepted") == {("松石市", 2023): 91, ("白沙县", 2023): None}


def test_what_a_level_of_places_cannot_have() -> None:
    texts = [law("浙江省杭州市", 2023, "制定政府规章4件。"), law("浙江省杭州市桐庐县", 2023, "制定行政规范性文件4件。")]
    panel = gongwen.parse_many(texts).panel(["gov_rules_made", "normative_docs_made"])
    codes = dict(zip(panel["place_code"], panel["place"]))
    assert panel.status("330122", 2023, "gov_rules_made") == "not_applicable", codes
    assert panel.status("330122", 2023, "normative_docs_made") == "value"
    assert panel.status("330100", 2023, "gov_rules_made") == "value"
    assert panel.status("330100", 2023, "normative_docs_made") == "not_mentioned"


def test_five_years_are_no_year_and_departments_no_place() -> None:
    many = work("松石市", 2022, "五年来，新增城镇就业25万人，地区生产总值年均增长7%。", "地区生产总值增长6%。")
    one = "松石市司法局2023年法治政府建设年度报告\n一、主要举措和成效\n我局受理行政复议案件91件。\n二、存在的不足\n力量偏弱。\n"
    panel = gongwen.parse_many([many, one]).panel("all")
    assert panel.ids == [] and all(value is None for row in panel.to_dicts() for key, value in row.items() if key not in ("place", "year"))
    long = gongwen.parse_many([many, one]).indicators.to_dicts()
    assert {(row["id"], row["basis"]) for row in long if row["modality"] == "actual"} >= {("new_urban_jobs", "cumulative"), ("gdp_growth", "average")}


def test_of_two_reports_of_one_place_and_year_one_counts() -> None:
    full = law("松石市", 2023, "收到行政复议申请103件，受理91件。")
    texts = {
        "short": law("松石市", 2023, "受理行政复议案件90件。"),
        "full": full,
        "copy": full.replace("\n", "\n\n　　"),
        "other": full.replace("法治政府建设", "司法行政工作").replace("收到行政复议申请103件，受理91件", "受理行政复议案件92件"),
    }
    panel = gongwen.parse_many(texts).panel(["review_accepted"])
    assert cells(panel, "review_accepted") == {("松石市", 2023): 91}
    assert panel.duplicates == [("copy", "full", "same text"), ("short", "full", "same report")]
    assert panel.n_values("松石市", 2023, "review_accepted") == 2


def test_the_report_on_the_year_counts_before_one_that_looks_back() -> None:
    texts = [work("松石市", 2025, "2023年地区生产总值增长5%，2024年地区生产总值增长6%。", "保持稳定。"), work("松石市", 2024, "地区生产总值增长5.4%。", "保持稳定。")]
    assert cells(gongwen.parse_many(texts).panel(["gdp_growth"]), "gdp_growth") == {("松石市", 2023): Decimal("5.4"), ("松石市", 2024): 6}


def test_units_are_converted_where_that_is_exact_and_currencies_are_not() -> None:
    texts = [
        work("松石市", 2024, "粮食产量3.5亿斤。出口总额20亿元。", "稳。"),
        work("云溪市", 2024, "粮食产量61万吨。出口总额18亿元。", "稳。"),
        work("白沙县", 2024, "粮食产量2亿公斤。出口总额3亿美元。", "稳。"),
    ]
    panel = gongwen.parse_many(texts).panel(["grain_output", "exports"])
    assert panel.units == {"grain_output": "斤", "exports": "元"}
    assert cells(panel, "grain_output") == {("松石市", 2023): 350000000, ("云溪市", 2023): 1220000000, ("白沙县", 2023): 400000000}
    assert cells(panel, "exports")["白沙县", 2023] is None and panel.status("白沙县", 2023, "exports") == "other_unit"


def test_frames_of_other_libraries() -> None:
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    panel = gongwen.parse_many(REPORTS).panel(["gdp_growth", "review_accepted"])
    frame = panel.to_pandas()
    assert isinstance(frame, pandas.DataFrame) and frame.index.names == ["place", "year"]
    assert frame.loc[("松石市", 2023), "gdp_growth"] == 6.2 and pandas.isna(frame.loc[("松石市", 2026)]).all() if ("松石市", 2026) in frame.index else True
    assert polars.DataFrame(panel).shape == (len(panel), 5) == panel.to_polars().shape
    assert panel.to_arrow().column_names == panel.columns
    assert next(csv.DictReader(io.StringIO(panel.to_csv())))["year"].isdigit()


def test_a_dictionary_of_ones_own_adds_or_replaces(tmp_path: Path) -> None:
    file = tmp_path / "own.tsv"
    file.write_text(OWN, encoding="utf-8")
    added, alone = indicators.read_dictionary(file), indicators.read_dictionary(file, replace=True)
    texts = [law("松石市", 2023, "评查行政执法案卷460卷，受理行政复议案件91件。")]
    corpus = gongwen.parse_many(texts)
    assert {row.id for row in corpus.with_dictionary(added).indicators} == {"files_drawn", "review_accepted"}
    own = corpus.with_dictionary(alone)
    assert [row.id for row in own.indicators] == ["files_drawn"] and own[0] == corpus[0]
    assert own.panel().ids == ["files_drawn"] == corpus.panel(dictionary=alone).ids
    assert "files_drawn" in added and "files_drawn" not in indicators.dictionary
    again = pickle.loads(pickle.dumps(own[0]))
    assert again.dictionary == alone and [row.id for row in again.indicators] == ["files_drawn"]
    assert pickle.loads(pickle.dumps(added)) == added and hash(added) == hash(indicators.dictionary | alone)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id\theads\na\t(甲|乙\n", "line 2, column 2 (heads): the bracket ( at character 1 is not closed"),
        ("id\theads\tmeasure\na\t甲\tsum\n", "line 2, column 3 (measure): 'sum' is none of level, rate, growth"),
        ("id\theads\tapplies\na\t甲\ttown\n", "line 2, column 3 (applies): 'town' is none of province, city, county"),
        ("id\tkopf\n", "line 1, column 2 (id): there is no column 'kopf'"),
    ],
)
def test_errors_of_a_dictionary_name_line_and_column(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "own.tsv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError) as error:
        indicators.read_dictionary(file)
    assert str(error.value).replace('"', "'").startswith(f"{file}: {said}")


def test_arguments_that_are_none() -> None:
    corpus = gongwen.parse_many([law("松石市", 2023, "受理行政复议案件91件。")])
    with pytest.raises(ValueError, match="there is no indicator 'review'; did you mean review_received "):
        corpus.panel(["review"])
    with pytest.raises(ValueError, match="there is no domain 'money'; there are econ, env, gov, law, people, sci"):
        corpus.panel(domain="money")
    with pytest.raises(ValueError, match="not of 'plan'"):
        corpus.panel(modality="plan")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_checks_name_the_arithmetic() -> None:
    found = indicators.check(gongwen.parse_many([law("松石市", 2023, "清理规范性文件60件，保留40件，修改12件，废止9件。")]))
    assert [(c.code, c.message_zh) for c in found] == [("sum_mismatch", "规范性文件清理为60，但清理后继续有效(保留)40+清理后修改12+废止(失效)规范性文件9=61")]
    assert indicators.check(gongwen.parse(law("松石市", 2023, "清理规范性文件61件，保留40件，修改12件，废止9件。"))) == []


def test_a_fact_sheet_groups_and_escapes() -> None:
    doc = gongwen.parse(law("松石市", 2023, "力量<b>不断</b>加强。审结行政诉讼案件34件，其中败诉5件，败诉率17.4%。"))
    sheet = indicators.fact_sheet(doc)
    assert [names for names, _ in sheet.groups()] == [("复议、诉讼与调解", "Review, lawsuits and mediation")]
    assert "败诉率" in str(sheet) and "数据核对" in str(sheet)
    page = sheet.to_html()
    rich = indicators.fact_sheet(gongwen.parse("松石县2024年政府工作报告\n一、2023年工作回顾\n地区生产总值达到320亿元，增长5.2%。\n")).to_html()
    assert "320亿元" in rich and "5.2%" in rich
    assert "<b>不断</b>" not in page and '<mark class="metric">17.4%</mark>' in page and "<script" not in page


def run(capsys: pytest.CaptureFixture[str], *args: str) -> List[str]:
    code = main(["panel", *args, "--quiet"])
    assert code == 0, capsys.readouterr().err
    return capsys.readouterr().out.splitlines()


def test_the_command_writes_panels(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = str(PROJECT / "examples" / "panel")
    lines = run(capsys, folder, "--ids", "gdp_growth", "--against", "target", "-f", "csv")
    assert lines[0] == "place,place_code,year,gdp_growth,gdp_growth_target"
    assert "松石市,,2024,5.6,6" in lines
    lines = run(capsys, folder, "--ids", "review_accepted")
    assert lines[0].split() == ["place", "place_code", "year", "review_accepted"]
    for form in ("xlsx", "parquet", "html"):
        if form in BINARY and find_spec(BINARY[form]) is None:
            continue
        file = tmp_path / f"panel.{form}"
        assert run(capsys, folder, "--domain", "law", "-o", str(file)) == []
        assert file.stat().st_size > 2000
    page = (tmp_path / "panel.html").read_text(encoding="utf-8")
    assert "受理【131件】" in page and "败诉率" in page
    pyarrow = pytest.importorskip("pyarrow.parquet")
    assert pyarrow.read_table(tmp_path / "panel.parquet").num_rows == len(gongwen.parse_many(REPORTS).panel(domain="law"))


def test_the_command_writes_a_workbook_of_results_and_targets(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    folder = str(PROJECT / "examples" / "panel")
    assert run(capsys, folder, "--ids", "gdp_growth", "--against", "target", "-o", str(tmp_path / "two.xlsx")) == []
    with zipfile.ZipFile(tmp_path / "two.xlsx") as book:
        assert book.read("xl/workbook.xml").count(b"<sheet ") == 2
        first, second = (book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2))
        assert "<cols>" in first and "<cols>" in second
        # Texts stand in the cells themselves, in constant memory.
        assert ">松石市<" in first and f">{indicators.dictionary['gdp_growth']['name']}<" in second and ">%<" in second


def test_the_command_writes_a_fact_sheet_of_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, str(PROJECT / "examples" / "panel" / "yunxi-law-2024.txt"))
    assert lines[0] == "云溪市人民政府关于2024年度法治政府建设情况的报告"
    assert any("败诉率" in line and "7.3%" in line and "6.3%" in line for line in lines[lines.index("数据核对 Checks") :])
    assert any(line.split()[:2] == ["受理行政复议案件", "431"] for line in lines)


def test_the_command_says_what_is_wrong(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("id\theads\na\t(甲\n", encoding="utf-8")
    for args, said in (
        (["x.txt", "--ids", "gpd"], "there is no indicator 'gpd'"),
        (["x.txt", "--dictionary", str(own)], "line 2, column 2 (heads)"),
        (["x.txt", "--format", "json"], "json"),
        (["x.txt", "--replace"], "--replace is of --dictionary"),
        ([], "FILE"),
    ):
        with pytest.raises(SystemExit) as stopped:
            main(["panel", *args])
        assert stopped.value.code == 2 and said in capsys.readouterr().err
    assert main(["panel", "missing.txt", "--quiet"]) == 1
    assert "gdp" in "".join(run(capsys, "--list"))


def test_the_panel_of_the_large_corpus(capsys: pytest.CaptureFixture[str]) -> None:
    files = corpus()
    if not files:
        loud_skip("the large corpus is not at hand")
    panel = gongwen.parse_many(files, errors="collect").panel("core", against="target")
    assert len(panel) > 60 and len(panel.ids) > 80
    for row in panel.to_dicts():
        for id in panel.ids:
            if row[id] is not None:
                passage = panel.source(row["place_code"] or row["place"], row["year"], id)
                assert 0 <= passage.start < passage.end <= len(passage.sentence)
