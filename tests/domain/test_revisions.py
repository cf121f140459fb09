import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrity_desk.domain.merging import merged, predecessors, survivors
from integrity_desk.domain.revisions import (
    FIRST_HASH,
    VOID,
    Clock,
    NotARevision,
    Revision,
    chain_hash,
    decode,
    decode_trusted,
    encode,
)

REC = "0" * 31 + "1"
NOW_MS = 1_800_000_000_000
TWO_DAYS_MS = 48 * 3600 * 1000


def revision(replica="a", n=1, *, hlc_ms=NOW_MS, pred=None, **written):
    return Revision(
        by="c" * 32,
        cmd="EditPerson",
        hlc=Clock(hlc_ms + n).stamp,
        n=n,
        pred=pred or {},
        rec=REC,
        replica=replica * 16,
        set=written or {"name": "示例人员"},
        type="person@3",
    )


class Desk:
    """One desk's copy of one record, written to with a clock of its own."""

    def __init__(self, replica, skew_ms=0):
        self.replica, self.skew_ms, self.n, self.log = replica, skew_ms, 0, {}
        self.clock = Clock()

    def write(self, tick, **written):
        self.clock = self.clock.tick(NOW_MS + tick + self.skew_ms)
        self.n += 1
        made = replace(
            revision(self.replica, self.n, **written),
            hlc=self.clock.stamp,
            pred=predecessors(self.log.values(), written),
        )
        self.log[made.dot] = made
        return made

    def receive(self, other, tick):
        for dot, each in other.log.items():
            self.log.setdefault(dot, each)
            self.clock = self.clock.seen(each.hlc, NOW_MS + tick)


acts = st.lists(
    st.tuples(
        st.sampled_from(["write", "void", "receive"]),
        st.integers(0, 4),
        st.integers(0, 4),
        st.sampled_from(["name", "phone", "note"]),
        st.integers(0, 5),
    ),
    max_size=20,
)


def play(history, skews):
    desks = [Desk("abcde"[index], skew) for index, skew in enumerate(skews)]
    written = []
    for tick, (act, one, other, field, value) in enumerate(history):
        desk = desks[one % len(desks)]
        if act == "receive":
            desk.receive(desks[other % len(desks)], tick)
        else:
            what = {VOID: value > 1} if act == "void" else {field: f"值{value}"}
            written.append(desk.write(tick, **what))
    return written


clocks_of_desks = st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=5)


