from __future__ import annotations

from pathlib import Path

import pytest

from integrity_desk.errors import InvalidInput
from integrity_desk.services.registers import Filter, ListRecords
from integrity_desk.services.spreadsheets import CheckImport, ImportRows

HEADS = "单位名称,单位类别,说明不明的列\n"


@pytest.fixture
def table(tmp_path: Path):
    def write(*rows: str, heads: str = HEADS) -> Path:
        path = tmp_path / "单位.csv"
        path.write_text(heads + "".join(f"{row}\n" for row in rows), "utf-8-sig")
        return path

    return write


def test_a_dry_run_names_every_problem_of_every_row_and_writes_nothing(office, table):
    path = table("示例镇卫生院,事业单位,甲", ",随便,乙", "示例村,,丙")
    found = office.as_("clerk").ask(CheckImport(type="unit", path=path))
    assert found.rows == 3
    told = [(each.row, each.heading) for each in found.problems]
    assert told == [(3, "单位名称"), (3, "单位类别"), (4, "单位类别")]
    assert found.ignored == ("说明不明的列",)
    with pytest.raises(InvalidInput, match="第3行"):
        office.as_("clerk").perform(ImportRows(type="unit", path=path))
    assert units(office) == 1


def test_a_clean_table_is_entered_whole(office, table):
    path = table("示例镇卫生院,事业单位,", "示例村,村民委员会,")
    found = office.as_("clerk").ask(CheckImport(type="unit", path=path))
    assert found.problems == ()
    assert office.as_("clerk").perform(ImportRows(type="unit", path=path)).value == 2
    assert units(office) == 3


def units(office) -> int:
    return len(office.as_("clerk").ask(ListRecords(filter=Filter(type="unit"))))
