"""Reporters: who complained is seen by the case's handler and reviewers, and nowhere else."""

from __future__ import annotations

import pytest

from integrity_desk.domain.accounts import Role
from integrity_desk.errors import DeskError, NotPermitted
from integrity_desk.services.attachments import AttachFile, ListAttachments
from integrity_desk.services.record_view import OpenRecord, ReadValues
from integrity_desk.services.records import AmendRecord
from integrity_desk.services.registers import (
    CountStates,
    FetchRows,
    Filter,
    FindRecords,
    ListRecords,
)
from integrity_desk.services.revealing import RevealField

NAME, PHONE, CITIZEN = "孙密报", "13800000003", "110101199003070011"
SECRETS = (NAME, PHONE, CITIZEN, "smb", "sunmibao", "孙")


@pytest.fixture
def case(office):
    """Return a complaint whose reporter asked for secrecy, entered by the clerk."""
    return office.complaint(
        subject="反映示例项目拖欠",
        reporter={"kind": "confidential", "name": NAME, "phone": PHONE, "citizen_id": CITIZEN},
    )


@pytest.fixture
def outsider(office):
    """Return the login of a clerk who has nothing to do with the case."""
    person = office.person(name="李旁人", unit_id=office.hall)
    office.open_account("outsider", Role.CLERK, unit_id=office.hall, person_id=person)
    return "outsider"


@pytest.fixture
def reporter(office, case):
    """Return the id of the reporter's record."""
    (part,) = [each for each in office.view(case).parts if each.type == "reporter"]
    return part.rows[0].id


def sees(office, case, by):
    (part,) = [each for each in office.view(case, by=by).parts if each.type == "reporter"]
    return len(part.rows) == 1 and not part.hidden


def test_until_a_handler_is_named_whoever_entered_the_case_sees_who_complained(
    office, case, outsider
):
    seeing = {by: sees(office, case, by) for by in ("clerk", "reviewer", outsider, "viewer")}
    assert seeing == {"clerk": True, "reviewer": True, outsider: False, "viewer": False}
    assert not sees(office, case, "admin")


def test_then_only_the_handler_and_the_stand_in(office, case, outsider):
    office.step(case, "accept")
    links = {"handler_unit_id": office.unit(name="承办单位示例")}
    office.step(case, "verify", handler_id=office.account(outsider).person_id, **links)
    assert sees(office, case, outsider)
    assert not sees(office, case, "clerk")
    office.step(
        case, "reassign", by="reviewer", handler_id=office.account(outsider).person_id,
        stand_in_id=office.clerk_person, **links,
    )  # fmt: skip
    assert sees(office, case, "clerk")


@pytest.mark.parametrize("by", ["viewer", "admin", "outsider"])
def test_no_door_leads_around_the_firewall(office, case, reporter, outsider, by, tmp_path):
    desk = office.as_(by)
    evidence = tmp_path / "evidence.txt"
    evidence.write_text("x", "utf-8")
    for act in (
        lambda: desk.ask(OpenRecord(id=reporter)),
        lambda: desk.ask(ReadValues(id=reporter)),
        lambda: desk.perform(AmendRecord(id=reporter, values={"name": "改名"})),
        lambda: desk.perform(AmendRecord(id=case, values={}, companions={"reporter": {"name": "x"}})),  # noqa: E501
        lambda: desk.perform(RevealField(id=reporter, field="phone", reason="好奇")),
        lambda: desk.perform(AttachFile(owner_id=reporter, path=evidence)),
        lambda: desk.ask(ListRecords(filter=Filter(type="reporter"))),
        lambda: desk.ask(ListRecords(filter=Filter(type="reporter", equals={"name": (NAME,)}))),
        lambda: desk.ask(FetchRows(type="reporter", rows=(1,))),
        lambda: desk.ask(CountStates(type="reporter")),
    ):  # fmt: skip
        with pytest.raises(NotPermitted):
            act()
    assert desk.ask(ListAttachments(owner_id=reporter)) == ()
    assert office.record(reporter).name == NAME
    assert outsider


@pytest.mark.parametrize("by", ["viewer", "admin", "outsider", "clerk"])
@pytest.mark.parametrize("text", SECRETS)
def test_search_tells_nobody_but_reviewers_who_complained(office, case, outsider, by, text):
    assert office.as_(by).ask(FindRecords(text=text)) == ()
    assert len(office.as_(by).ask(ListRecords(filter=Filter(type="complaint", text=text)))) == 0
    assert [each.id for each in office.as_(by).ask(FindRecords(text="示例项目"))] == [case]
    assert outsider


def test_a_reviewer_finds_the_case_by_the_full_number_of_its_reporter(office, case):
    for text in (PHONE, CITIZEN):
        (hit,) = office.as_("reviewer").ask(FindRecords(text=text))
        assert hit.id == case
        assert NAME not in hit.title


def test_the_history_of_a_case_does_not_name_the_reporter(office, case):
    shown = repr(office.view(case, by="viewer"))
    assert not [secret for secret in (NAME, PHONE, CITIZEN) if secret in shown]


def test_even_those_who_may_see_read_private_values_masked(office, case, reporter):
    shown = repr(office.view(case, by="reviewer")) + repr(office.view(reporter, by="reviewer"))
    assert PHONE not in shown
    assert CITIZEN not in shown
    assert "138****0003" in shown


def test_a_reveal_shows_one_value_and_is_written_down(office, reporter):
    clerk = office.as_("clerk")
    revealed = clerk.perform(RevealField(id=reporter, field="phone", reason="回访"))
    assert revealed.value == PHONE
    lines = office.store.database.conn.execute(
        "SELECT field, reason, seen_by, record_id FROM access"
    ).fetchall()
    assert lines == [("phone", "回访", clerk.actor.account_id, reporter)]
    with pytest.raises(DeskError):
        clerk.perform(RevealField(id=reporter, field="phone", reason="  "))
    with pytest.raises(DeskError, match="没有遮盖"):
        clerk.perform(RevealField(id=reporter, field="kind", reason="回访"))


def test_nobody_complained_of_takes_part(office, case):
    office.amend(case, by="reviewer", about_person_id=office.clerk_person)
    with pytest.raises(DeskError, match="不得办理"):
        office.step(case, "accept", by="clerk")
    office.step(case, "accept", by="reviewer")
    with pytest.raises(DeskError, match="不得办理"):
        office.step(
            case, "assign", by="reviewer", handler_id=office.clerk_person,
            handler_unit_id=office.unit(),
        )  # fmt: skip


def test_one_unit_does_not_handle_what_is_said_of_itself(office):
    case = office.complaint(about_unit_id=office.hall)
    with pytest.raises(DeskError, match="应当回避"):
        office.step(case, "accept", by="clerk")


def test_what_a_person_may_not_see_of_an_identity_number(office):
    person = office.person(name="周示例", citizen_id=CITIZEN)
    for by in ("clerk", "viewer", "reviewer"):
        desk = office.as_(by)
        rows = tuple(desk.ask(ListRecords(filter=Filter(type="person"))))
        shown = [
            repr(desk.ask(OpenRecord(id=person))),
            repr(desk.ask(ReadValues(id=person))),
            repr(desk.ask(FetchRows(type="person", rows=rows))),
            repr(desk.ask(FindRecords(text=CITIZEN))),
        ]
        assert not [each for each in shown if CITIZEN in each]
        assert "110101********0011" in shown[0]
        assert "周示例" in shown[3]
