"""The measure board: every measure in one lane, by executor, kind and subject, and on paper."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.domain.access import Handout
from integrity_desk.errors import InvalidInput
from integrity_desk.services.ledgers import NoteLedger
from integrity_desk.services.measure_board import Lane, Narrowed, ShowMeasures
from integrity_desk.services.measure_ledger import DrawMeasures, noted_as
from tests.services.notices import text_of


@pytest.fixture
def board(office):
    """Return ``board(**narrowed)``: {lane: kinds}, of lanes with anything in them."""

    def shown(by="viewer", **narrowed):
        found = office.as_(by).ask(ShowMeasures(narrowed=Narrowed(**narrowed)))
        return {each.lane: [item.kind for item in each.items] for each in found.lanes if each.count}

    return shown


@pytest.fixture
def item(office):
    """Return ``item(measure)``: its line on the board."""

    def shown(measure):
        lanes = office.as_("viewer").ask(ShowMeasures()).lanes
        (found,) = [each for lane in lanes for each in lane.items if each.id == measure]
        return found

    return shown


@pytest.fixture
def record(office):
    return office.effective_record(
        subject_id=office.person(name="李示例"), subject="逾期未答复来信"
    )


def imposed(office, record, **values):
    told = {"from_on": "2026-05-12", "until_on": "2026-12-31", **values}
    return office.step(office.enter("measure", record_id=record, **told), "impose")


def carried_out(office, measure):
    return office.step(measure, "carry_out", carried_out="已书面告知本人。")


def test_an_empty_office_has_an_empty_board(office, board):
    assert board() == {}
    found = office.as_("viewer").ask(ShowMeasures())
    assert (found.total, found.executors, found.kinds) == (0, (), ())


def test_a_measure_waits_for_the_decision_and_then_for_its_organ(office, record, board, item):
    measure = office.enter("measure", record_id=record, kind="talk")
    assert board() == {Lane.PROPOSED: ["talk"]}
    office.step(measure, "impose", from_on="2026-05-12", until_on="2026-12-31")
    office.now.set_day(date(2026, 5, 20))
    assert board() == {Lane.AWAITED: ["talk"]}
    assert item(measure).note == "8天未报落实"
    carried_out(office, measure)
    assert board() == {Lane.RUNNING: ["talk"]}
    assert item(measure).note == "2026-05-20已落实"


def test_it_is_not_carried_out_before_it_begins_or_tomorrow(office, record):
    measure = imposed(office, record)
    with pytest.raises(InvalidInput, match="不能早于“起始日期”"):
        office.step(measure, "carry_out", carried_out_on="2026-05-11")
    with pytest.raises(InvalidInput, match="不能晚于今天"):
        office.step(measure, "carry_out", carried_out_on="2026-05-13")


def test_what_begins_later_awaits_nothing_yet(office, record, board):
    imposed(office, record, from_on="2026-06-01")
    assert list(board()) == [Lane.RUNNING]


def test_what_ends_within_thirty_days_stands_apart(office, record, board, item):
    measure = carried_out(office, imposed(office, record, until_on="2026-06-12"))
    assert list(board()) == [Lane.RUNNING]
    office.now.set_day(date(2026, 5, 13))
    assert list(board()) == [Lane.ENDING]
    assert item(measure).note == "还有30天"
    office.now.set_day(date(2026, 6, 13))
    assert item(measure).note == "已届满，待办结"
    office.morning()
    assert list(board()) == [Lane.ENDED]


def test_a_suspended_one_says_by_which_objection_and_since_when(office, record, board, item):
    measure = imposed(office, record)
    objection = office.enter(
        "objection", record_id=record, applicant="李示例", received_on="2026-05-12"
    )
    assert list(board()) == [Lane.SUSPENDED]
    assert item(measure).objection_id == objection
    assert item(measure).note == "2026-05-12起，李示例提出异议"


def test_what_is_over_stands_by_how_it_ended(office, record, board):
    lifted = imposed(office, record, kind="talk")
    office.step(lifted, "lift")
    waived = office.enter("measure", record_id=record, kind="circular")
    office.step(waived, "waive")
    imposed(office, record, kind="rectify")
    office.step(record, "revoke")
    assert board() == {Lane.UNDONE: ["talk", "rectify"][::-1], Lane.WAIVED: ["circular"]}


def test_whose_it_is_what_it_rests_on_and_who_carries_it_out(office, record, item):
    organ = office.unit(name="示例县人事局")
    measure = imposed(office, record, executed_by_id=organ, decided_by_id=office.hall)
    found = item(measure)
    assert (found.whose, found.record, found.record_id) == ("李示例", "逾期未答复来信", record)
    assert (found.decider, found.executor_name) == ("示例镇政务服务大厅", "示例县人事局")


def test_it_is_narrowed_by_organ_kind_and_name(office, record, board):
    organ = office.unit(name="示例县人事局")
    other = office.effective_record(subject_id=office.unit(name="示例供水公司"))
    imposed(office, record, kind="talk", executed_by_id=organ)
    imposed(office, other, kind="circular")
    assert board(executor=organ) == {Lane.AWAITED: ["talk"]}
    assert board(kind="circular") == {Lane.AWAITED: ["circular"]}
    assert board(whose="供水") == {Lane.AWAITED: ["circular"]}
    assert board(whose="李示例", kind="circular") == {}
    found = office.as_("viewer").ask(ShowMeasures(narrowed=Narrowed(executor=organ)))
    assert found.total == 2
    assert {each.name: each.count for each in found.kinds} == {"警示约谈": 1, "通报批评": 1}


def test_the_ledger_has_what_the_board_shows_and_is_noted(office, record):
    imposed(office, record, kind="talk")
    office.step(imposed(office, record, kind="circular"), "lift")
    lanes, narrowed = (Lane.AWAITED, Lane.LIFTED), Narrowed(kind="talk")
    question = DrawMeasures(lanes=lanes, narrowed=narrowed, bundled_fonts=True)
    ledger = office.as_("clerk").ask(question)
    text = text_of(ledger.pdf)
    assert ledger.rows == 1
    for told in ("奖惩措施台账", "李示例", "警示约谈", "逾期未答复来信", "待落实、已解除"):
        assert told in text
    assert "通报批评" not in text
    command = NoteLedger(filter=noted_as(lanes, narrowed), ledger=ledger)
    office.as_("clerk").perform(command)
    (noted,) = office.reading().find(Handout)
    assert (noted.register, noted.rows) == ("measure", 1)
    assert "警示约谈" in noted.narrowed
