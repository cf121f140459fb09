import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity_desk.sync.streams import Act, Stream, Volume


def volume(seq, part=0, parts=1, *, prev=None, content=None):
    before = f"{seq}-{part - 1}" if part else f"{seq - 1}-0" if seq > 1 else ""
    return Volume(
        seq=seq, part=part, parts=parts, prev=before if prev is None else prev,
        content=content or f"{seq}-{part}",
    )  # fmt: skip


def after(*volumes):
    stream = Stream()
    for each in volumes:
        stream = arrive(stream, each)[1]
    return stream


def arrive(stream, each):
    act = stream.judge(each)
    if act in (Act.APPLY, Act.HELD):
        stream = stream.holding(each)
    while stream.is_complete and stream.fits:
        stream = stream.applied()
    return act, stream


@pytest.mark.parametrize(
    ("before", "arriving", "act"),
    [
        ([], volume(1), Act.APPLY),
        ([volume(1)], volume(1), Act.DUPLICATE),
        ([volume(1)], volume(1, content="other"), Act.FORK),
        ([volume(1)], volume(1, 1, 2), Act.FORK),
        ([volume(1)], volume(3), Act.HELD),
        ([volume(1), volume(3)], volume(3), Act.DUPLICATE),
        ([volume(1), volume(3)], volume(3, content="other"), Act.FORK),
        ([volume(1)], volume(2, prev="other"), Act.CHAIN),
        ([], volume(1, prev="other"), Act.CHAIN),
        ([volume(1)], volume(2), Act.APPLY),
        ([], volume(1, 0, 2), Act.HELD),
        ([volume(1, 0, 2)], volume(1, 1, 2), Act.APPLY),
        ([volume(1, 1, 2)], volume(1, 0, 2), Act.APPLY),
        ([volume(1, 1, 2)], volume(1, 0, 2, content="other"), Act.CHAIN),
        ([volume(1, 0, 2)], volume(1, 1, 2, prev="other"), Act.CHAIN),
        ([volume(1, 0, 2)], volume(1, 1, 3), Act.FORK),
    ],
)
def test_what_to_do_with_a_volume(before, arriving, act):
    assert after(*before).judge(arriving) is act


def test_what_is_missing_is_told_by_bundle_and_part():
    stream = after(volume(1), volume(3), volume(5, 1, 3))
    assert (stream.held, stream.missing) == ((3, 5), ("2", "4", "5-p00", "5-p02"))
    assert after(volume(1)).missing == ()


def test_a_held_bundle_that_does_not_fit_is_noticed_when_its_turn_comes():
    stream = after(volume(2, prev="other"), volume(1))
    assert (stream.through_seq, stream.is_complete, stream.fits) == (1, True, False)


@given(st.permutations([volume(1), volume(2, 0, 2), volume(2, 1, 2), volume(3), volume(4)]))
def test_any_order_of_arrival_ends_in_the_same_state(order):
    contents = {1: "1-0", 2: "2-1", 3: "3-0", 4: "4-0"}
    stream = Stream()
    for each in order:
        prev = contents.get(each.seq - 1, "") if each.part == 0 else each.prev
        fitting = Volume(
            seq=each.seq, part=each.part, parts=each.parts, prev=prev, content=each.content
        )
        for _again in range(2):
            stream = arrive(stream, fitting)[1]
    assert (stream.through_seq, stream.content_through, stream.held) == (4, "4-0", ())
