"""Last year's list becomes this year's drafts, once, and each knows the one it continues."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.domain.commitments import CommitmentKind
from integrity_desk.errors import InvalidInput
from integrity_desk.services.carrying_over import CarryOver, CountLastYear

LIVELIHOOD = CommitmentKind.LIVELIHOOD_PROJECT


def promise(office, **values):
    told = {"kind": "livelihood_project", "made_on": "2025-02-28", "due_on": "2025-12-31"}
    return office.registered_commitment(**{**told, **values})


def test_what_was_promised_is_copied_and_what_came_of_it_is_not(office):
    before = promise(office, subject="示例村修路", amount_fen=100_00, basis="示例镇〔2025〕1号")
    (made,) = office.as_("clerk").perform(CarryOver(kind=LIVELIHOOD)).value
    draft = office.record(made)
    assert (draft.state, draft.number, draft.last_year_id) == ("draft", "", before)
    assert (draft.subject, draft.unit_id) == ("示例村修路", office.record(before).unit_id)
    assert (draft.made_on, draft.due_on) == (date(2026, 2, 28), date(2026, 12, 31))
    assert (draft.amount_fen, draft.basis, draft.publication) == (None, "", None)


def test_only_last_year_and_what_was_really_promised_is_carried_over_and_only_once(office):
    promise(office)
    promise(office, made_on="2024-02-28", due_on="2024-12-31")
    promise(office, kind="service_quality")
    office.step(promise(office), "withdraw")
    desk = office.as_("clerk")
    assert desk.ask(CountLastYear()) == {LIVELIHOOD: 1, CommitmentKind.SERVICE_QUALITY: 1}
    assert len(desk.perform(CarryOver(kind=LIVELIHOOD)).value) == 1
    assert desk.ask(CountLastYear()) == {CommitmentKind.SERVICE_QUALITY: 1}
    with pytest.raises(InvalidInput, match="结转"):
        desk.perform(CarryOver(kind=LIVELIHOOD))
