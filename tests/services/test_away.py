"""A desk that lay switched off for a year catches up, and nothing of either side is lost."""

from __future__ import annotations

import pytest

from integrity_desk.services.checking import CheckStore
from integrity_desk.services.county_trust import ImportTrust
from integrity_desk.services.exchange import ImportReceipts
from integrity_desk.services.key_rotation import RotateKeys
from integrity_desk.services.repeating import RepeatEverything
from integrity_desk.services.settling import ListUnsettled
from tests.exchanging import shown, travelled, unit_names

MONTHS = 12


@pytest.fixture
def year(township):
    """Let a year pass at the first desk; the second wrote one thing before it was put away."""
    first, second = township["01"], township["02"]
    shared = first.unit(name="示例东站")
    township.exchange()
    second.amend(shared, short_name="搁置前改的简称")
    kept = second.enter("training", topic="搁置前的教育")
    for month in range(MONTHS):
        first.now.advance(days=30)
        first.amend(shared, short_name=f"第{month + 1}月的简称")
        first.unit(name=f"示例新单位{month}")
        if month == MONTHS // 2:
            first.as_("admin").perform(RotateKeys())
        township.send("01")
        township.county.receive(first)
        first.as_("clerk").perform(ImportReceipts(path=township.stick))
    second.now.advance(days=30 * MONTHS)
    second.as_("clerk").perform(ImportTrust(path=township.county.admit(second)))
    return shared, kept


def test_a_year_of_bundles_brings_it_up_to_date_and_its_own_words_to_the_others(township, year):
    shared, kept = year
    first, second = township["01"], township["02"]
    report = township.take("02")
    assert not report.troubles
    assert unit_names(first) <= unit_names(second)
    assert [each.id for each in second.as_("clerk").ask(ListUnsettled())] == [shared]
    township.exchange()
    township.exchange()
    assert travelled(first) == travelled(second)
    assert shown(first) == shown(second)
    assert first.record(kept).topic == "搁置前的教育"
    for office in (first, second):
        assert office.as_("viewer").ask(CheckStore()).sound


def test_where_the_old_sticks_are_gone_one_snapshot_is_enough(township, year):
    first, second = township["01"], township["02"]
    for path in township.stick.iterdir():
        path.unlink()
    first.as_("clerk").perform(RepeatEverything())
    bundle = township.send("01")
    for path in township.stick.iterdir():
        if path.name not in bundle.files:
            path.unlink()
    assert not township.take("02").troubles
    assert unit_names(first) <= unit_names(second)
