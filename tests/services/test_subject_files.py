"""One file of a person or a unit: all that belongs there, nothing that does not, and on paper."""

from __future__ import annotations

import subprocess
from datetime import date

import pytest

from integrity_desk.domain.access import Handout
from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.fields import Kind
from integrity_desk.domain.file_chapters import CHAPTERS, OWNER
from integrity_desk.domain.inquiries import Purpose
from integrity_desk.domain.records import type_named
from integrity_desk.errors import InvalidInput
from integrity_desk.services.file_papers import DrawFile, PrintFile, file_report, short_report
from integrity_desk.services.inquiries import AnswerInquiry
from integrity_desk.services.letters import PrintLetter
from integrity_desk.services.subject_files import ShowFile


@pytest.fixture
def person(office):
    return office.person(name="李示例", citizen_id="11010519491231002X")


def shown(office, subject, by="viewer", **more):
    return office.as_(by).ask(ShowFile(subject_id=subject, **more))


def chapters(file):
    return {each.type: each for each in file.chapters}


# The table


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda each: each.type)
def test_every_chapter_names_fields_and_links_that_exist(chapter):
    declared = type_named(chapter.type)
    for name in (*chapter.says, *(name for name, _words in chapter.events)):
        of = type_named(declared.part_of) if name.startswith(OWNER) else declared
        assert of.has(name.removeprefix(OWNER)), name
    for name, _words in chapter.events:
        of = type_named(declared.part_of) if name.startswith(OWNER) else declared
        assert of.field(name.removeprefix(OWNER)).kind is Kind.DAY
    for subject, fields in chapter.subject.items():
        assert all(subject in declared.field(name).to for name in fields)
    if chapter.hangs_on:
        assert "integrity_record" in declared.field(chapter.hangs_on).to
    if chapter.about:
        before = {each.type for each in CHAPTERS[: CHAPTERS.index(chapter)]}
        assert before & set(declared.field(chapter.about).to)


def test_every_part_of_a_person_and_all_that_hangs_on_a_record_has_a_chapter():
    told = {each.type for each in CHAPTERS}
    kept_back = {"kinship"}  # whom somebody must keep away from is no matter of integrity
    parts = {each.name for each in TYPES if each.part_of == "person"}
    hanging = {
        declared.name
        for declared in TYPES
        for field in declared.fields
        if field.name == "record_id" and field.to == ("integrity_record",)
    }
    assert parts - kept_back | hanging <= told


def test_no_complaint_stands_in_a_file():
    assert not {"complaint", "reporter", "sealed_item"} & {each.type for each in CHAPTERS}


# A person's file


@pytest.fixture
def full(office, person):
    """A person with one of everything; the record was objected to and maintained."""
    record = office.effective_record(subject_id=person, severity="minor", effective_on="2026-04-25")
    measure = office.step(office.enter("measure", record_id=record, kind="talk"), "impose")
    objection = office.enter("objection", record_id=record, received_on="2026-05-12")
    office.step(objection, "verify")
    office.step(objection, "decide", finding="maintain", finding_reason="事实清楚。")
    office.enter("repair", record_id=record)
    office.registered_commitment(person_id=person, subject="三日内答复示例咨询")
    duty = office.registered_commitment(subject="示例桥梁工程")
    office.enter("stage_duty", commitment_id=duty, person_id=person, duty="把好示例采购关")
    office.enter("annual_assessment", person_id=person, year=2025, grade="competent")
    office.enter("personal_matters_report", person_id=person, year=2025, check_result="truthful")
    office.enter("post_history", person_id=person, post="示例所副所长", from_on="2022-03-01")
    training = office.enter("training", topic="示例警示教育", hours=4, held_on="2026-04-01")
    office.enter("attendance", training_id=training, person_id=person, presence="present")
    office.enter("pledge", subject_id=person, template="leader")
    order = office.enter("rectification_order", person_id=person, problem="示例台账缺失")
    office.step(order, "issue", due_on="2026-06-12")
    office.as_("clerk").perform(
        AnswerInquiry(
            asked_by="示例县委组织部", purpose=Purpose.APPOINTMENT, subject_ids=(person,),
            authority="示组函1号", bundled_fonts=True,
        )
    )  # fmt: skip
    return {"record": record, "measure": measure, "objection": objection}


def test_a_persons_file_has_every_chapter_that_there_is_for_a_person(office, person, full):
    file = shown(office, person)
    wanted = {each.type for each in CHAPTERS if each.hangs_on or "person" in each.subject}
    assert set(chapters(file)) == wanted
    assert all(each.count == 1 for each in file.chapters)
    assert file.measures == 1
    assert "有效失信记录1条" in file.told


def test_the_timeline_tells_what_happened_newest_first_and_nothing_of_tomorrow(
    office, person, full
):
    file = shown(office, person)
    days = [each.day for each in file.events]
    assert days == sorted(days, reverse=True)
    assert days[0] <= office.now.today
    told = [each.what for each in file.events]
    assert {"作出决定", "诚信记录生效", "措施暂停", "措施恢复", "提出异议", "异议作出结论",
            "申请信用修复", "任职", "诚信教育", "信用查询", "作出承诺"} <= set(told)  # fmt: skip
    assert file.events[-1].what == "任职"
    assert file.events[-1].day == date(2022, 3, 1)


