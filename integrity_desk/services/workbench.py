"""The workbench: what is due, what waits for me, what must come down, what is not yet sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from integrity_desk.domain.deadlines import DEADLINES, SOON, urgency
from integrity_desk.domain.delivery_rules import days_without_receipt
from integrity_desk.domain.fields import Id
from integrity_desk.domain.life_cycles import Step
from integrity_desk.domain.records import Record, record_types, type_named, type_of
from integrity_desk.domain.times import china_day
from integrity_desk.services import sending
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.deliveries import count_rejected
from integrity_desk.services.due_items import DueItem, parts_due
from integrity_desk.services.sealing import everything_asked
from integrity_desk.services.settling import ListUnsettled, list_unsettled
from integrity_desk.storage import backups, deliveries, drafts, records
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.records import Selection
from integrity_desk.wording import _

_MOST_SHOWN = 100


@dataclass(frozen=True, kw_only=True)
class ShowWorkbench(Question["Workbench"]):
    """What this account should look at today."""


@dataclass(frozen=True, kw_only=True)
class ShowStatus(Question["Status"]):
    """What the status line says."""


@dataclass(frozen=True, kw_only=True)
class WorkItem:
    """One line of the workbench: the record, why it is here, and by when."""

    id: Id
    type: str
    type_label: str
    number: str
    title: str
    note: str
    due_on: date | None
    tone: str


@dataclass(frozen=True, kw_only=True)
class TypeCount:
    """How many records of one type lie in a pile, and whether any is past its day."""

    type: str
    count: int
    late: bool


@dataclass(frozen=True, kw_only=True)
class Pile:
    """One group of the workbench: how many in all, and the first of them."""

    count: int
    items: tuple[WorkItem, ...]
    types: tuple[TypeCount, ...]

    @property
    def late(self) -> bool:
        """Whether anything here is past its day."""
        return any(each.late for each in self.types)


@dataclass(frozen=True, kw_only=True)
class Workbench:
    """The four piles, and how much is waiting to be sent or finished."""

    due: Pile
    waiting: Pile
    coming_down: Pile
    unsent: int
    rejected: int
    unsettled: int
    unanswered: int
    asked_again: int
    drafts: int


@dataclass(frozen=True, kw_only=True)
class Status:
    """Sync and backup at a glance; None where there has been none."""

    desk_name: str
    unsent: int
    awaiting_receipt: int
    last_receipt: date | None
    last_backup: date | None
    store_bytes: int


@answers(ShowWorkbench)
def show_workbench(question: ShowWorkbench, reader: Reader) -> Workbench:
    """Ask the indexes for each pile."""
    return Workbench(
        due=_pile(_due(reader), reader, also=parts_due(reader.today + SOON, reader)),
        waiting=_pile(_waiting(reader), reader),
        coming_down=_pile(_coming_down(reader), reader),
        unsent=sending.count(reader),
        rejected=count_rejected(reader),
        unanswered=_unanswered(reader),
        asked_again=int(everything_asked(reader) is not None),
        unsettled=len(list_unsettled(ListUnsettled(), reader)),
        drafts=len(drafts.of_account(reader.database, reader.actor.account_id)),
    )


@answers(ShowStatus)
def show_status(question: ShowStatus, reader: Reader) -> Status:
    """Read the outbox and the backup folder."""
    bundles = deliveries.bundles(reader.database)
    receipted = [each.receipted_at for each in bundles if each.receipted_at]
    copies = backups.newest_first(reader.folder / "backups")
    return Status(
        desk_name=reader.desk_name,
        unsent=sending.count(reader),
        awaiting_receipt=sum(each.awaits_receipt for each in bundles),
        last_receipt=china_day(max(receipted)) if receipted else None,
        last_backup=backups.day_of(copies[0]) if copies else None,
        store_bytes=(reader.folder / "store.db").stat().st_size,
    )


def _unanswered(reader: Reader) -> int:
    """How many bundles were carried and have had no receipt for too long."""
    return sum(
        bool(days_without_receipt(each.waits_since, reader.now))
        for each in deliveries.bundles(reader.database)
    )


def _due(reader: Reader) -> Iterator[Selection]:
    last = (reader.today + SOON).isoformat()
    for each in DEADLINES:
        if each.own_pile or type_named(each.type).part_of:
            continue
        yield Selection(
            type=each.type,
            equals=each.awaited,
            ranges={each.field: (None, last)},
            less=(each.less,) if each.less else (),
            order_by=each.field,
            descending=False,
        )


def _waiting(reader: Reader) -> Iterator[Selection]:
    """Whatever stands where only a second person can move it, if this account is one."""
    if not reader.actor.may("approve"):
        return
    for declared in record_types():
        states = _review_states(declared.name)
        if states:
            yield Selection(type=declared.name, equals={"state": states}, descending=False)
    yield Selection(
        type="commitment",
        equals={"state": ("in_progress",)},
        ranges={"reported_on": ("0001-01-01", None)},
        descending=False,
    )


def _review_states(type_name: str) -> tuple[str, ...]:
    """The states that every way onward leaves by a second person or a sending back."""
    life = type_named(type_name).life
    if life is None:
        return ()
    return tuple(state.code for state in life.states if _is_review(life.offered(state.code)))


def _is_review(offered: tuple[Step, ...]) -> bool:
    onward = [step for step in offered if step.act != "withdraw"]
    decided = any(step.second_person for step in onward)
    return decided and all(step.permission == "approve" for step in onward)


def _coming_down(reader: Reader) -> Iterator[Selection]:
    yield Selection(
        type="notice",
        equals={"state": ("posted",)},
        ranges={"until_on": (None, reader.today.isoformat())},
        order_by="until_on",
        descending=False,
    )


def _pile(selections: Iterator[Selection], reader: Reader, *, also: Iterable[DueItem] = ()) -> Pile:
    """Read each selection; ``also`` are items of parts, which lead to what they belong to."""
    counted, shown = [], []
    for each in selections:
        rows = records.row_numbers(reader.database, each)
        found = records.at_rows(reader.database, each.type, rows[:_MOST_SHOWN])
        items = [_item(found[row], each, reader) for row in rows[:_MOST_SHOWN]]
        late = any(item.tone == "red" for item in items)
        counted.append(TypeCount(type=each.type, count=len(rows), late=late))
        shown += items
    parts = [_item_of_part(each) for each in also]
    counted += [TypeCount(type=each.type, count=1, late=each.tone == "red") for each in parts]
    shown += parts
    shown.sort(key=lambda item: (item.due_on or date.max, item.number))
    return Pile(
        count=sum(each.count for each in counted),
        items=tuple(shown[:_MOST_SHOWN]),
        types=tuple(_by_type(counted)),
    )


def _by_type(counted: Iterable[TypeCount]) -> Iterator[TypeCount]:
    """Add up: several things of one type may fall due, each by a deadline of its own."""
    sums: dict[str, TypeCount] = {}
    for each in counted:
        so_far = sums.get(each.type, TypeCount(type=each.type, count=0, late=False))
        sums[each.type] = TypeCount(
            type=each.type, count=so_far.count + each.count, late=so_far.late or each.late
        )
    return (each for each in sums.values() if each.count)


def _item_of_part(item: DueItem) -> WorkItem:
    return WorkItem(
        id=item.id,
        type=item.type,
        type_label=type_named(item.type).label,
        number=item.number,
        title=_("{title}（{what}）").format(title=item.title, what=item.what),
        note="",
        due_on=item.due,
        tone=item.tone,
    )


def _item(record: Record, selection: Selection, reader: Reader) -> WorkItem:
    declared = type_of(record)
    field = selection.order_by
    due_on: date | None = getattr(record, field) if field else None
    state = declared.life.state(record.state) if declared.life else None
    return WorkItem(
        id=record.id,
        type=declared.name,
        type_label=declared.label,
        number=record.number,
        title=declared.title_of(record),
        note=_(state.label) if state else "",
        due_on=due_on,
        tone=urgency(due_on, reader.today),
    )
