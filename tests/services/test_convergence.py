"""Three desks, one stick, any order: their stores end alike, and nothing anybody wrote is lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrity_desk.errors import StepRefused
from integrity_desk.services.settling import ListUnsettled, Settle, ShowUnsettled
from tests.exchanging import shown, travelled
from tests.services.conftest import Township

DESKS = ("01", "02", "03")

acts = st.lists(
    st.tuples(
        st.sampled_from(DESKS),
        st.sampled_from(("amend", "amend", "settle", "send", "take", "take some")),
        st.sampled_from(("name", "address", "principal")),
        st.integers(0, 5),
    ),
    min_size=6,
    max_size=20,
)


def play(township, unit, history):
    """Let the desks act as they like, each knowing only what it has taken in."""
    for place, (desk, act, field, number) in enumerate(history):
        office = township[desk]
        office.now.advance(minutes=number)
        if act == "amend":
            office.amend(unit, **{field: f"示例{desk}{number}"})
        elif act == "settle":
            settle(office, number)
        elif act == "send":
            township.send(desk)
        else:
            take(township, desk, place, some=act == "take some", number=number)


def settle(office, number):
    clerk = office.as_("clerk")
    for line in clerk.ask(ListUnsettled()):
        for field in clerk.ask(ShowUnsettled(id=line.id)).fields:
            code = field.versions[number % len(field.versions)].code
            clerk.perform(Settle(id=line.id, chosen={field.name: code}))


def take(township, desk, place, *, some, number):
    """Take in the stick, or one file of it by itself: early, late, again."""
    files = sorted(
        each for each in township.stick.glob("999901001-*.tsb") if f"-{desk}-" not in each.name
    )
    if not some or not files:
        path = township.stick
    else:
        path = township.county.root / f"some-{place}"
        path.mkdir()
        shutil.copy(files[number % len(files)], path)
    try:
        township.take(desk, path)
    except StepRefused:
        assert not files


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=acts)
def test_three_desks_end_alike_whatever_they_did_and_in_whatever_order(make_county, history):
    with TemporaryDirectory(prefix="converge-") as folder:
        township = Township(make_county(Path(folder)), *DESKS)
        try:
            unit = township["01"].unit(name="示例站")
            township.exchange()
            play(township, unit, history)
            township.exchange()
            first, *others = (township[desk] for desk in DESKS)
            for other in others:
                assert travelled(first) == travelled(other)
                assert shown(first) == shown(other)
                assert listed(first) == listed(other)
            settle(first, 0)
            township.exchange()
            for office in township.offices.values():
                assert listed(office) == ()
                assert shown(office) == shown(first)
        finally:
            township.close()


def listed(office):
    """What is to be settled, and between which versions."""
    clerk = office.as_("clerk")
    return tuple(
        (line.id, field.name, tuple((each.code, each.words, each.desk) for each in field.versions))
        for line in clerk.ask(ListUnsettled())
        for field in clerk.ask(ShowUnsettled(id=line.id)).fields
    )


@pytest.fixture
def make_county(county):
    """Return ``make_county(root)``: a county of its own for every example."""
    return type(county).made
