"""What a record's state offers to enter next, and when it no longer does."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.documents.preview import page_count
from integrity_desk.domain.fields import Kind
from integrity_desk.domain.records import type_named
from integrity_desk.services.letters import ListLetters, PreviewLetter
from integrity_desk.services.records import DiscardRecord


@pytest.fixture
def breached(office):
    return office.walk(office.registered_commitment(subject="未兑现的示例承诺"), "start", "breach")


@pytest.fixture
def substantiated(office):
    rec = office.complaint(about_unit_id=office.unit(name="示例镇水利站"), matter="arrears")
    return office.walk(rec, "accept", "verify", "find_substantiated")


def offers(office, rec, by="reviewer"):
    return {each.code: each for each in office.view(rec, by=by).suggested}


def take_up(office, offer, **more):
    """Enter what a suggestion's form begins with, with what a person fills in besides."""
    return office.enter(offer.type, **{**offer.values, **more})


def test_only_a_breach_suggests_records_for_the_unit_and_the_person(office, breached):
    assert offers(office, office.registered_commitment()) == {}
    offered = offers(office, breached)
    promise = office.record(breached)
    assert {code: each.values["subject_id"] for code, each in offered.items()} == {
        "unit": promise.unit_id,
        "person": promise.person_id,
    }
    assert all(each.values["source_id"] == breached for each in offered.values())
    assert promise.judgement in offered["unit"].values["facts"]


def test_what_is_suggested_can_be_entered_as_it_stands(office, breached, substantiated):
    for rec in (breached, substantiated):
        for offer in offers(office, rec).values():
            made = office.record(take_up(office, offer))
            declared = type_named(offer.type)
            assert rec in [
                getattr(made, each.name) for each in declared.fields if each.kind is Kind.LINK
            ]


def test_a_suggestion_that_was_taken_up_is_not_made_again(office, breached):
    made = take_up(office, offers(office, breached)["unit"])
    assert set(offers(office, breached)) == {"person"}
    office.as_("clerk").perform(DiscardRecord(id=made))
    assert set(offers(office, breached)) == {"person", "unit"}


def test_an_order_is_known_by_its_complaint_even_if_it_goes_to_another_unit(office, substantiated):
    order = offers(office, substantiated)["order"]
    take_up(office, order, unit_id=office.unit(name="示例镇林业站"))
    assert set(offers(office, substantiated)) == {"unit"}


def test_who_may_enter_nothing_is_offered_nothing(office, breached):
    assert offers(office, breached, by="viewer") == {}
    assert set(offers(office, breached, by="clerk")) == {"person", "unit"}


def test_an_order_past_its_day_offers_records_for_those_who_answer(office):
    person = office.person(name="李示例")
    order = office.enter("rectification_order", person_id=person, problem="示例台账缺失")
    office.step(order, "issue", due_on="2026-05-20")
    office.now.set_day(date(2026, 5, 20))
    assert office.view(order).suggested == ()
    office.now.set_day(date(2026, 5, 21))
    unit, responsible = office.view(order).suggested
    assert (unit.values["kind"], responsible.values["subject_id"]) == ("accountability", person)
    values = {**unit.values, "organ": "示例镇", "severity": "ordinary", "publication": "publish"}
    office.enter("integrity_record", **values)
    assert [each.code for each in office.view(order).suggested] == ["person"]


def test_a_repair_taken_up_has_its_letter(office):
    record = office.effective_record(severity="minor")
    repair = office.enter("repair", record_id=record, applicant="李示例")
    assert "repair_acceptance" not in letters(office, repair)
    office.step(repair, "accept")
    assert "repair_acceptance" in letters(office, repair)
    question = PreviewLetter(record_id=repair, template="repair_acceptance", bundled_fonts=True)
    assert page_count(office.as_("clerk").ask(question)) == 1


def letters(office, rec):
    return {each.template for each in office.as_("clerk").ask(ListLetters(record_id=rec)).offered}
