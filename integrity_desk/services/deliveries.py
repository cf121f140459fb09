"""What the desk's bundles came to at the county: their states, and the records sent back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from integrity_desk.domain.attachments import owner_of
from integrity_desk.domain.delivery_rules import days_without_receipt
from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import RecordType, type_of
from integrity_desk.domain.times import china_day
from integrity_desk.errors import NotFound
from integrity_desk.services import sending
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.sealing import everything_asked, is_everything_wanted
from integrity_desk.services.visibility import may_see
from integrity_desk.storage import deliveries
from integrity_desk.storage.deliveries import Bundle, Delivery
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import N_

_MOST_BUNDLES = 500

STATES: dict[str, tuple[str, str]] = {
    deliveries.EXPORTED: (N_("已封包，未带走"), "amber"),
    deliveries.CARRIED: (N_("已带走，待回执"), "blue"),
    deliveries.ACCEPTED: (N_("县级已接收"), "green"),
    "partly": (N_("部分退回"), "amber"),
    deliveries.REJECTED: (N_("整包退回"), "red"),
    deliveries.OVERTAKEN: (N_("已由全部重报代替"), "grey"),
}
"""State of a bundle -> its words and tone."""


@dataclass(frozen=True, kw_only=True)
class ShowDeliveries(Question["Deliveries"]):
    """What waits to be sent, and what became of what was sent."""


@dataclass(frozen=True, kw_only=True)
class ListRejected(Question["tuple[Rejected, ...]"]):
    """The records that the county sent back, or shows another desk's words of, and still does.

    Those sent back come first.
    """


@dataclass(frozen=True, kw_only=True)
class BundleLine:
    """One sealed bundle as the list shows it; ``state_label`` is translated where it is shown.

    ``late_days`` counts the days since it was carried, once they are too many without a receipt.
    """

    stream: str
    seq: int
    revisions: int
    files: tuple[str, ...]
    state: str
    state_label: str
    tone: str
    created_at: datetime
    carried_at: datetime | None
    receipted_at: datetime | None
    late_days: int = 0


@dataclass(frozen=True, kw_only=True)
class Deliveries:
    """``waiting`` counts records with something to send, ``awaiting`` bundles without receipt.

    ``late`` of these have waited too long; ``everything`` when the next one repeats it all, and
    ``asked_on`` when that was the county's wish.
    """

    waiting: int
    awaiting: int
    last_receipt: date | None
    late: int
    everything: bool
    asked_on: date | None
    bundles: tuple[BundleLine, ...]


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """One record sent back and the county's reason; ``page`` and ``id`` say where it is opened.

    A sub-record or an attachment is opened at its owner. Of one that is ``superseded`` another
    desk's words stand above ours.
    """

    page: str
    id: Id
    type_label: str
    number: str
    title: str
    reason: str
    superseded: bool = False


@answers(ShowDeliveries)
def show_deliveries(question: ShowDeliveries, reader: Reader) -> Deliveries:
    """Read the outbox; the newest bundles are enough for a list."""
    bundles = deliveries.bundles(reader.database)
    asked = everything_asked(reader)
    receipted = [each.receipted_at for each in bundles if each.receipted_at]
    lines = tuple(_line(each, reader.now) for each in bundles)
    return Deliveries(
        waiting=sending.count(reader),
        awaiting=sum(each.awaits_receipt for each in bundles),
        last_receipt=china_day(max(receipted)) if receipted else None,
        late=sum(bool(each.late_days) for each in lines),
        everything=is_everything_wanted(reader),
        asked_on=china_day(asked) if asked else None,
        bundles=lines[:_MOST_BUNDLES],
    )


@answers(ListRejected)
def list_rejected(question: ListRejected, reader: Reader) -> tuple[Rejected, ...]:
    """Judge each record as its own page does; newest rejection first."""
    found = []
    for rec, delivery in _sent_back(reader):
        try:
            record = reader.load_any(rec)
            owner = reader.load_any(owner_of(record) or rec)
        except NotFound:  # deleted here meanwhile
            continue
        if may_see(record, reader):
            found.append(
                Rejected(
                    page=type_of(owner).name,
                    id=owner.id,
                    type_label=type_of(record).label,
                    number=owner.number,
                    title=type_of(record).title_of(record),
                    reason=delivery.note,
                    superseded=delivery.state == deliveries.SUPERSEDED,
                )
            )
    return tuple(sorted(found, key=lambda each: each.superseded))


def count_rejected(reader: Reader) -> int:
    """Return how many records the county sent back and nobody has corrected since."""
    return sum(each.state == deliveries.REJECTED for _rec, each in _sent_back(reader))


def _sent_back(reader: Reader) -> Iterator[tuple[Id, Delivery]]:
    for rec in deliveries.sent_back(reader.database):
        delivery = deliveries.of_record(reader.database, rec)
        if delivery.state in (deliveries.REJECTED, deliveries.SUPERSEDED):
            yield rec, delivery


def delivery_words(declared: RecordType, delivery: Delivery, reader: Reader) -> str:
    """Return how far a record has come to the county; "" for what never goes there.

    Translated where it is shown.
    """
    if not declared.synced:
        return ""
    if delivery.state == deliveries.PENDING and not sending.asked(reader).travels(declared):
        return N_("县级不要求上报")
    return delivery.label


def _line(bundle: Bundle, now: datetime) -> BundleLine:
    state_label, tone = STATES[bundle.state]
    late = days_without_receipt(bundle.waits_since, now)
    return BundleLine(
        stream=bundle.stream,
        seq=bundle.seq,
        revisions=bundle.revisions,
        files=bundle.files,
        state=bundle.state,
        state_label=state_label,
        tone="red" if late else tone,
        created_at=bundle.created_at,
        carried_at=bundle.carried_at,
        receipted_at=bundle.receipted_at,
        late_days=late,
    )
