"""An exported file that was edited comes back as changes: reviewed, chosen, in one transaction."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from integrity_desk.domain.instalments import Instalment
from integrity_desk.domain.people import Person
from integrity_desk.domain.records import type_named
from integrity_desk.domain.reporters import Reporter
from integrity_desk.errors import InvalidInput, NotPermitted
from integrity_desk.services.registers import Filter
from integrity_desk.services.spreadsheet_imports import CheckImport, ImportRows
from integrity_desk.services.spreadsheet_lines import Choices
from integrity_desk.services.spreadsheets import ExportRegister

CITIZEN = "110101199003070011"


@pytest.fixture
def export(office, tmp_path):
    """Return ``export(type)``: the path of a register written out."""

    def act(type_name, name="out.xlsx", by="clerk", **options):
        path = tmp_path / name
        command = ExportRegister(filter=Filter(type=type_name), path=path, **options)
        office.as_(by).perform(command)
        return path

    return act


def edit(path, sheet="数据", **cells):
    """Change cells as a person does: ``edit(path, B2="…")``."""
    book = load_workbook(path)
    for address, value in cells.items():
        book[sheet][address] = value
    book.save(path)


def cell(path, heading, row=2, sheet="数据"):
    """Return the address of the cell under a heading."""
    heads = [each.value for each in load_workbook(path)[sheet][1]]
    book = load_workbook(path)
    return book[sheet].cell(row, heads.index(heading) + 1).coordinate


def look(office, type_name, path, by="clerk"):
    return office.as_(by).ask(CheckImport(type=type_name, path=path))


def take(office, type_name, path, by="clerk", **options):
    return office.as_(by).perform(ImportRows(type=type_name, path=path, **options)).value


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_an_untouched_export_changes_nothing(office, export, name):
    office.registered_commitment(amount_fen=1_234_567)
    promise = office.commitment()
    office.enter("instalment", commitment_id=promise)
    office.person(citizen_id=CITIZEN, phone="13800000001")
    for type_name in ("commitment", "person", "unit"):
        path = export(type_name, name)
        told = look(office, type_name, path)
        assert told.lines == ()
        assert set(told.counts) == {"same"}
        assert take(office, type_name, path).changed == 0


def test_a_changed_cell_is_shown_before_and_after_and_becomes_a_revision(office, export):
    promise = office.registered_commitment()
    path = export("commitment")
    edit(path, **{cell(path, "兑现期限"): "2026年11月30日", cell(path, "依据文件"): "示例文件"})
    told = look(office, "commitment", path)
    assert [(each.kind, each.heading, each.before, each.after) for each in told.lines] == [
        ("changed", "依据文件", "", "示例文件"),
        ("changed", "兑现期限", "2026-12-31", "2026-11-30"),
    ]
    assert told.lines[1].address == cell(path, "兑现期限")
    assert office.record(promise).basis == ""
    revisions = len(office.reading().history(promise))
    assert take(office, "commitment", path).changed == 1
    assert office.record(promise).due_on.isoformat() == "2026-11-30"
    history = office.reading().history(promise)
    assert len(history) == revisions + 1
    assert history[-1].cmd == "ImportRows"
    assert set(history[-1].set) == {"basis", "due_on"}


def test_a_day_that_the_spreadsheet_program_rewrote_is_no_change(office, export):
    office.registered_commitment()
    path = export("commitment")
    edit(path, **{cell(path, "兑现期限"): "2026/12/31", cell(path, "作出日期"): "2026.1.5"})
    assert look(office, "commitment", path).lines == ()


def test_what_changed_here_since_the_export_is_a_conflict_that_the_person_decides(office, export):
    promise = office.registered_commitment()
    path = export("commitment")
    office.amend(promise, basis="本机后来填的")
    edit(path, **{cell(path, "依据文件"): "表格里填的"})
    (line,) = look(office, "commitment", path).lines
    assert (line.kind, line.before, line.after) == ("conflict", "本机后来填的", "表格里填的")
    assert take(office, "commitment", path).changed == 0
    assert office.record(promise).basis == "本机后来填的"
    chosen = Choices(accepted=frozenset({line.place}))
    assert take(office, "commitment", path, choices=chosen).changed == 1
    assert office.record(promise).basis == "表格里填的"


def test_what_changed_only_here_is_not_set_back_by_the_old_file(office, export):
    promise = office.registered_commitment()
    path = export("commitment")
    office.amend(promise, basis="本机后来填的")
    edit(path, **{cell(path, "承诺对象"): "示例村民"})
    assert [each.field for each in look(office, "commitment", path).lines] == ["beneficiary"]
    take(office, "commitment", path)
    kept = office.record(promise)
    assert (kept.basis, kept.beneficiary) == ("本机后来填的", "示例村民")


def test_a_field_or_a_row_may_be_left_out(office, export):
    promise = office.registered_commitment()
    path = export("commitment")
    edit(path, **{cell(path, "依据文件"): "示例文件", cell(path, "承诺对象"): "示例村民"})
    basis = next(e for e in look(office, "commitment", path).lines if e.field == "basis")
    take(office, "commitment", path, choices=Choices(left_out=frozenset({basis.place})))
    kept = office.record(promise)
    assert (kept.basis, kept.beneficiary) == ("", "示例村民")
    row = frozenset({(basis.sheet, basis.row, "")})
    assert take(office, "commitment", path, choices=Choices(left_out=row)).changed == 0


def test_an_emptied_cell_empties_the_field(office, export):
    promise = office.registered_commitment(basis="示例文件")
    path = export("commitment")
    edit(path, **{cell(path, "依据文件"): None})
    take(office, "commitment", path)
    assert office.record(promise).basis == ""


def test_a_record_in_a_final_state_is_refused_with_its_reason(office, export):
    promise = office.registered_commitment()
    office.step(promise, "withdraw")
    path = export("commitment")
    edit(path, **{cell(path, "依据文件"): "示例文件"})
    (line,) = look(office, "commitment", path).lines
    assert line.kind == "refused"
    assert "已办结" in line.sentence
    assert take(office, "commitment", path).changed == 0
    assert office.record(promise).basis == ""


def test_what_a_second_person_judged_is_changed_only_by_another_reviewer(office, export):
    record = office.effective_record()
    path = export("integrity_record")
    heading = type_named("integrity_record").field("facts").label
    edit(path, **{cell(path, heading): "示例工程验收后逾期一百日未付款。"})
    (by_clerk,) = look(office, "integrity_record", path).lines
    assert by_clerk.kind == "refused"
    assert take(office, "integrity_record", path).changed == 0
    (by_reviewer,) = look(office, "integrity_record", path, by="reviewer").lines
    assert by_reviewer.kind == "changed"
    assert take(office, "integrity_record", path, by="reviewer").changed == 1
    assert office.record(record).facts.endswith("一百日未付款。")


def test_a_field_of_a_later_step_and_the_state_cannot_be_written_by_a_sheet(office, export):
    promise = office.registered_commitment()
    path = export("commitment")
    edit(
        path,
        **{cell(path, "履行情况报告"): "已经办好", cell(path, "状态"): "已兑现",
           cell(path, "编号"): "诺2026-01-9999"},
    )  # fmt: skip
    kinds = {each.field: each.kind for each in look(office, "commitment", path).lines}
    assert kinds == {"fulfilment_report": "refused", "state": "note", "number": "note"}
    take(office, "commitment", path)
    assert office.state_of(promise) == "registered"
    assert office.record(promise).fulfilment_report == ""


def test_a_value_that_breaks_a_rule_is_a_problem_at_its_cell(office, export):
    office.registered_commitment()
    path = export("commitment")
    edit(path, **{cell(path, "兑现期限"): "2025-01-01"})
    (line,) = look(office, "commitment", path).problems
    assert line.row == 2
    with pytest.raises(InvalidInput, match="没有导入任何内容"):
        take(office, "commitment", path)


def test_sound_rows_alone_are_taken_when_the_person_says_so(office, export):
    first, second = office.registered_commitment(), office.registered_commitment()
    path = export("commitment")
    rows = {office.record(each).number: each for each in (first, second)}
    number = load_workbook(path)["数据"]["A2"].value
    edit(
        path,
        **{cell(path, "兑现期限"): "从前", cell(path, "依据文件", 3): "示例文件"},
    )
    done = take(office, "commitment", path, only_sound=True)
    assert (done.changed, done.passed_over) == (1, 1)
    sound = next(each for name, each in rows.items() if name != number)
    assert office.record(sound).basis == "示例文件"


def test_a_new_row_and_parts_of_it_come_in_together(office, export):
    promise = office.registered_commitment()
    path = export("commitment")
    book = load_workbook(path)
    heads = [each.value for each in book["数据"][1]]
    row = [each.value for each in book["数据"][2]]
    row[heads.index("记录标识")] = row[heads.index("导出时版本")] = None
    row[heads.index("编号")] = None
    row[heads.index("承诺事项")] = "示例新增事项"
    book["数据"].append(row)
    plan = book["分期兑付"]
    names = [each.value for each in plan[1]]
    values = {"期次": 1, "应付日期": "2026-09-30", "应付金额": "1.2万元"}
    number = office.record(promise).number
    plan.append([{"承诺": "示例新增事项", **values}.get(each) for each in names])
    plan.append([{"承诺": number, **values}.get(each) for each in names])
    book.save(path)
    told = look(office, "commitment", path)
    assert told.problems == ()
    assert told.counts["added"] == 3
    assert take(office, "commitment", path).added == 3
    (made,) = office.reading().find(type_named("commitment").cls, subject="示例新增事项")
    owners = {each.commitment_id for each in office.reading().find(Instalment)}
    assert owners == {promise, made.id}
    assert {each.amount_fen for each in office.reading().find(Instalment)} == {1_200_000}


def test_a_changed_part_is_a_change_of_the_part(office, export):
    promise = office.registered_commitment()
    part = office.enter("instalment", commitment_id=promise)
    path = export("commitment", "out.csv")
    further = path.with_name("out-分期兑付.csv")
    assert further.exists()
    assert path.with_name("out-说明.csv").exists()
    further.write_text(further.read_text("utf-8-sig").replace("2026-09-30", "2026.10.8"), "gb18030")
    assert take(office, "commitment", path).changed == 1
    assert office.record(part).due_on.isoformat() == "2026-10-08"


def test_masked_values_that_come_back_overwrite_nothing(office, export):
    person = office.person(citizen_id=CITIZEN, phone="13800000001")
    path = export("person")
    row = next(
        at for at in range(2, 9)
        if load_workbook(path)["数据"][cell(path, "公民身份号码", at)].value
    )  # fmt: skip
    edit(path, **{cell(path, "职务", row): "副主任"})
    assert take(office, "person", path).changed == 1
    kept = office.record(person)
    assert (kept.post, kept.citizen_id, kept.phone) == ("副主任", CITIZEN, "13800000001")
    edit(path, **{cell(path, "公民身份号码", row): "350526********0011"})
    (line,) = look(office, "person", path).problems
    assert "遮盖过的内容不能导入" in line.sentence


def test_two_rows_with_the_same_mark_are_told_apart_by_a_person(office, export):
    office.registered_commitment()
    path = export("commitment")
    book = load_workbook(path)
    book["数据"].append([each.value for each in book["数据"][2]])
    book.save(path)
    (line,) = look(office, "commitment", path).problems
    assert line.sentence == "这一行和第2行是同一条记录，请只留一行。"


def test_a_file_changed_after_the_review_is_not_taken_unseen(office, export):
    office.registered_commitment()
    path = export("commitment")
    told = look(office, "commitment", path)
    edit(path, **{cell(path, "依据文件"): "示例文件"})
    with pytest.raises(InvalidInput, match="核对之后又改过"):
        take(office, "commitment", path, digest=told.digest)


def test_everything_in_full_needs_a_reason_and_is_logged_with_it(office, export):
    office.complaint(reporter={"name": "赵甲示例"})
    office.person(citizen_id=CITIZEN)
    with pytest.raises(InvalidInput, match="请写明理由"):
        export("person", in_full=True)
    with pytest.raises(NotPermitted):
        export("person", by="viewer", in_full=True, reason="核对示例档案")
    assert CITIZEN in words_in(export("person", in_full=True, reason="核对示例档案"))
    note = office.reading().find(type_named("handout").cls)[-1]
    assert (note.in_full, note.reason) == (True, "核对示例档案")
    masked = export("complaint", "masked.xlsx", by="reviewer")
    whole = export("complaint", "full.xlsx", by="reviewer", in_full=True, reason="移交示例纪委")
    assert "赵甲示例" not in words_in(masked)
    assert "赵甲示例" in words_in(whole)
    assert len(office.reading().find(Reporter)) == 1


def test_a_reporter_is_not_even_exported_in_full_to_a_clerk_of_another_case(office, export):
    case = office.complaint(reporter={"name": "赵甲示例"})
    office.step(case, "accept")
    office.step(
        case, "assign", handler_id=office.person(name="李示例"),
        handler_unit_id=office.unit(name="示例镇司法所"),
    )  # fmt: skip
    whole = export("complaint", "full.xlsx", in_full=True, reason="示例理由")
    assert "赵甲示例" not in words_in(whole)


def test_the_cover_says_who_when_filter_count_and_digest(office, tmp_path):
    office.registered_commitment()
    path = tmp_path / "out.xlsx"
    narrowed = Filter(type="commitment", states=("registered",), text="养老")
    office.as_("clerk").perform(ExportRegister(filter=narrowed, path=path))
    cover = dict(load_workbook(path)["说明"].iter_rows(min_row=2, values_only=True))
    assert cover["导出人"] == "钱经办"
    assert cover["导出时间"] == "2026-05-12 09:00"
    assert cover["筛选条件"] == "状态：已登记；含有“养老”"
    assert cover["条数"] == "1"
    assert len(cover["内容摘要"]) == 64


def test_the_marks_are_hidden_columns_at_the_end(office, export):
    office.registered_commitment()
    sheet = load_workbook(export("commitment"))["数据"]
    heads = [each.value for each in sheet[1]]
    assert heads[-2:] == ["记录标识", "导出时版本"]
    hidden = [name for name, each in sheet.column_dimensions.items() if each.hidden]
    assert {sheet[f"{name}1"].value for name in hidden} == set(heads[-2:])


def words_in(path):
    book = load_workbook(path)
    return {
        str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row
    }


def test_a_number_alone_recognises_a_record_of_a_sheet_without_marks(office, tmp_path):
    promise = office.registered_commitment(basis="旧文件")
    path = tmp_path / "in.csv"
    number = office.record(promise).number
    path.write_text(f"编号,依据文件,承诺对象\n{number},新文件,\n", "utf-8-sig")
    (line,) = look(office, "commitment", path).lines
    assert (line.kind, line.before, line.after) == ("changed", "旧文件", "新文件")
    assert take(office, "commitment", path).changed == 1


def test_no_change_is_ever_lost_between_a_value_and_its_cell(office, export):
    wicked = ["=1+1", "'=1+1", "-5", "'-5", "@示例", "＝示例", "a\nb"]
    people = [office.person(name=f"示例{n}", post=each) for n, each in enumerate(wicked)]
    for name in ("out.xlsx", "out.csv"):
        assert look(office, "person", export("person", name)).lines == ()
    kept = [office.record(each) for each in people]
    assert [each.post for each in kept] == wicked
    assert all(isinstance(each, Person) and replace(each) == each for each in kept)
