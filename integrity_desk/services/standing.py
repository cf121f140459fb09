"""How a subject stands: what is in force against it, what has ended, what is under objection.

Only what a second person approved counts. What was revoked or corrected was wrong, what ended long
ago lies in the archive: neither is told of anybody. Nothing restricted and nothing of others is
ever looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from integrity_desk.domain import objections
from integrity_desk.domain.archiving import ended_on, is_archived
from integrity_desk.domain.fields import Id
from integrity_desk.domain.integrity_files import IntegrityRecord, Nature
from integrity_desk.domain.measures import Measure
from integrity_desk.domain.objections import Objection
from integrity_desk.domain.records import Record
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _

_MEASURES = frozenset({"in_force", "suspended"})


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A subject's integrity as it stood on a day."""

    subject: Record
    in_force: tuple[IntegrityRecord, ...]
    ended: tuple[IntegrityRecord, ...]
    trustworthy: tuple[IntegrityRecord, ...]
    disputed: frozenset[Id]
    """Those records among them against which an objection is open."""
    measures: tuple[Measure, ...]

    @property
    def name(self) -> str:
        """The subject's name."""
        return str(getattr(self.subject, "name", ""))

    @property
    def disputed_in_force(self) -> int:
        """How many of the records in force are under objection."""
        return sum(each.id in self.disputed for each in self.in_force)

    def told(self) -> str:
        """Return the standing in one sentence."""
        if not self.in_force and not self.ended:
            return _("未查询到失信记录。")
        sentence = _("有效失信记录{in_force}条（其中异议处理中{disputed}条），已终止{ended}条。")
        return sentence.format(
            in_force=len(self.in_force), disputed=self.disputed_in_force, ended=len(self.ended)
        )


def standing_of(subject: Record, reader: Reader) -> Standing:
    """Look a subject's file through."""
    found = reader.find(IntegrityRecord, subject_id=subject.id)
    against = [each for each in found if each.nature is Nature.UNTRUSTWORTHY]
    over = [each for each in against if ended_on(each, reader.today) is not None]
    in_force = [each for each in against if each.state == "effective" and each not in over]
    ended = [each for each in over if not is_archived(each, reader.rules, reader.today)]
    good = [
        each for each in found
        if each.nature is Nature.TRUSTWORTHY and each.state in ("effective", "expired")
    ]  # fmt: skip
    return Standing(
        subject=subject,
        in_force=tuple(in_force),
        ended=tuple(ended),
        trustworthy=tuple(good),
        disputed=_disputed((*in_force, *ended), reader),
        measures=_measures((*in_force, *good), reader),
    )


def open_objections(record_id: Id, reader: Reader) -> tuple[Objection, ...]:
    """Return the objections against a record that nobody has decided yet."""
    return tuple(
        each
        for each in reader.find(Objection, record_id=record_id)
        if each.state in objections.OPEN_STATES
    )


def _disputed(found: Iterable[IntegrityRecord], reader: Reader) -> frozenset[Id]:
    return frozenset(each.id for each in found if open_objections(each.id, reader))


def _measures(found: Iterable[IntegrityRecord], reader: Reader) -> tuple[Measure, ...]:
    return tuple(
        measure
        for each in found
        for measure in reader.find(Measure, record_id=each.id)
        if measure.state in _MEASURES
    )