def test_every_entry_of_a_register_can_be_opened_and_a_part_leads_to_its_owner(
    office, person, full
):
    for each in (entry for chapter in shown(office, person).chapters for entry in chapter.entries):
        if each.page:
            assert office.view(each.page_id).type == each.page
    parts = chapters(shown(office, person))
    assert parts["attendance"].entries[0].page == "training"
    assert parts["post_history"].entries[0].page == ""


def test_a_record_under_objection_says_so(office, person):
    record = office.effective_record(subject_id=person)
    office.enter("objection", record_id=record)
    (entry,) = chapters(shown(office, person))["integrity_record"].entries
    assert entry.state_label == "异议处理中"


def test_drafts_and_what_waits_for_review_are_counted_and_not_shown(office, person):
    office.integrity_record(subject_id=person, subject="尚未复核的示例事项")
    office.step(office.integrity_record(subject_id=person), "submit")
    file = shown(office, person)
    assert (file.chapters, file.waiting) == ((), 2)


def test_nothing_of_somebody_else_stands_in_the_file(office, person, full):
    other = office.person(name="周示例")
    assert shown(office, other).chapters == ()


def test_a_window_shows_the_newest_of_a_chapter_and_says_how_many_there_are(office, person):
    for at in range(1, 5):
        office.enter("post_history", person_id=person, post=f"示例{at}", from_on=f"202{at}-01-01")
    (posts,) = shown(office, person, most=2).chapters
    assert ([each.when for each in posts.entries], posts.count) == (["2024-01-01", "2023-01-01"], 4)


# A unit's file


def test_a_units_file_has_its_records_promises_orders_and_evaluations(office):
    unit = office.unit(name="示例甲村民委员会")
    office.effective_record(subject_id=unit)
    office.registered_commitment(unit_id=unit)
    office.step(office.enter("rectification_order", unit_id=unit), "issue")
    scheme = office.enter("evaluation_scheme", unit_ids=[unit], title="示例季度考核")
    office.enter(
        "indicator", evaluation_scheme_id=scheme, name="承诺兑现率", weight=100,
        source="computed", formula="fulfilment_rate", scorer="",
    )  # fmt: skip
    office.walk(scheme, "open", "compute")
    file = shown(office, unit)
    assert set(chapters(file)) == {
        "integrity_record", "commitment", "rectification_order", "evaluation_result",
    }  # fmt: skip
    assert "示例季度考核" in chapters(file)["evaluation_result"].entries[0].says


def test_only_people_and_units_have_a_file(office):
    with pytest.raises(InvalidInput, match="只有公务人员和单位"):
        shown(office, office.registered_commitment())


# Paper


def said(report):
    return repr(report)


def test_the_whole_file_on_paper_has_every_entry_and_names_what_is_missing(office, person, full):
    paper = said(file_report(office.record(person), office.reading()))
    other = office.record(office.person(name="吴示例"))
    empty = said(file_report(other, office.reading()))
    for entry in (e for chapter in shown(office, person).chapters for e in chapter.entries):
        assert entry.says in paper
        assert "。，" not in entry.says
    assert "11010519491231002X" not in paper
    assert "没有登记：诚信记录、奖惩措施" in empty


def test_the_short_report_says_how_the_subject_stands(office, person, full):
    paper = said(short_report(office.record(person), office.reading()))
    assert "有效失信记录1条" in paper
    assert "警示约谈" in paper
    assert "示例警示教育" not in paper


@pytest.mark.parametrize("short", [True, False])
def test_the_paper_can_be_read_by_another_program(office, person, full, tmp_path, short):
    pdf = office.as_("viewer").ask(DrawFile(subject_id=person, short=short, bundled_fonts=True))
    path = tmp_path / "file.pdf"
    path.write_bytes(pdf)
    run = subprocess.run(
        ["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True
    )
    text = "".join(run.stdout.split())
    assert "李示例" in text
    assert "拖欠示例工程款" in text
    assert ("大事记" in text) is not short


def test_who_took_whose_file_is_written_down_looking_is_not(office, person):
    office.as_("reviewer").ask(DrawFile(subject_id=person, bundled_fonts=True))
    assert office.reading().find(Handout) == []
    office.as_("reviewer").perform(PrintFile(subject_id=person, bundled_fonts=True))
    (noted,) = office.reading().find(Handout)
    assert (noted.register, noted.narrowed, noted.reason) == (
        "person", "李示例", "打印完整诚信档案",
    )  # fmt: skip
    assert noted.handed_by == office.account("reviewer").id


# Letters


def test_letters_about_what_stands_in_the_file_are_a_chapter_of_it(office):
    unit = office.unit(name="示例甲村民委员会")
    order = office.step(office.enter("rectification_order", unit_id=unit), "issue")
    case = office.step(office.complaint(about_unit_id=unit), "accept")
    elsewhere = office.step(office.enter("rectification_order", unit_id=office.unit()), "issue")
    for rec, template in (
        (order, "rectification"), (elsewhere, "rectification"), (case, "acceptance"),
    ):  # fmt: skip
        command = PrintLetter(record_id=rec, template=template, bundled_fonts=True)
        office.as_("clerk").perform(command)
    file = shown(office, unit)
    (letter,) = chapters(file)["letter"].entries
    assert (letter.page, letter.page_id) == ("rectification_order", order)
    assert (letter.when, letter.says) == ("2026-05-12", "限期整改通知书")
    assert "文书成文" in {each.what for each in file.events}
    paper = said(file_report(office.record(unit), office.reading()))
    assert letter.number in paper
