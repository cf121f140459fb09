"""The measure board: every measure by how it stands, whose it is, and who carries it out.

How a measure stands is read from its state and its days; one that runs and of which the executing
unit has not said that it was carried out stands in a lane of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from integrity_desk.domain.fields import Id
from integrity_desk.domain.integrity_files import IntegrityRecord
from integrity_desk.domain.measures import Measure, MeasureKind
from integrity_desk.domain.records import type_of
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.counting import read_all
from integrity_desk.services.narrowing import Choice, choices
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.records import Selection
from integrity_desk.wording import N_, _

ENDS_SOON = timedelta(days=30)
"""A measure that ends within this time is shown apart, so that its organ hears of it in time."""

_AT_ONCE = 500
_MOST_SHOWN = 500
"""Lines of one lane that are handed out; all of them are counted."""


class Lane(StrEnum):
    """How a measure stands; every one stands in exactly one lane."""

    PROPOSED = "proposed"
    AWAITED = "awaited"
    RUNNING = "running"
    ENDING = "ending"
    SUSPENDED = "suspended"
    ENDED = "ended"
    LIFTED = "lifted"
    UNDONE = "undone"
    WAIVED = "waived"


OVER = frozenset({Lane.ENDED, Lane.LIFTED, Lane.UNDONE, Lane.WAIVED})
"""Lanes of what has no effect any more."""

LABELS: Mapping[Lane, str] = {
    Lane.PROPOSED: N_("待决定"),
    Lane.AWAITED: N_("待落实"),
    Lane.RUNNING: N_("执行中"),
    Lane.ENDING: N_("即将期满"),
    Lane.SUSPENDED: N_("已暂停"),
    Lane.ENDED: N_("已期满"),
    Lane.LIFTED: N_("已解除"),
    Lane.UNDONE: N_("已撤销"),
    Lane.WAIVED: N_("免予实施"),
}

_OF_STATE = {
    "draft": Lane.PROPOSED, "suspended": Lane.SUSPENDED, "ended": Lane.ENDED,
    "lifted": Lane.LIFTED, "undone": Lane.UNDONE, "waived": Lane.WAIVED,
}  # fmt: skip
_STATES = {lane: state for state, lane in _OF_STATE.items()}


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """What the board is narrowed to; "" for everything. ``whose`` is part of a subject's name."""

    executor: Id = ""
    kind: str = ""
    whose: str = ""

    def holds(self, item: MeasureItem) -> bool:
        """Whether a measure is among what is asked for."""
        return (
            self.executor in ("", item.executor)
            and self.kind in ("", item.kind)
            and self.whose.strip().casefold() in item.whose.casefold()
        )


@dataclass(frozen=True, kw_only=True)
class ShowMeasures(Question["MeasureBoard"]):
    """Every measure, in lanes."""

    narrowed: Narrowed = Narrowed()


@dataclass(frozen=True, kw_only=True)
class MeasureItem:
    """One measure: whose, on what record it rests, who decided and who carries it out."""

    id: Id
    number: str
    lane: Lane
    kind: str
    kind_label: str
    whose: str
    record_id: Id
    record: str
    objection_id: Id
    decider: str
    executor: Id
    executor_name: str
    from_on: date | None
    until_on: date | None
    note: str
    """How it stands, in a word or two, with the day or the objection it depends on."""
    tone: str


@dataclass(frozen=True, kw_only=True)
class LaneView:
    """One lane: how many stand in it, and the first of them."""

    lane: Lane
    count: int
    items: tuple[MeasureItem, ...]


@dataclass(frozen=True, kw_only=True)
class MeasureBoard:
    """All lanes, and what the whole board could be narrowed to."""

    lanes: tuple[LaneView, ...]
    executors: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    total: int
    """How many measures there are without narrowing."""


@answers(ShowMeasures)
def show_measures(question: ShowMeasures, reader: Reader) -> MeasureBoard:
    """Read them all; a township has some thousands at most."""
    every = tuple(every_measure(reader))
    lanes: dict[Lane, list[MeasureItem]] = {lane: [] for lane in Lane}
    for item in filter(question.narrowed.holds, every):
        lanes[item.lane].append(item)
    return MeasureBoard(
        lanes=tuple(
            LaneView(lane=lane, count=len(items), items=tuple(in_order(lane, items)[:_MOST_SHOWN]))
            for lane, items in lanes.items()
        ),
        executors=choices((each.executor, each.executor_name) for each in every),
        kinds=choices((each.kind, each.kind_label) for each in every),
        total=len(every),
    )


