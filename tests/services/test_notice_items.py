"""What is under objection, ended, withheld or not public gets on no sheet, by no way."""

from __future__ import annotations

import pytest

from integrity_desk.domain.reporters import Reporter
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.attachments import AttachFile
from integrity_desk.services.endings import EndWhatRanOut
from integrity_desk.services.sheets import PreviewSheet
from tests.services.notices import draft, printed

KIND = {"kind": "exposure_list", "title": "示例镇曝光台"}


def long_effective(office):
    """Return a record old enough to have ended by itself, or been repaired."""
    record = office.integrity_record(decided_on="2025-10-01")
    office.step(record, "submit")
    return office.step(record, "approve", effective_on="2025-10-02")


def objected(office, record):
    office.enter("objection", record_id=record)


def expired_by_day(office, record):
    office.amend(record, by="reviewer", expires_on="2026-05-11")


def publication_over(office, record):
    office.amend(record, by="reviewer", published_until="2026-05-11")


def revoked(office, record):
    office.step(record, "revoke")


def corrected(office, record):
    office.step(record, "correct", replaced_by_id=office.effective_record(subject="更正后"))


def withheld(office, record):
    office.amend(record, by="reviewer", publication="withhold", publication_reason="示例理由")


def repaired(office, record):
    repair = office.enter("repair", record_id=record)
    office.step(record, "repair", repair_id=repair)


def ended(office, record):
    office.amend(record, by="reviewer", expires_on="2026-05-11")
    office.as_("reviewer").perform(EndWhatRanOut())
    assert office.state_of(record) == "expired"


ENDINGS = pytest.mark.parametrize(
    "befalls",
    [objected, expired_by_day, publication_over, revoked, corrected, withheld, repaired, ended],
)


@ENDINGS
def test_an_approved_notice_is_not_printed_previewed_or_posted(office, befalls):
    record = long_effective(office)
    notice = office.walk(draft(office, [record], **KIND), "submit", "approve")
    printed(office, notice)
    befalls(office, record)
    with pytest.raises(StepRefused, match="拖欠示例工程款"):
        printed(office, notice)
    with pytest.raises(StepRefused, match="拖欠示例工程款"):
        office.as_("clerk").ask(PreviewSheet(notice_id=notice))
    with pytest.raises(StepRefused, match="拖欠示例工程款"):
        office.step(notice, "post")


@ENDINGS
def test_a_draft_is_neither_submitted_nor_approved(office, befalls):
    record = long_effective(office)
    drafted = draft(office, [record], **KIND)
    submitted = office.walk(draft(office, [record], **KIND), "submit")
    befalls(office, record)
    with pytest.raises(StepRefused, match="拖欠示例工程款"):
        office.step(drafted, "submit")
    with pytest.raises(StepRefused, match="拖欠示例工程款"):
        office.step(submitted, "approve")


def test_a_minor_record_is_published_to_nobody(office):
    """信用修复管理办法: minor ones are not published, whatever their own decision says."""
    minor = office.effective_record(severity="minor")
    with pytest.raises(StepRefused, match="属轻微失信信息，按规定不公示"):
        office.step(draft(office, [minor], **KIND), "submit")


def test_after_the_objection_is_dismissed_the_record_may_be_shown_again(office):
    record = office.effective_record()
    objection = office.enter("objection", record_id=record)
    office.walk(objection, "verify")
    office.step(objection, "decide", finding="maintain")
    office.walk(draft(office, [record], **KIND), "submit", "approve")


def test_a_notice_ends_no_later_than_what_it_shows(office):
    record = office.effective_record(expires_on="2026-05-20")
    with pytest.raises(StepRefused, match="只能公示到2026-05-20"):
        office.step(draft(office, [record], **KIND), "submit")
    office.step(draft(office, [record], until_on="2026-05-20", **KIND), "submit")


@pytest.mark.parametrize("type_name", ["sealed_item", "complaint", "person", "reporter"])
def test_what_is_sealed_or_of_another_register_is_no_item(office, type_name):
    if type_name == "reporter":
        office.complaint(reporter={})
        (found,) = office.reading().find(Reporter)
        other = found.id
    else:
        other = office.enter(type_name)
    with pytest.raises(InvalidInput) as refused:
        draft(office, [other])
    assert refused.value.field == "item_ids"


# While it hangs


def hanging(office, record):
    return office.walk(draft(office, [record], **KIND), "submit", "approve", "post")


def test_what_hangs_and_may_not_any_more_says_so_when_opened(office):
    record = office.effective_record()
    notice = hanging(office, record)
    office.enter("objection", record_id=record)
    warning = office.view(notice).warning
    assert "正在异议核实期间" in warning
    assert "请撤下" in warning


def test_the_photo_of_the_board_is_asked_for_until_it_is_there(office, tmp_path):
    notice = hanging(office, office.effective_record())
    assert "还没有公示栏的照片" in office.view(notice).warning
    photo = tmp_path / "board.jpg"
    photo.write_bytes(b"\xff\xd8\xff example")
    command = AttachFile(owner_id=notice, path=photo, purpose="evidence")
    office.as_("clerk").perform(command)
    assert office.view(notice).warning
    office.as_("clerk").perform(AttachFile(owner_id=notice, path=photo, purpose="photo"))
    assert office.view(notice).warning == ""


@pytest.mark.parametrize("acts", [(), ("submit",), ("submit", "approve")])
def test_nothing_is_said_of_what_does_not_hang(office, acts):
    notice = office.walk(draft(office, [office.effective_record()], **KIND), *acts)
    assert office.view(notice).warning == ""
