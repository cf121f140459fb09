from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.domain.rectification import is_late
from integrity_desk.domain.steps import advance
from integrity_desk.errors import InvalidInput, StepRefused

LAST = date(2026, 5, 6)
AFTER = date(2026, 5, 7)


def test_a_measure_ends_only_after_its_last_day(filled, facts):
    record = filled("measure", state="in_force", until_on=LAST)
    with pytest.raises(StepRefused, match="尚未届满"):
        advance(record, "end", facts(today=LAST))
    assert advance(record, "end", facts(today=AFTER)).state == "ended"


@pytest.mark.parametrize("act", ["lift", "undo"])
def test_a_measure_is_not_ended_from_a_day_to_come(filled, facts, act):
    with pytest.raises(InvalidInput) as refusal:
        advance(filled("measure", state="in_force", ended_on=AFTER), act, facts(today=LAST))
    assert refusal.value.field == "ended_on"


def test_a_measure_may_be_suspended_again_after_it_was_resumed(filled, facts):
    record = filled("measure", state="in_force", resumed_on=LAST)
    assert advance(record, "suspend", facts(), {"suspended_on": AFTER}).resumed_on is None


def test_a_repair_is_granted_only_once_the_effect_is_removed(filled, facts):
    with pytest.raises(InvalidInput) as refusal:
        advance(filled("repair", state="accepted", effect_removed=False), "grant", facts())
    assert refusal.value.field == "effect_removed"


def test_a_repair_waits_for_the_least_publication_period(filled, facts):
    record = filled("repair", state="accepted", published_at_least_until=LAST)
    with pytest.raises(StepRefused, match="最短公示期"):
        advance(record, "grant", facts(today=LAST))
    assert advance(record, "grant", facts(today=AFTER)).state == "granted"


def test_a_repair_takes_effect_on_its_day_and_not_before(filled, facts):
    record = filled("repair", state="granted", effective_on=AFTER)
    with pytest.raises(InvalidInput):
        advance(record, "take_effect", facts(today=LAST))
    assert advance(record, "take_effect", facts(today=AFTER)).state == "effective"


def test_an_objection_is_not_decided_on_a_day_to_come(filled, facts):
    record = filled("objection", state="verifying", decided_on=AFTER, told_on=None)
    with pytest.raises(InvalidInput) as refusal:
        advance(record, "decide", facts(today=LAST))
    assert refusal.value.field == "decided_on"


def test_an_order_is_late_until_the_unit_reports(filled):
    assert not is_late(filled("rectification_order", state="issued", due_on=LAST), LAST)
    assert is_late(filled("rectification_order", state="issued", due_on=LAST), AFTER)
    assert not is_late(filled("rectification_order", state="reported", due_on=LAST), AFTER)


def test_a_check_not_passed_sends_the_order_back_for_a_new_report(filled, facts):
    record = filled("rectification_order", state="reported")
    given = {"checked_on": LAST, "check_result": "未到位", "due_on": date(2026, 6, 6)}
    again = advance(record, "send_back", facts(), given)
    assert again.state == "issued"
    assert again.reported_on is None
