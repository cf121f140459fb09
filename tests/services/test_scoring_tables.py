"""The scoring table of a third party: out of the desk, filled in elsewhere, and back."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from integrity_desk.domain.access import Handout
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.score_sheet import ExplainScore, ShowScoreSheet
from integrity_desk.services.scoring_tables import ExportScoringTable, ImportScores

SUPERVISORS = "示例镇社会监督员"


@pytest.fixture
def units(office):
    return [office.unit(name=name) for name in ("示例一所", "示例二所")]


@pytest.fixture
def scheme(office, units):
    """An evaluation with an indicator of the supervisors and one of a bureau, collecting."""
    made = office.enter("evaluation_scheme", unit_ids=units, title="示例2026年度考核")
    for name, source, scorer in (
        ("监督员评价", "supervisors", SUPERVISORS),
        ("群众满意度", "imported", "示例县统计局"),
    ):
        office.enter(
            "indicator", evaluation_scheme_id=made, name=name, source=source, scorer=scorer,
            weight=50,
        )  # fmt: skip
    return office.step(made, "open")


@pytest.fixture
def table(office, scheme, tmp_path):
    """Return ``table(name, scorer)``: the path of an exported table."""

    def export(name, scorer=SUPERVISORS):
        path = tmp_path / name
        command = ExportScoringTable(scheme_id=scheme, path=path, scorer=scorer)
        office.as_("clerk").perform(command)
        return path

    return export


def filled(path, **points):
    """Type numbers beside the units' names, as a spreadsheet program keeps them."""
    book = load_workbook(path)
    sheet = book["数据"]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value in points:
            row[1].value = points[row[0].value]
    book.save(path)
    return path


def take_back(office, scheme, *paths):
    return office.as_("clerk").perform(ImportScores(scheme_id=scheme, paths=paths)).value


def values(office, scheme):
    sheet = office.as_("clerk").ask(ShowScoreSheet(scheme_id=scheme))
    return {line.unit: [cell.value for cell in line.cells] for line in sheet.lines}


def test_a_third_party_is_handed_its_own_indicators_and_how_to_fill_them_in(office, scheme, table):
    book = load_workbook(table("监督员.xlsx"))
    sheet = book["数据"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    number = office.record(scheme).number
    assert rows[0] == ["单位", "监督员评价", "记录标识", "考核编号"]
    assert [(row[0], row[1], row[3]) for row in rows[1:]] == [
        ("示例一所", None, number), ("示例二所", None, number),
    ]  # fmt: skip
    assert [sheet.column_dimensions[each].hidden for each in "ABCD"] == [False, False, True, True]
    assert sheet.column_dimensions["A"].width > 30, "names of units stand whole"
    cover = {row[0].value: row[1].value for row in book["说明"].iter_rows() if len(row) > 1}
    assert cover["评分单位"] == SUPERVISORS
    assert "0至100" in cover["怎样填"]


def test_the_spreadsheet_program_itself_refuses_what_is_no_number_of_points(table):
    (asked,) = load_workbook(table("监督员.xlsx"))["数据"].data_validations.dataValidation
    assert str(asked.sqref) == "B2:B3"
    assert asked.formula1 == "AND(ISNUMBER(B2+0),B2+0>=0,B2+0<=100)"


def test_that_a_table_was_handed_out_is_noted(office, scheme, table):
    table("监督员.xlsx")
    (noted,) = office.reading().find(Handout)
    assert (noted.register, noted.rows) == ("evaluation_scheme", 2)
    assert SUPERVISORS in noted.reason


def test_the_same_table_comes_back_filled_in(office, scheme, table):
    path = filled(table("监督员.xlsx"), 示例一所=95.5, 示例二所=60)
    assert take_back(office, scheme, path) == 2
    assert values(office, scheme) == {"示例一所": ["95.5", "—"], "示例二所": ["60", "—"]}


def test_what_was_given_before_stands_in_the_table_and_may_be_put_right(office, scheme, table):
    take_back(office, scheme, filled(table("一.xlsx"), 示例一所=95.5, 示例二所=60))
    again = filled(table("二.xlsx"), 示例二所=70)
    take_back(office, scheme, again)
    assert values(office, scheme) == {"示例一所": ["95.5", "—"], "示例二所": ["70", "—"]}


def test_a_unit_is_recognised_though_its_name_was_changed_in_the_table(office, scheme, table):
    path = table("监督员.xlsx")
    book = load_workbook(path)
    book["数据"]["A2"].value = "一所（示例）"
    book["数据"]["B2"].value = 88
    book.save(path)
    assert take_back(office, scheme, path) == 1
    assert values(office, scheme)["示例一所"] == ["88", "—"]


def test_the_tables_of_several_supervisors_count_by_their_mean(office, scheme, table, units):
    tables = [
        filled(table("甲.xlsx"), 示例一所=90, 示例二所=60),
        filled(table("乙.xlsx"), 示例一所=95),
        filled(table("丙.xlsx"), 示例一所=97),
    ]
    assert take_back(office, scheme, *tables) == 2
    assert values(office, scheme) == {"示例一所": ["94", "—"], "示例二所": ["60", "—"]}
    sheet = office.as_("clerk").ask(ShowScoreSheet(scheme_id=scheme))
    first = next(line for line in sheet.lines if line.unit_id == units[0])
    asked = ExplainScore(result_id=first.result_id, indicator_id=sheet.heads[0].id)
    told = dict(office.as_("clerk").ask(asked).lines)
    assert told["评分人"] == SUPERVISORS
    assert told["评分说明"] == "3份评分表的平均分，最低90，最高97"


def test_one_table_does_not_count_twice(office, scheme, table, tmp_path):
    path = filled(table("甲.xlsx"), 示例一所=90)
    twin = tmp_path / "乙.xlsx"
    twin.write_bytes(path.read_bytes())
    with pytest.raises(InvalidInput, match=r"甲\.xlsx.*乙\.xlsx.*完全相同"):
        take_back(office, scheme, path, twin)
    assert values(office, scheme)["示例一所"] == ["—", "—"]


def test_the_table_of_another_evaluation_is_refused(office, scheme, table, units):
    path = filled(table("去年.xlsx"), 示例一所=90)
    later = office.enter("evaluation_scheme", unit_ids=units)
    office.enter(
        "indicator", evaluation_scheme_id=later, name="监督员评价", source="supervisors", weight=100
    )
    office.step(later, "open")
    with pytest.raises(InvalidInput, match=r"第2行.*另一次考核"):
        take_back(office, later, path)


def test_nothing_is_handed_out_or_taken_back_once_computed(office, scheme, table):
    path = filled(table("监督员.xlsx"), 示例一所=90)
    office.step(scheme, "compute")
    for act in (lambda: table("再次.xlsx"), lambda: take_back(office, scheme, path)):
        with pytest.raises(StepRefused, match="采集阶段"):
            act()


def test_two_indicators_of_one_name_would_be_one_column(office, scheme):
    with pytest.raises(InvalidInput, match="同名"):
        office.enter("indicator", evaluation_scheme_id=scheme, name="监督员评价", weight=1)
