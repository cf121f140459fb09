"""``evaluation`` and ``inquiry``: what a script asks of score sheets and credit reports."""

from __future__ import annotations

import csv

import pytest

from integrity_desk.domain.inquiries import Inquiry
from integrity_desk.domain.notices import Notice


@pytest.fixture
def scheme(office):
    """An evaluation of two units by points of a third party, with its number."""
    units = [office.unit(name=f"示例{each}村民委员会") for each in "甲乙"]
    made = office.enter("evaluation_scheme", unit_ids=units)
    office.enter(
        "indicator", evaluation_scheme_id=made, name="社会监督员评价", weight=100,
        source="imported",
    )  # fmt: skip
    office.step(made, "open")
    return made


def table(path, *rows):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_an_evaluation_is_filled_shown_and_printed_from_a_script(desk, office, scheme, tmp_path):
    number = office.record(scheme).number
    points = table(
        tmp_path / "评分.csv", ["单位", "社会监督员评价"], ["示例甲村民委员会", "95"],
        ["示例乙村民委员会", "55"],
    )  # fmt: skip
    asked = tmp_path / "待填.xlsx"
    assert desk("evaluation", "export-scores", number, "--out", asked).code == 0
    assert desk("evaluation", "import-scores", number, asked).code == 1, "nothing filled in"
    assert desk("evaluation", "import-scores", number, points, "--json").json["count"] == 2
    office.step(scheme, "compute")
    shown = desk("evaluation", "show", number, "--json").json
    assert [(each["unit"], each["total"]) for each in shown["units"]] == [
        ("示例甲村民委员会", 95.0), ("示例乙村民委员会", 55.0),
    ]  # fmt: skip
    assert "示例甲村民委员会\t95\t95\t优秀" in desk("evaluation", "show", number).out
    paper = tmp_path / "得分表.pdf"
    assert desk("evaluation", "sheet", number, "--out", paper).code == 0
    assert paper.read_bytes().startswith(b"%PDF")
    assert number in desk("evaluation", "list").out


def test_a_roll_before_its_time_and_a_number_of_nothing_are_refused(desk, office, scheme):
    number = office.record(scheme).number
    assert desk("evaluation", "draft", number, "honour").code == 1
    assert not office.reading().find(Notice)
    told = desk("evaluation", "show", "评2026-01-9999")
    assert (told.code, "请核对编号" in told.err) == (1, True)


def test_a_list_is_checked_without_leaving_a_trace(desk, office):
    office.person(name="孙甲示例")
    told = desk("inquiry", "check", "孙甲示例", "无此人示例")
    assert told.code == 1
    assert "未查询到失信记录" in told.out
    assert "无此人示例" in told.err
    assert not office.reading().find(Inquiry)


def test_a_batch_is_answered_by_one_report_and_stands_in_the_log(desk, office, tmp_path):
    for name in ("孙甲示例", "李乙示例"):
        office.person(name=name)
    listed = table(tmp_path / "名单.csv", ["序号", "姓名"], ["1", "孙甲示例"], ["2", "李乙示例"])
    paper = tmp_path / "报告.pdf"
    words = (
        "--asked-by",
        "示例县委组织部",
        "--purpose",
        "award",
        "--authority",
        "示组函〔2026〕1号",
    )
    told = desk("inquiry", "answer", "--list", listed, *words, "--out", paper, "--json")
    assert paper.read_bytes().startswith(b"%PDF")
    (logged,) = office.reading().find(Inquiry)
    assert (told.json["number"], len(logged.subject_ids)) == (logged.number, 2)
    assert logged.number in desk("inquiry", "log").out


def test_no_report_is_written_while_a_name_is_in_doubt(desk, office, tmp_path):
    for _each in range(2):
        office.person(name="孙甲示例")
    paper = tmp_path / "报告.pdf"
    words = (
        "--asked-by",
        "示例县委组织部",
        "--purpose",
        "award",
        "--authority",
        "示组函〔2026〕1号",
    )
    told = desk("inquiry", "answer", "孙甲示例", *words, "--out", paper)
    assert (told.code, paper.exists()) == (1, False)
    assert "“孙甲示例”有2个" in told.err


def test_a_person_is_given_what_is_held_on_them(desk, office, tmp_path):
    office.person(name="孙甲示例")
    paper = tmp_path / "本人.pdf"
    assert desk("inquiry", "own", "孙甲示例", "--out", paper).code == 0
    assert paper.read_bytes().startswith(b"%PDF")
