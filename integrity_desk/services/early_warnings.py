"""Early warning of commitments: due soon, in arrears, without progress for some days.

The days are those of ``resources/rules/warnings.toml``; a desk may choose its own for progress.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from integrity_desk.domain.commitments import OPEN_STATES
from integrity_desk.domain.warning_rules import commitment_warnings
from integrity_desk.services.acts import Question, answers
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.records import Parts, Selection
from integrity_desk.wording import N_

_DAY = timedelta(days=1)
SOON, ARREARS, IDLE = "due_soon", "arrears", "idle"


@dataclass(frozen=True, kw_only=True)
class CountWarnings(Question["dict[str, int]"]):
    """How many records of a type each of its warnings holds; empty for a type with none."""

    type: str


@dataclass(frozen=True, kw_only=True)
class EarlyWarning:
    """What is warned of, in a word, and which records it holds today."""

    label: str
    chosen: Callable[[Reader], Selection]


@answers(CountWarnings)
def count_warnings(question: CountWarnings, reader: Reader) -> dict[str, int]:
    """Ask the indexes."""
    return {
        code: records.count(reader.database, each.chosen(reader))
        for code, each in WARNINGS.get(question.type, {}).items()
    }


def warned_of(chosen: Selection, code: str, reader: Reader) -> Selection:
    """Narrow a selection to what a warning of its type holds; KeyError for an unknown one."""
    warned = WARNINGS[chosen.type][code].chosen(reader)
    return dataclasses.replace(
        chosen,
        equals={**chosen.equals, **warned.equals},
        ranges={**chosen.ranges, **warned.ranges},
        having=(*chosen.having, *warned.having),
        lacking=(*chosen.lacking, *warned.lacking),
    )


def _due_soon(reader: Reader) -> Selection:
    last = reader.today + commitment_warnings().soon_days * _DAY
    return _open(ranges={"due_on": (reader.today.isoformat(), last.isoformat())})


def _in_arrears(reader: Reader) -> Selection:
    late = {"due_on": (None, (reader.today - _DAY).isoformat())}
    part = Parts(type="instalment", ranges=late, less=(("paid_fen", "amount_fen"),))
    return _open("breached", having=(part,))


def _idle(reader: Reader) -> Selection:
    since = reader.today - reader.rules.idle_days * _DAY
    recent = {"reported_on": ((since + _DAY).isoformat(), None)}
    return _open(
        ranges={"made_on": (None, since.isoformat())},
        lacking=(Parts(type="progress_entry", ranges=recent),),
    )


def _open(
    *more: str,
    ranges: Mapping[str, tuple[str | None, str | None]] | None = None,
    having: tuple[Parts, ...] = (),
    lacking: tuple[Parts, ...] = (),
) -> Selection:
    states = tuple(sorted(OPEN_STATES | {*more}))
    return Selection(
        type="commitment", equals={"state": states}, ranges=ranges or {},
        having=having, lacking=lacking,
    )  # fmt: skip


WARNINGS: Mapping[str, Mapping[str, EarlyWarning]] = {
    "commitment": {
        SOON: EarlyWarning(label=N_("即将到期"), chosen=_due_soon),
        ARREARS: EarlyWarning(label=N_("有拖欠"), chosen=_in_arrears),
        IDLE: EarlyWarning(label=N_("久无进展"), chosen=_idle),
    }
}
"""By type and code; the register's list offers them as chips."""
