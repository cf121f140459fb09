"""What follows: objections rest measures, findings and repairs end records, terms are reckoned."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.domain.effects import EFFECTS, effects_of
from integrity_desk.domain.notices import GATE
from integrity_desk.domain.records import type_named
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.record_view import OpenRecord

HUNG = {
    "from_on": "2026-05-12", "until_on": "2026-06-12", "place": "示例镇政府公开栏",
    "contact": "示例", "phone": "0000-1234567",
    **dict.fromkeys(GATE, "not_involved"),
}  # fmt: skip
MAINTAIN = {"finding": "maintain", "finding_reason": "原认定事实清楚。"}
REVOKE = {"finding": "revoke", "finding_reason": "原决定已被撤销。"}
CORRECT = {"finding": "correct", "finding_reason": "金额有误。"}


@pytest.fixture
def record(office):
    return office.effective_record(severity="ordinary", decided_on="2026-04-20")


@pytest.fixture
def measure(office, record):
    return office.step(office.enter("measure", record_id=record), "impose")


@pytest.fixture
def objection(office, record, measure):
    return office.enter("objection", record_id=record, received_on="2026-05-12")


# The table


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda each: f"{each.cause}-{each.act}")
def test_every_row_names_states_and_acts_that_exist(effect):
    life = type_named(effect.on).life
    assert all(state in life.step(effect.act).of for state in effect.states)
    type_name, _dot, act = effect.cause.partition(".")
    act = act.partition(":")[0]
    assert act == "enter" or type_named(type_name).life.step(act)


def test_a_decision_sets_off_the_rows_of_its_finding_only():
    assert [each.act for each in effects_of("objection", "decide", "maintain")] == ["resume"]
    assert [each.act for each in effects_of("objection", "decide", "revoke")] == ["revoke"]
    assert effects_of("objection", "decide", "correct") == ()


# Objections


def test_an_objection_suspends_the_measure_on_the_day_it_is_lodged(office, measure, objection):
    kept = office.record(measure)
    assert (kept.state, kept.objection_id, kept.suspended_on) == (
        "suspended", objection, date(2026, 5, 12),
    )  # fmt: skip


def test_the_same_act_of_the_same_person_is_logged_for_both(office, measure, objection):
    acts = {each.cmd for each in office.reading().history(measure)}
    assert "EnterRecord" in acts
    (entry, *_rest) = office.as_("viewer").ask(OpenRecord(id=measure)).history
    assert entry.by == "钱经办"


def test_a_maintained_record_lets_its_measures_go_on(office, measure, objection):
    office.step(office.step(objection, "verify"), "decide", **MAINTAIN)
    assert office.state_of(measure) == "in_force"
    assert office.record(measure).resumed_on is not None


def test_a_withdrawn_objection_lets_measures_go_on(office, measure, objection):
    office.step(objection, "withdraw")
    assert office.state_of(measure) == "in_force"


def test_a_second_open_objection_keeps_the_measure_suspended(office, record, measure, objection):
    second = office.enter("objection", record_id=record, received_on="2026-05-12")
    office.step(objection, "withdraw")
    assert office.state_of(measure) == "suspended"
    office.step(second, "withdraw")
    assert office.state_of(measure) == "in_force"


def test_a_measure_imposed_while_an_objection_is_open_rests_at_once(office, record, objection):
    later = office.step(office.enter("measure", record_id=record), "impose")
    kept = office.record(later)
    assert (kept.state, kept.objection_id, kept.suspended_on) == (
        "suspended", objection, date(2026, 5, 12),
    )  # fmt: skip
    office.step(objection, "withdraw")
    assert office.state_of(later) == "in_force"


def test_nobody_lets_a_measure_go_on_while_the_objection_is_open(office, measure, objection):
    with pytest.raises(StepRefused, match="异议在核实"):
        office.step(measure, "resume")


@pytest.mark.parametrize(
    ("acts", "sentence"),
    [
        ((), "尚未复核生效"), (("submit",), "尚未复核生效"),
        (("submit", "approve", "revoke"), "已经撤销"),
    ],
)  # fmt: skip
def test_an_objection_needs_a_record_that_stands(office, acts, sentence):
    rec = office.walk(office.integrity_record(), *acts)
    with pytest.raises(InvalidInput, match=sentence) as refusal:
        office.enter("objection", record_id=rec)
    assert refusal.value.field == "record_id"


def test_an_objection_to_a_corrected_record_goes_to_the_corrected_one(office, record):
    corrected = office.effective_record(severity="minor")
    office.step(record, "correct", replaced_by_id=corrected)
    with pytest.raises(InvalidInput, match="更正后的记录"):
        office.enter("objection", record_id=record)
    assert office.enter("objection", record_id=corrected)


@pytest.mark.parametrize(
    ("acts", "sentence"),
    [((), "尚未复核生效"), (("submit", "approve", "revoke"), "已撤销")],
)
def test_a_measure_is_imposed_only_on_a_record_in_force(office, acts, sentence):
    rec = office.walk(office.integrity_record(), *acts)
    draft = office.enter("measure", record_id=rec)
    with pytest.raises(StepRefused, match=sentence):
        office.step(draft, "impose")
    assert office.state_of(office.step(draft, "waive")) == "waived"


def test_an_expired_record_that_was_wrong_is_revoked_by_the_finding(office, record, measure):
    office.now.set_day(date(2027, 5, 13))
    office.morning()
    assert (office.state_of(record), office.state_of(measure)) == ("expired", "lifted")
    objection = office.step(office.enter("objection", record_id=record), "verify")
    office.step(objection, "decide", **REVOKE)
    assert (office.state_of(record), office.state_of(measure)) == ("revoked", "undone")


def test_a_measure_that_ran_its_term_is_undone_when_its_record_proves_wrong(office, record):
    short = office.step(office.enter("measure", record_id=record, until_on="2026-06-01"), "impose")
    office.now.set_day(date(2026, 6, 2))
    office.morning()
    assert office.state_of(short) == "ended"
    office.step(record, "revoke")
    kept = office.record(short)
    assert kept.state == "undone"
    assert "恢复名誉" in kept.ending_reason


def test_a_wrong_measure_offers_the_notice_that_restores_the_name(office, record, measure):
    office.step(record, "revoke")
    (offer,) = office.view(measure).suggested
    assert (offer.type, offer.values["kind"]) == ("notice", "restoration")
    name = office.record(office.record(record).subject_id).name
    assert name in offer.values["title"]
    assert "恢复" in offer.values["body"]
    notice = office.enter("notice", **{**offer.values, **HUNG})
    assert office.view(measure).suggested == ()
    assert office.record(measure).restoration_id == ""
    office.walk(notice, "submit", "approve", "post")
    assert office.record(measure).restoration_id == notice


def test_a_record_revoked_after_it_hung_offers_the_notice_that_says_so(office, record):
    hung = office.enter("notice", kind="untrustworthy", item_ids=[record], **HUNG)
    office.walk(hung, "submit", "approve", "post")
    office.step(record, "revoke")
    (offer,) = office.view(record).suggested
    assert (offer.type, offer.values["kind"]) == ("notice", "revocation")
    assert office.record(hung).number in offer.values["body"]
    assert offer.values["about_id"] == hung


def test_a_record_corrected_after_it_hung_offers_the_correction(office, record):
    hung = office.enter("notice", kind="untrustworthy", item_ids=[record], **HUNG)
    office.walk(hung, "submit", "approve", "post")
    corrected = office.effective_record(subject="拖欠示例材料款")
    office.step(record, "correct", replaced_by_id=corrected)
    (offer,) = office.view(record).suggested
    assert offer.values["kind"] == "correction"
    assert "拖欠示例材料款" in offer.values["body"]


def test_a_record_that_never_hung_offers_no_notice(office, record):
    office.step(record, "revoke")
    assert office.view(record).suggested == ()


def test_a_revoked_record_undoes_its_measures_and_restores_the_name(
    office, record, measure, objection
):
    office.step(office.step(objection, "verify"), "decide", **REVOKE)
    assert office.state_of(record) == "revoked"
    assert office.state_of(measure) == "undone"
    assert "恢复名誉" in office.record(measure).ending_reason


def test_a_correction_lifts_measures_once_the_corrected_record_stands(
    office, record, measure, objection
):
    office.step(office.step(objection, "verify"), "decide", **CORRECT)
    assert office.state_of(measure) == "suspended"
    corrected = office.effective_record(severity="minor")
    office.step(record, "correct", replaced_by_id=corrected)
    assert office.state_of(measure) == "lifted"


def test_whoever_entered_the_record_cannot_revoke_it_by_deciding(office):
    record = office.enter("integrity_record", by="reviewer")
    other = office.open_account("second", type_named("account").field("role").choices.REVIEWER)
    office.step(record, "submit")
    office.step(record, "approve", by="second")
    objection = office.step(office.enter("objection", record_id=record), "verify")
    with pytest.raises(StepRefused, match="登记人以外"):
        office.step(objection, "decide", by="reviewer", **REVOKE)
    assert office.state_of(objection) == "verifying"
    assert other
