"""``export`` and ``import``."""

from __future__ import annotations

import csv

import pytest

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.units import Unit
from tests.office import PASSWORD


@pytest.fixture
def table(tmp_path):
    """Return ``table(lines)``: a .csv as another office sends it."""

    def make(*lines):
        path = tmp_path / "in.csv"
        path.write_text("".join(f"{line}\n" for line in ("单位名称,单位类别", *lines)), "gb18030")
        return path

    return make


def names(office):
    return {each.name for each in office.reading().find(Unit)}


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_a_register_is_exported(desk, office, tmp_path, name):
    office.unit(name="示例甲单位")
    told = desk("export", "unit", tmp_path / name, "--json", by="viewer")
    assert told.code == 0
    assert told.json["rows"] == 2
    assert (tmp_path / name).stat().st_size > 0


def test_an_export_can_be_narrowed(desk, office, tmp_path):
    office.registered_commitment(subject="示例甲事项")
    office.commitment(subject="示例乙事项")
    told = desk("export", "commitment", tmp_path / "o.csv", "--state", "draft", "--text", "事项")
    assert told.code == 0
    with (tmp_path / "o.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["承诺事项"] for row in csv.DictReader(file)] == ["示例乙事项"]


@pytest.mark.parametrize("said", ["registered", "已登记"])
def test_a_state_is_named_by_its_code_or_its_label(desk, office, tmp_path, said):
    office.registered_commitment()
    office.commitment()
    told = desk("export", "commitment", tmp_path / "c.csv", "--state", said, "--json")
    assert (told.code, told.json["rows"]) == (0, 1)


def test_a_state_that_is_none_is_refused_with_those_there_are(desk, tmp_path):
    told = desk("export", "commitment", tmp_path / "c.csv", "--state", "登记了")
    assert told.code == 1
    assert "已登记 (registered)" in told.err
    assert not (tmp_path / "c.csv").exists()


def test_an_ending_that_is_no_spreadsheet_is_refused(desk, tmp_path):
    told = desk("export", "commitment", tmp_path / "c.pdf")
    assert (told.code, told.err) == (1, "文件“c.pdf”要以 .xlsx 或 .csv 结尾。\n")
    assert not (tmp_path / "c.pdf").exists()


def test_a_dry_run_of_what_is_here_already_says_so(desk, office, tmp_path):
    office.registered_commitment()
    desk("export", "commitment", tmp_path / "c.xlsx")
    told = desk("import", "commitment", tmp_path / "c.xlsx", "--dry-run")
    assert (told.code, told.out) == (0, "没有需要导入的变化。\n")


@pytest.mark.parametrize("name", [each.name for each in TYPES if each.register and each.handed_out])
def test_every_register_may_be_exported(desk, tmp_path, name):
    assert desk("export", name, tmp_path / "o.csv").code == 0


def test_a_folder_that_is_not_there_is_told(desk, tmp_path):
    told = desk("export", "unit", tmp_path / "gone" / "o.xlsx")
    assert told.code == 1
    assert "无法写入" in told.err


def test_a_dry_run_writes_nothing(desk, office, table):
    before = names(office)
    told = desk("import", "unit", table("示例甲,事业单位"), "--dry-run", "--json")
    assert (told.code, told.json["rows"], told.json["imported"]) == (0, 1, 0)
    assert names(office) == before


def test_problems_are_listed_and_nothing_is_imported(desk, office, table):
    before = names(office)
    path = table("示例甲,事业单位", "示例乙,宇宙飞船", ",事业单位")
    for options in ((), ("--dry-run",)):
        told = desk("import", "unit", path, "--json", *options)
        assert (told.code, told.json["imported"]) == (1, 0)
        assert [(each["row"], each["heading"]) for each in told.json["problems"]] == [
            (3, "单位类别"), (4, "单位名称"),
        ]  # fmt: skip
    assert "数据!B3" in desk("import", "unit", path).out
    assert names(office) == before


def test_a_sound_table_is_imported(desk, office, table):
    told = desk("import", "unit", table("示例甲,事业单位", "示例乙,村民委员会"))
    assert told.code == 0
    assert "已登记2条" in told.out
    assert names(office) >= {"示例甲", "示例乙"}


def test_a_viewer_imports_nothing(desk, table):
    assert desk("import", "unit", table("示例甲,事业单位"), by="viewer").code == 1


def test_a_missing_file_is_told(desk, tmp_path):
    told = desk("import", "unit", tmp_path / "gone.csv")
    assert told.code == 1
    assert told.err.strip().endswith("。")


def test_as_processes_of_their_own(program, office, tmp_path, table):
    signed = ("--store", office.folder, "--login", "clerk")
    out = tmp_path / "o.xlsx"
    told = program("export", "unit", out, *signed, INTEGRITY_DESK_PASSWORD=PASSWORD)
    assert told.code == 0, told.err
    told = program(
        "import", "unit", table("示例甲,事业单位"), *signed, INTEGRITY_DESK_PASSWORD=PASSWORD
    )
    assert told.code == 0, told.err
    assert "示例甲" in names(office)
