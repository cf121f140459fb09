"""The chain around a record is the same wherever one stands in it."""

from __future__ import annotations

import pytest

from integrity_desk.services.chains import ORDER


@pytest.fixture
def chain(office):
    """Return one record of every register of the chain, each leading to the next."""
    promise = office.registered_commitment()
    complaint = office.complaint(about_commitment_id=promise)
    order = office.enter("rectification_order", source_id=complaint)
    record = office.effective_record(source_kind="complaint", source_id=complaint)
    measure = office.enter("measure", record_id=record)
    objection = office.enter("objection", record_id=record)
    office.now.advance(days=100)
    repair = office.enter("repair", record_id=record, applied_on="2026-08-14")
    return dict(
        zip(ORDER, (promise, complaint, order, record, measure, objection, repair), strict=True)
    )


@pytest.mark.parametrize("start", ORDER)
def test_the_whole_chain_is_shown_from_every_place_in_it(office, chain, start):
    cards = office.view(chain[start]).chain
    assert [card.id for card in cards] == list(chain.values())
    assert [card.type for card in cards if card.here] == [start]


def test_a_measure_not_yet_decided_is_called_by_its_kind(office, chain):
    (card,) = [each for each in office.view(chain["repair"]).chain if each.type == "measure"]
    assert (card.number, card.title) == ("", "限期整改并书面说明")
    office.step(chain["measure"], "impose")
    (card,) = [each for each in office.view(chain["repair"]).chain if each.type == "measure"]
    assert card.title == card.number == "措2026-01-0001"


def test_a_chain_too_long_to_show_says_so(office):
    record = office.effective_record()
    for _number in range(11):
        office.enter("measure", record_id=record)
    assert len(office.view(record).chain) == 12
    assert not office.view(record).chain_goes_on
    office.enter("measure", record_id=record)
    assert len(office.view(record).chain) == 12
    assert office.view(record).chain_goes_on


def test_a_record_that_stands_alone_has_no_chain(office):
    assert office.view(office.complaint()).chain == ()
    assert office.view(office.unit()).chain == ()


def test_what_another_promise_led_to_is_another_chain(office, chain):
    other = office.complaint(about_commitment_id=office.registered_commitment())
    shown = {card.id for card in office.view(other).chain}
    assert not shown & set(chain.values())
