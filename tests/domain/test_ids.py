"""Record ids are UUIDs of version 7: unlike each other, and in the order of their making."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from integrity_desk.domain.ids import new_id
from integrity_desk.domain.times import epoch_ms, from_epoch_ms

AT = datetime(2026, 5, 12, 1, 0, tzinfo=UTC)


@given(raw=st.binary(min_size=10, max_size=10))
def test_an_id_is_a_uuid_of_version_7_whatever_the_random_bytes(raw):
    made = UUID(new_id(AT, lambda size: raw[:size]))
    assert (made.version, made.variant) == (7, RFC_4122)
    assert from_epoch_ms(made.int >> 80) == AT


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_later_ids_sort_later(first, gap):
    early, late = (AT + timedelta(milliseconds=each) for each in (first, first + gap))
    assert new_id(early, lambda size: b"\xff" * size) < new_id(late, lambda size: bytes(size))


def test_ids_of_one_moment_differ():
    assert len({new_id(AT) for _each in range(1000)}) == 1000


def test_an_id_is_thirty_two_hexadecimal_digits():
    made = new_id(AT)
    assert len(made) == 32
    assert int(made, 16) >> 80 == epoch_ms(AT)
