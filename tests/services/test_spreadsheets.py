"""Registers as spreadsheets: out masked and harmless, in whole or not at all."""

from __future__ import annotations

import csv
from hashlib import sha256

import pytest
from openpyxl import Workbook, load_workbook

from integrity_desk.domain.access import Handout
from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.records import type_named
from integrity_desk.errors import Cancelled, InvalidInput, MediaUnavailable, NotPermitted
from integrity_desk.services.records import EnterRecord
from integrity_desk.services.registers import Filter
from integrity_desk.services.spreadsheet_imports import CheckImport, ImportRows
from integrity_desk.services.spreadsheets import ExportRegister
from integrity_desk.wording import set_language

REGISTERS = [each for each in TYPES if each.register and each.handed_out and not each.written_once]
CITIZEN = "110101199003070011"


class Heard:
    """Hears progress; presses Stop after ``most`` steps."""

    def __init__(self, most=10**9):
        self.most, self.done = most, []

    def step(self, done, total, label=""):
        self.done.append((done, total, label))
        if len(self.done) > self.most:
            raise Cancelled


@pytest.fixture
def export(office, tmp_path):
    """Return ``export(type, name)``: the path of a register written out."""

    def act(type_name, name="out.xlsx", by="clerk", **narrowed):
        path = tmp_path / name
        office.as_(by).perform(ExportRegister(filter=Filter(type=type_name, **narrowed), path=path))
        return path

    return act


@pytest.fixture
def sheet(tmp_path):
    """Return ``sheet(rows)``: a workbook as another office sends it, headings first."""

    def make(rows, name="in.xlsx"):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return make


def rows_of(path):
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    heads, *rows = load_workbook(path)["数据"].iter_rows(values_only=True)
    return [dict(zip(heads, (each or "" for each in row), strict=True)) for row in rows]


def count(office, type_name):
    return len(office.reading().find(type_named(type_name).cls))


def take(office, type_name, path, by="clerk", **options):
    command = ImportRows(type=type_name, path=path)
    return office.as_(by).perform(command, **options).value.added


def look(office, type_name, path):
    return office.as_("clerk").ask(CheckImport(type=type_name, path=path))


# Out


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_a_register_is_written_in_the_words_of_its_declaration(office, export, name):
    office.registered_commitment(subject="示例承诺一", amount_fen=1_234_567)
    office.commitment(subject="示例承诺二")
    rows = rows_of(export("commitment", name))
    assert {row["承诺事项"]: row["编号"] for row in rows} == {
        "示例承诺一": "诺2026-01-0001", "示例承诺二": "",
    }  # fmt: skip
    first = next(row for row in rows if row["编号"])
    assert first["服务领域"] == "养老"
    assert first["兑现期限"] == "2026-12-31"
    assert first["责任单位"] == "示例镇便民服务中心"
    assert "12,345.67" in first.values()


def test_identity_numbers_are_masked_and_stay_text(office, export):
    office.person(name="王示例", citizen_id=CITIZEN, phone="13800000001")
    for path in (export("person"), export("person", "out.csv")):
        row = next(each for each in rows_of(path) if each["姓名"] == "王示例")
        assert (row["公民身份号码"], row["联系电话"]) == ("110101********0011", "138****0001")
        assert CITIZEN.encode() not in path.read_bytes()


def test_what_looks_like_a_formula_is_only_text_and_comes_back_as_it_was(
    office, another_office, export
):
    wicked = '=HYPERLINK("http://example.invalid","点我")'
    office.unit(name=wicked, contact="@SUM(A1)")
    xlsx, as_csv = export("unit"), export("unit", "out.csv")
    sheet = load_workbook(xlsx)["数据"]
    kinds = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert kinds[wicked] == "s"
    raw = as_csv.read_text("utf-8-sig")
    assert "'=HYPERLINK" in raw
    assert "'@SUM" in raw
    for number, path in enumerate((xlsx, as_csv), 2):
        other = another_office(desk=f"0{number}")
        take(other, "unit", path)
        assert wicked in {each.name for each in other.reading().find(type_named("unit").cls)}


def test_only_what_the_filter_selects_is_written(office, export):
    office.registered_commitment(subject="示例甲事项")
    office.commitment(subject="示例乙事项")
    by_state = export("commitment", "a.xlsx", states=("registered",))
    by_text = export("commitment", "b.xlsx", text="乙事项")
    assert [row["承诺事项"] for row in rows_of(by_state)] == ["示例甲事项"]
    assert [row["承诺事项"] for row in rows_of(by_text)] == ["示例乙事项"]


def test_handing_a_register_out_is_written_down(office, export):
    office.unit()
    path = export("unit", by="viewer", text="示例")
    (kept,) = office.reading().find(Handout)
    assert (kept.register, kept.narrowed, kept.rows) == (
        "unit", "含有“示例”", len(rows_of(path)),
    )  # fmt: skip
    assert kept.digest == sha256(path.read_bytes()).hexdigest()
    assert kept.handed_by == office.account("viewer").id


