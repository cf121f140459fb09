"""Streams: what to do with a volume that arrives, as one pure table.

A stream is the numbered output of one incarnation of one desk; bundles 1, 2, 3 … without holes,
each volume naming the ``content`` of the volume before it.

    known, same content        DUPLICATE  nothing
    known, other content       FORK       quarantine, alarm, never apply
    further on than expected   HELD       wait; what is missing is told
    expected, chain differs    CHAIN      quarantine
    expected, chain fits       APPLY      once all volumes of the bundle are there
    a snapshot, further on     APPLY      it holds all that came before it; the gap is closed
    of a gap so closed         OVERTAKEN  nothing: what it says came with the snapshot
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from integrity_desk.sync.envelope import FIRST_PREV, Envelope, bundle_name, volume_name


class Act(Enum):
    """What to do with a volume."""

    APPLY = "apply"
    HELD = "held"
    DUPLICATE = "duplicate"
    FORK = "fork"
    CHAIN = "chain"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, kw_only=True)
class Volume:
    """The place of one volume in its stream."""

    seq: int
    part: int
    parts: int
    prev: str
    content: str
    snapshot: bool = field(default=False, compare=False)
    """Whether its bundle holds everything the stream has said so far."""

    @classmethod
    def of(cls, envelope: Envelope) -> Volume:
        """Return the place an envelope claims."""
        return cls(
            seq=envelope.seq, part=envelope.part, parts=envelope.parts,
            prev=envelope.prev, content=envelope.content, snapshot=envelope.kind == "snapshot",
        )  # fmt: skip

    def file_name(self, stream: str) -> str:
        """The name of its file, as the envelope has it too."""
        return volume_name(bundle_name(stream, self.seq), self.part)

    @property
    def place(self) -> tuple[int, int]:
        """(seq, part)."""
        return self.seq, self.part


@dataclass(frozen=True, kw_only=True)
class Stream:
    """What is known of one stream: how far it is applied, and every volume applied or held."""

    through_seq: int = 0
    content_through: str = FIRST_PREV
    volumes: Mapping[tuple[int, int], Volume] = field(default_factory=dict)

    @property
    def expected(self) -> int:
        """The number of the bundle to apply next."""
        return self.through_seq + 1

    def judge(self, volume: Volume) -> Act:
        """Return what to do with a volume; APPLY means ``following`` is now complete with it."""
        known = self.volumes.get(volume.place)
        if known is not None:
            return Act.DUPLICATE if known == volume else Act.FORK
        if self._disagrees(volume):
            return Act.FORK
        if volume.seq <= self.through_seq:
            applied = any(seq == volume.seq for seq, _part in self.volumes)
            return Act.FORK if applied else Act.OVERTAKEN
        if volume.seq > self.expected:
            return self._judge_ahead(volume)
        after = self.holding(volume)
        if not after.fits:
            return Act.CHAIN
        return Act.APPLY if after.is_complete else Act.HELD

    def _judge_ahead(self, volume: Volume) -> Act:
        """A whole snapshot closes the gap before it; anything else waits."""
        if not volume.snapshot:
            return Act.HELD
        jumped = self.holding(volume).before_snapshot(volume.seq)
        if not jumped.fits:
            return Act.CHAIN
        return Act.APPLY if jumped.is_complete else Act.HELD

    def before_snapshot(self, seq: int) -> Stream:
        """Return the stream as it stands just before the snapshot ``seq`` is applied."""
        first = self.volumes.get((seq, 0))
        before = first.prev if first else FIRST_PREV
        return replace(self, through_seq=seq - 1, content_through=before)

    def towards(self, jump_to: int) -> Stream:
        """Return the stream as a snapshot numbered ``jump_to`` finds it; 0 for no snapshot."""
        return self.before_snapshot(jump_to) if jump_to > self.expected else self

    def overtaken_by(self, jump_to: int) -> tuple[Volume, ...]:
        """Return the volumes held that a snapshot numbered ``jump_to`` makes needless."""
        held = (each for (seq, _part), each in self.volumes.items() if seq > self.through_seq)
        return tuple(each for each in held if each.seq < jump_to)

    def holding(self, volume: Volume) -> Stream:
        """Return the stream with this volume held."""
        return replace(self, volumes={**self.volumes, volume.place: volume})

    @property
    def following(self) -> tuple[Volume, ...]:
        """The volumes held of the bundle to apply next, by part."""
        held = (each for each in self.volumes.values() if each.seq == self.expected)
        return tuple(sorted(held, key=lambda each: each.part))

    @property
    def is_complete(self) -> bool:
        """Whether all volumes of the bundle to apply next are there."""
        following = self.following
        return bool(following) and len(following) == following[0].parts

    @property
    def fits(self) -> bool:
        """Whether the volumes held of the next bundle hang together and on the last one applied."""
        before = {-1: self.content_through}
        before.update((each.part, each.content) for each in self.following)
        return all(before.get(each.part - 1, each.prev) == each.prev for each in self.following)

    def applied(self) -> Stream:
        """Return the stream after its next bundle was applied."""
        return replace(self, through_seq=self.expected, content_through=self.following[-1].content)

    @property
    def held(self) -> tuple[int, ...]:
        """The numbers of bundles that wait."""
        return tuple(sorted({seq for seq, _part in self.volumes if seq > self.through_seq}))

    @property
    def missing(self) -> tuple[str, ...]:
        """What must still come before all that is held can be applied: "3", "5-p01" …"""
        if not self.held:
            return ()
        gaps: list[str] = []
        for seq in range(self.expected, self.held[-1] + 1):
            parts = [each for (number, _part), each in self.volumes.items() if number == seq]
            if not parts:
                gaps.append(str(seq))
                continue
            there = {each.part for each in parts}
            gaps += [f"{seq}-p{part:02d}" for part in range(parts[0].parts) if part not in there]
        return tuple(gaps[:_MOST_GAPS])

    def _disagrees(self, volume: Volume) -> bool:
        siblings = (each for (seq, _part), each in self.volumes.items() if seq == volume.seq)
        return any(each.parts != volume.parts for each in siblings)


_MOST_GAPS = 1000
