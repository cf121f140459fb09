"""Long lists: what is done once a file, not once a row."""

from __future__ import annotations

import pytest

from integrity_desk.domain.complaints import Complaint
from integrity_desk.domain.records import changed_fields, record_types
from integrity_desk.errors import InvalidInput
from integrity_desk.services.spreadsheet_imports import CheckImport, ImportRows
from integrity_desk.storage import records

HEADS = "来源渠道,收到日期,事由,事项类别,反映的事实,被反映单位\n"


def rows(units):
    return "".join(
        f"12345热线,2026-05-08,示例事项{n},其他,示例事实,{unit}\n" for n, unit in enumerate(units)
    )


def test_a_name_is_looked_up_once_however_often_it_stands_in_the_list(
    office, tmp_path, monkeypatch
):
    office.unit(name="示例镇财政所")
    office.unit(name="示例镇司法所")
    asked = []
    find = records.find

    def counted(database, cls, **equals):
        asked.append(equals)
        return find(database, cls, **equals)

    monkeypatch.setattr(records, "find", counted)
    path = tmp_path / "list.csv"
    path.write_text(HEADS + rows(["示例镇财政所", "示例镇司法所"] * 40), "utf-8-sig")
    office.as_("clerk").perform(ImportRows(type="complaint", path=path))
    looked = [each for each in asked if each.get("name") in ("示例镇财政所", "示例镇司法所")]
    assert len(looked) == 2
    assert len(office.reading().find(Complaint)) == 80


def test_a_new_row_that_breaks_a_rule_names_its_row_and_nothing_is_kept(office, tmp_path):
    path = tmp_path / "list.csv"
    late = "12345热线,2026-05-08,密级：机密★,其他,示例事实,\n"
    path.write_text(HEADS + rows([""] * 3) + late, "utf-8-sig")
    with pytest.raises(InvalidInput, match=r"第5行.*没有导入任何内容"):
        office.as_("clerk").perform(ImportRows(type="complaint", path=path))
    assert office.reading().find(Complaint) == []


def test_a_problem_says_what_the_row_is_about(office, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(HEADS + rows(["没有登记的单位"]), "utf-8-sig")
    found = office.as_("clerk").ask(CheckImport(type="complaint", path=path))
    assert [(each.kind, each.title) for each in found.lines] == [("problem", "示例事项0")]


@pytest.mark.parametrize("declared", record_types(), ids=lambda each: each.name)
def test_a_blank_record_has_nothing_filled_in(declared):
    assert changed_fields(None, declared.blank) == {}