def test_a_folder_that_is_gone_is_told_and_nothing_is_written_down(office, tmp_path):
    office.unit()
    command = ExportRegister(filter=Filter(type="unit"), path=tmp_path / "gone" / "out.xlsx")
    with pytest.raises(MediaUnavailable, match="无法写入"):
        office.as_("clerk").perform(command)
    assert office.reading().find(Handout) == []


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_stopping_an_export_leaves_no_file_and_no_note(office, tmp_path, name):
    office.unit()
    command = ExportRegister(filter=Filter(type="unit"), path=tmp_path / name)
    with pytest.raises(Cancelled):
        office.as_("clerk").perform(command, Heard(0))
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(name)]
    assert office.reading().find(Handout) == []


@pytest.mark.parametrize(
    "type_name", ["reporter", "account", "access", "handout", "rule_change", "attachment"]
)
@pytest.mark.parametrize("by", ["clerk", "reviewer"])
def test_what_has_no_register_goes_neither_out_nor_in(office, sheet, export, by, type_name):
    office.complaint(reporter={})
    path = sheet([["登录名", "姓名", "角色"], ["intruder", "示例闯入", "管理员"]])
    with pytest.raises(NotPermitted, match="没有台账"):
        export(type_name, by=by)
    with pytest.raises(NotPermitted, match="没有台账"):
        take(office, type_name, path, by=by)
    with pytest.raises(NotPermitted, match="没有台账"):
        office.as_(by).ask(CheckImport(type=type_name, path=path))


# In


def test_a_sheet_of_units_is_entered_as_if_typed(office, sheet):
    path = sheet(
        [
            ["示例镇单位名册", None, None],
            ["单位名称", "单位类别", "联系人", "备用列"],
            ["示例村村委会", "村民委员会", "李示例", "x"],
            [None, None, None, None],
            ["示例社区", "residents_committee", None, None],
        ]
    )
    told = look(office, "unit", path)
    assert (told.rows, told.problems, told.ignored) == (2, (), ("备用列",))
    assert count(office, "unit") == 1
    assert take(office, "unit", path) == 2
    names = {each.name: each.kind.value for each in office.reading().find(type_named("unit").cls)}
    assert names["示例村村委会"] == "village_committee"
    assert names["示例社区"] == "residents_committee"


def test_a_dry_run_names_every_problem_with_row_and_heading(office, sheet):
    path = sheet(
        [
            ["来源渠道", "收到日期", "事由", "事项类别", "反映的事实"],
            ["来信", "2026-02-30", "示例事由", "拖欠账款", "示例事实"],
            ["飞鸽", "昨天", None, "拖欠账款", "示例事实"],
            ["来信", "2026年5月11日", "示例事由", "拖欠账款", "示例事实"],
            ["来信", "20260511", "示例事由", None, None],
        ]
    )
    told = look(office, "complaint", path)
    assert told.rows == 4
    assert [(each.row, each.heading) for each in told.problems] == [
        (2, "收到日期"),
        (3, "来源渠道"),
        (3, "收到日期"),
        (3, "事由"),
        (5, "事项类别"),
        (5, "反映的事实"),
    ]
    assert all(each.sentence.endswith("。") for each in told.problems)
    assert "“飞鸽”不在可选的范围内" in told.problems[1].sentence
    assert count(office, "complaint") == 0


def test_one_bad_row_refuses_the_whole_and_names_it(office, sheet):
    path = sheet([["单位名称", "单位类别"], ["示例甲", "事业单位"], ["示例乙", "宇宙飞船"]])
    with pytest.raises(InvalidInput, match=r"第3行：.*宇宙飞船.*没有导入任何内容"):
        take(office, "unit", path)
    assert count(office, "unit") == 1


def test_values_that_contradict_each_other_are_found_in_the_dry_run(office, sheet):
    path = sheet(
        [
            ["来源渠道", "收到日期", "事由", "事项类别", "反映的事实", "承办单位", "被反映单位"],
            ["来信", "2026-05-11", "示例", "拖欠账款", "示例", None, "示例镇政务服务大厅"],
        ]
    )
    assert look(office, "complaint", path).problems == ()
    state_secret = sheet([["单位名称", "单位类别"], ["示例（绝密）", "事业单位"]], "secret.xlsx")
    problems = look(office, "unit", state_secret).problems
    assert len(problems) == 1
    with pytest.raises(InvalidInput):
        take(office, "unit", state_secret)


def test_links_are_found_by_name_and_by_number(office, sheet):
    promise = office.registered_commitment()
    number = office.record(promise).number
    heads = ["来源渠道", "收到日期", "事由", "事项类别", "反映的事实", "被反映单位", "涉及的承诺"]
    row = ["来信", "2026-05-11", "示例", "拖欠账款", "示例", "示例镇政务服务大厅", number]
    take(office, "complaint", sheet([heads, row]))
    (case,) = office.reading().find(type_named("complaint").cls)
    assert (case.about_unit_id, case.about_commitment_id) == (office.hall, promise)


