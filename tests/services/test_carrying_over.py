"""Last year's list becomes this year's drafts, once, and each knows the one it continues."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.errors import InvalidInput
from integrity_desk.services.carrying_over import CarryOver, ShowLastYear
from integrity_desk.services.registers import Filter, ListRecords


def promise(office, **values):
    told = {"kind": "livelihood_project", "made_on": "2025-02-28", "due_on": "2025-12-31"}
    return office.registered_commitment(**{**told, **values})


def carry(office, *ids):
    return office.as_("clerk").perform(CarryOver(ids=ids)).value


def test_what_was_promised_is_copied_and_what_came_of_it_is_not(office):
    before = promise(office, subject="示例村修路", amount_fen=100_00, basis="示例镇〔2025〕1号")
    (made,) = carry(office, before)
    draft = office.record(made)
    assert (draft.state, draft.number, draft.last_year_id) == ("draft", "", before)
    assert (draft.subject, draft.unit_id) == ("示例村修路", office.record(before).unit_id)
    assert (draft.made_on, draft.due_on) == (date(2026, 2, 28), date(2026, 12, 31))
    assert (draft.amount_fen, draft.basis, draft.publication) == (None, "", None)


def test_single_promises_of_any_kind_are_chosen_and_the_others_stay(office):
    road, lamps, _other = (promise(office, subject=each) for each in ("修路", "路灯", "停车"))
    policy = promise(office, kind="service_quality")
    assert len(carry(office, road, policy)) == 2
    shown = office.as_("clerk").ask(ShowLastYear())
    assert (shown.count, shown.carried) == (4, {road, policy})
    assert len(carry(office, lamps)) == 1


def test_what_is_offered_is_last_years_and_was_really_promised(office):
    before = promise(office)
    promise(office, made_on="2024-02-28", due_on="2024-12-31")
    office.step(promise(office), "withdraw")
    office.commitment(made_on="2025-03-01", due_on="2025-12-31")
    desk = office.as_("clerk")
    year = desk.ask(ShowLastYear())
    days = {"made_on": (year.first, year.last)}
    offered = desk.ask(ListRecords(filter=Filter(type="commitment", states=year.states, days=days)))
    assert (len(offered), year.count) == (1, 1)
    assert carry(office, before)


def test_nothing_is_carried_over_twice_nor_from_another_year_and_then_none_is(office):
    done, fresh, old = promise(office), promise(office), promise(office, made_on="2024-02-28")
    carry(office, done)
    for wrong, why in ((done, "已经结转过"), (old, "不是上年作出")):
        with pytest.raises(InvalidInput, match=why):
            carry(office, fresh, wrong)
    assert office.as_("clerk").ask(ShowLastYear()).carried == {done}
    with pytest.raises(InvalidInput, match="先选上"):
        carry(office)