def every_measure(reader: Reader) -> Iterator[MeasureItem]:
    """Yield every measure as the board shows it."""
    chosen = Selection(type=type_of(Measure).name, descending=False)
    page: list[Measure] = []
    for record in read_all(chosen, reader):
        assert isinstance(record, Measure)
        page.append(record)
        if len(page) == _AT_ONCE:
            yield from _items(page, reader)
            page = []
    yield from _items(page, reader)


def in_order(lane: Lane, items: Iterable[MeasureItem]) -> list[MeasureItem]:
    """Return what ends soonest first; of what is over, the newest first."""
    found = sorted(items, key=lambda each: (each.until_on or date.max, each.number))
    return sorted(found, key=lambda each: each.number, reverse=True) if lane in OVER else found


def _items(found: Iterable[Measure], reader: Reader) -> Iterator[MeasureItem]:
    measures = tuple(found)
    resting_on = _records(dict.fromkeys(each.record_id for each in measures), reader)
    names = records.titles(
        reader.database,
        (
            *(each.subject_id for each in resting_on.values()),
            *(each.decided_by_id for each in measures),
            *(each.executed_by_id for each in measures),
            *(each.objection_id for each in measures if each.objection_id),
        ),
    )
    for each in measures:
        yield _item(each, resting_on.get(each.record_id), names, reader.today)


def _records(ids: Iterable[Id], reader: Reader) -> dict[Id, IntegrityRecord]:
    chosen = Selection(type=type_of(IntegrityRecord).name, equals={"id": tuple(ids)})
    only = frozenset({"subject_id", "subject"})
    found = read_all(chosen, reader, only=only)
    return {each.id: each for each in found if isinstance(each, IntegrityRecord)}


def _item(
    measure: Measure, record: IntegrityRecord | None, names: Mapping[Id, str], today: date
) -> MeasureItem:
    lane = lane_of(measure, today)
    note, tone = _note(measure, lane, names, today)
    kind = measure.kind or MeasureKind.RECTIFY
    return MeasureItem(
        id=measure.id, number=measure.number, lane=lane,
        kind=kind.value, kind_label=kind.label,
        whose=names.get(record.subject_id, "") if record else "",
        record_id=measure.record_id, record=record.subject if record else "",
        objection_id=measure.objection_id if lane is Lane.SUSPENDED else "",
        decider=names.get(measure.decided_by_id, ""),
        executor=measure.executed_by_id, executor_name=names.get(measure.executed_by_id, ""),
        from_on=measure.from_on, until_on=measure.until_on, note=note, tone=tone,
    )  # fmt: skip


def lane_of(measure: Measure, today: date) -> Lane:
    """Return how a measure stands; what began and was not reported as carried out comes first."""
    if measure.state in _OF_STATE:
        return _OF_STATE[measure.state]
    if measure.until_on is not None and measure.until_on < today:
        return Lane.ENDING
    begun = measure.from_on is None or measure.from_on <= today
    if begun and measure.carried_out_on is None:
        return Lane.AWAITED
    ending = measure.until_on is not None and measure.until_on <= today + ENDS_SOON
    return Lane.ENDING if ending else Lane.RUNNING


def states_of(lanes: Iterable[Lane]) -> tuple[str, ...]:
    """Return the states of the measures that stand in these lanes."""
    return tuple(dict.fromkeys(_STATES.get(each, "in_force") for each in lanes))


def _note(measure: Measure, lane: Lane, names: Mapping[Id, str], today: date) -> tuple[str, str]:
    """Return in a word or two how it stands, and the tone of it."""
    if lane is Lane.AWAITED:
        days = (today - measure.from_on).days if measure.from_on else 0
        waited = _("{days}天未报落实").format(days=days)
        return (waited if days else _("今天起执行")), "amber"
    if lane is Lane.ENDING and measure.until_on is not None:
        left = (measure.until_on - today).days
        return (_("还有{days}天").format(days=left) if left >= 0 else _("已届满，待办结")), "amber"
    if lane is Lane.SUSPENDED:
        told = {"who": names.get(measure.objection_id, ""), "day": measure.suspended_on or ""}
        return _("{day}起，{who}提出异议").format(**told), "amber"
    if lane is Lane.RUNNING:
        return _running(measure, today), "blue"
    if lane in (Lane.ENDED, Lane.LIFTED, Lane.UNDONE):
        ended = measure.ended_on or measure.until_on
        return (str(ended) if ended else ""), "grey"
    return "", "grey"


def _running(measure: Measure, today: date) -> str:
    if measure.carried_out_on is not None:
        return _("{day}已落实").format(day=measure.carried_out_on)
    return _("{day}开始").format(day=measure.from_on)