def test_a_name_that_fits_nobody_or_two_is_told(office, sheet):
    office.unit(name="示例同名单位")
    office.unit(name="示例同名单位")
    heads = ["姓名", "人员类别", "所在单位"]
    path = sheet([heads, ["赵示例", "公务员", "示例同名单位"], ["钱示例", "公务员", "无此单位"]])
    first, second = look(office, "person", path).problems
    assert first.heading == second.heading == "所在单位"
    assert "有2条都叫“示例同名单位”" in first.sentence
    assert "没有找到“无此单位”" in second.sentence


def test_masked_numbers_do_not_come_in_as_numbers(office, sheet):
    heads = ["姓名", "人员类别", "所在单位", "公民身份号码"]
    path = sheet([heads, ["赵示例", "公务员", "示例镇政务服务大厅", "110101********0011"]])
    (problem,) = look(office, "person", path).problems
    assert problem.heading == "公民身份号码"
    assert "遮盖过的内容不能导入" in problem.sentence


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_as_chinese_programs_write_it(office, tmp_path, encoding):
    path = tmp_path / "in.csv"
    path.write_bytes("单位名称,单位类别\r\n示例㙍镇政府,乡镇人民政府\r\n".encode(encoding))
    assert take(office, "unit", path) == 1
    assert "示例㙍镇政府" in {each.name for each in office.reading().find(type_named("unit").cls)}


@pytest.mark.parametrize("declared", REGISTERS, ids=lambda each: each.name)
@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_every_register_goes_out_and_comes_in_again(office, another_office, export, declared, name):
    original = office.enter(declared.name)
    path = export(declared.name, name)
    needed = [each.to[0] for each in declared.entry_fields if each.required and each.is_link]
    by_number = "integrity_record" in needed  # found only where that number was given
    other = another_office(desk="01" if by_number else "02")
    for each in needed:
        other.some(each)
    before = count(other, declared.name)
    told = look(other, declared.name, path)
    assert [each.sentence for each in told.problems] == []
    taken = take(other, declared.name, path)
    assert taken == len(rows_of(path))
    assert count(other, declared.name) == before + taken
    wanted = office.record(original)
    compared = [each for each in declared.entry_fields if not each.is_link]
    assert [getattr(wanted, each.name) for each in compared] in [
        [getattr(each, one.name) for one in compared] for each in other.reading().find(declared.cls)
    ]


@pytest.mark.parametrize("declared", REGISTERS, ids=lambda each: each.name)
def test_no_two_columns_of_a_register_have_the_same_heading(declared):
    heads = [field.label for field in declared.typed_fields]
    assert len(set(heads)) == len(heads)


def test_what_was_exported_in_english_is_imported_in_english(office, another_office, export):
    office.unit(name="示例单位", kind="village_committee")
    set_language("en")
    try:
        path = export("unit", text="示例单位")
        assert "单位名称" not in rows_of(path)[0]
        in_english = another_office(desk="02")
        assert take(in_english, "unit", path) == 1
    finally:
        set_language("zh")


def test_what_was_exported_in_chinese_is_imported_in_english(office, another_office, export):
    office.unit(name="示例单位", kind="village_committee")
    path = export("unit", text="示例单位")
    set_language("en")
    try:
        assert look(another_office(desk="02"), "unit", path).problems == ()
    finally:
        set_language("zh")


def test_a_thousand_rows_are_entered_with_progress(office, sheet):
    path = sheet([["单位名称", "单位类别"], *([f"示例单位{n}", "事业单位"] for n in range(1000))])
    heard = Heard()
    assert take(office, "unit", path, progress=heard) == 1000
    assert [done for done, _total, _label in heard.done] == list(range(1, 1001))
    assert count(office, "unit") == 1001


def test_stopping_an_import_leaves_nothing(office, sheet):
    path = sheet([["单位名称", "单位类别"], *([f"示例单位{n}", "事业单位"] for n in range(30))])
    lines = len(office.store.database.conn.execute("SELECT 1 FROM revision").fetchall())
    with pytest.raises(Cancelled):
        take(office, "unit", path, progress=Heard(20))
    assert count(office, "unit") == 1
    assert len(office.store.database.conn.execute("SELECT 1 FROM revision").fetchall()) == lines
    assert take(office, "unit", path) == 30


def test_a_viewer_may_not_even_try_an_import(office, sheet):
    path = sheet([["单位名称", "单位类别"], ["示例甲", "事业单位"]])
    for act in (
        lambda: office.as_("viewer").ask(CheckImport(type="unit", path=path)),
        lambda: take(office, "unit", path, by="viewer"),
        lambda: office.as_("viewer").perform(EnterRecord(type="unit", values={})),
    ):
        with pytest.raises(NotPermitted):
            act()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("in.xlsx", b"PK\x03\x04 torn"),
        ("in.csv", b"\xff\xff\x00\x01"),
        ("in.xls", b"\xd0\xcf\x11\xe0"),
    ],
)
def test_a_file_that_is_no_table_is_told(office, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InvalidInput):
        look(office, "unit", tmp_path / name)