@settings(max_examples=40, deadline=None)
@given(history=acts, skews=clocks_of_desks, order=st.randoms(use_true_random=False))
def test_the_outcome_does_not_depend_on_order_or_duplicates(history, skews, order):
    written = play(history, skews)
    shuffled = written + order.sample(written, len(written) // 2)
    order.shuffle(shuffled)
    assert merged(shuffled) == merged(written)
    assert predecessors(shuffled, ["name", VOID]) == predecessors(written, ["name", VOID])


@settings(max_examples=40, deadline=None)
@given(history=acts, skews=clocks_of_desks)
def test_nothing_is_lost_unless_a_later_write_saw_it(history, skews):
    written = play(history, skews)
    left = survivors(written)
    named = {(field, dot) for each in written for field, dots in each.pred.items() for dot in dots}
    for each in written:
        for field, value in each.set.items():
            alive = [write for write in left[field] if write.dot == each.dot]
            assert bool(alive) != ((field, each.dot) in named)
            assert not alive or alive[0].value == value
    assert all(writes for writes in left.values())


@settings(max_examples=40, deadline=None)
@given(history=acts, skews=clocks_of_desks)
def test_settling_a_conflict_leaves_one_value_everywhere(history, skews):
    judge = Desk("f")
    for each in play(history, skews):
        judge.log[each.dot] = each
    judge.write(10**6, name="定", phone="定", note="定", **{VOID: False})
    outcome = merged(judge.log.values())
    assert (set(outcome.values.values()), outcome.conflicts, outcome.void) == ({"定"}, {}, False)


@settings(max_examples=40, deadline=None)
@given(history=acts, skews=clocks_of_desks)
def test_every_line_reads_back_as_it_was_written(history, skews):
    for each in play(history, skews):
        assert decode(encode(each)) == each == decode_trusted(encode(each))


def test_two_desks_writing_different_values_is_a_conflict_with_the_later_one_shown():
    one, two = revision("a", name="甲"), revision("b", hlc_ms=NOW_MS + 5, name="乙")
    outcome = merged([two, one])
    assert outcome.values == {"name": "乙"}
    assert [write.value for write in outcome.conflicts["name"]] == ["甲", "乙"]


def test_two_desks_writing_the_same_value_is_no_conflict():
    outcome = merged([revision("a", name="甲"), revision("b", name="甲")])
    assert (outcome.values, outcome.conflicts) == ({"name": "甲"}, {})


def test_true_and_one_are_different_values():
    assert merged([revision("a", kept=True), revision("b", kept=1)]).conflicts


def test_a_void_record_stays_void_for_those_who_saw_the_same():
    desk = Desk("a")
    desk.write(1, name="甲")
    desk.write(2, **{VOID: True, "note": "误登"})
    outcome = merged(desk.log.values())
    assert (outcome.void, outcome.conflicts) == (True, {})


def test_a_write_beside_the_void_keeps_the_record_visible_and_flagged():
    first, other = Desk("a"), Desk("b")
    first.write(1, name="甲")
    other.receive(first, 2)
    first.write(3, **{VOID: True})
    other.write(4, name="乙")
    first.receive(other, 5)
    outcome = merged(first.log.values())
    assert not outcome.void
    assert {write.field for write in outcome.conflicts[VOID]} == {VOID, "name"}


def test_a_new_record_replaces_nothing():
    assert predecessors([], ["name"]) == {}


def test_the_chain_of_hashes_notices_any_changed_line():
    lines = [encode(revision(n=n)) for n in (1, 2)]
    head = chain_hash(chain_hash(FIRST_HASH, lines[0]), lines[1])
    assert len(head) == 32
    assert head != chain_hash(chain_hash(FIRST_HASH, lines[1]), lines[0])


def spoiled(**changes):
    return json.dumps(
        {**json.loads(encode(revision())), **changes},
        sort_keys=True, separators=(",", ":"), ensure_ascii=False,
    ).encode("utf-8", "surrogatepass")  # fmt: skip


DOT = "b" * 16 + "-1"


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"{",
        b"\xff" + encode(revision()),
        encode(revision()) + b"\n",
        b" " + encode(revision()),
        encode(revision()).replace(b":1,", b":1.0,"),
        encode(revision()).replace(b'"by"', b'"b\\u0079"'),
        encode(revision()).replace(b'{"by"', b'{"by":"x","by"'),
        b"[" * 200_000,
        b'{"by":"' + b"x" * 300_000,
        spoiled(n=0),
        spoiled(n=True),
        spoiled(n=2**53),
        spoiled(by=7),
        spoiled(hlc=7),
        spoiled(hlc="7"),
        spoiled(rec="../../etc/passwd"),
        spoiled(replica="A" * 16),
        spoiled(type="person"),
        spoiled(type="Person@1"),
        spoiled(cmd=""),
        spoiled(extra=1),
        spoiled(set={}),
        spoiled(set={"name": 1.5}),
        spoiled(set={"name": float("nan")}),
        spoiled(set={"name": "\ud800"}),
        spoiled(set={"name": [1]}),
        spoiled(set={"name": {}}),
        spoiled(set={"name": 2**53}),
        spoiled(set={"Name": "x"}),
        spoiled(pred=[]),
        spoiled(pred={"phone": [DOT]}),
        spoiled(pred={"name": []}),
        spoiled(pred={"name": "x"}),
        spoiled(pred={"name": ["x"]}),
        spoiled(pred={"name": [DOT, DOT]}),
        spoiled(pred={"name": ["a" * 16 + "-1"]}),
    ],
)
def test_a_line_that_is_not_canonical_is_refused(line):
    with pytest.raises(NotARevision):
        decode(line)


def test_the_clock_never_goes_back():
    clock = Clock().tick(NOW_MS)
    later = clock.tick(NOW_MS - 10_000)
    assert later.stamp > clock.stamp
    full = Clock(NOW_MS, 0xFFFF)
    assert full.tick(NOW_MS).stamp > full.stamp
    assert Clock.at(later.stamp) == later


def test_a_stamp_from_the_far_future_is_not_adopted():
    clock = Clock().tick(NOW_MS)
    near, far = Clock(NOW_MS + TWO_DAYS_MS), Clock(NOW_MS + TWO_DAYS_MS + 1)
    assert clock.seen(near.stamp, NOW_MS) == near
    assert clock.seen(far.stamp, NOW_MS) == clock
