"""What a notice says: from the chosen records to the words of its sheet, through the gate."""

from __future__ import annotations

from integrity_desk.domain.display import long_day
from integrity_desk.domain.notices import Notice
from integrity_desk.domain.publication import Exemption
from integrity_desk.domain.records import type_of
from integrity_desk.domain.redactions import MARK, Hiding, Redaction, grounds_of, numbers_of
from integrity_desk.domain.sheets import Column, Layout, NoticeSheet
from integrity_desk.services.notice_cells import rows_of, rules_for
from integrity_desk.services.notice_items import showable
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import N_, _

_CLOSING = N_("特此公示。")


def compose(notice: Notice, version: int, reader: Reader) -> NoticeSheet:
    """Return the sheet of a notice as it stands; StepRefused when an item may not be shown."""
    hidden = tuple(reader.find(Redaction, notice_id=notice.id))
    grounds = grounds_of(hidden)
    sheet = _composed(notice, version, hidden, grounds, reader)
    numbers = numbers_of(grounds)
    told = tuple(each for each in grounds if _bears(sheet, MARK + numbers.get(each, "")))
    return sheet if told == grounds else _composed(notice, version, hidden, told, reader)


def _composed(
    notice: Notice, version: int, hidden: tuple[Redaction, ...], grounds: tuple[Exemption, ...],
    reader: Reader,
) -> NoticeSheet:  # fmt: skip
    items = [showable(item_id, notice.until_on, reader) for item_id in notice.item_ids]
    hiding = Hiding(redactions=hidden, numbers=numbers_of(grounds))
    own = hiding.of("")
    issuer = records.titles(reader.database, (notice.issuer_id,))[notice.issuer_id]
    rules = rules_for(notice.kind, items)
    issued_on = notice.from_on or reader.today  # so that printing again changes nothing
    return NoticeSheet(
        kind=_(notice.kind.label) if notice.kind else "",
        number=notice.number or _("（未编号）"),
        version=version,
        issuer=issuer,
        title=_own(notice, "title", own),
        lead=_lead(notice, own),
        columns=tuple(
            Column(heading=_(rule.heading), width=rule.width, align=rule.align) for rule in rules
        )
        if items
        else (),
        rows=rows_of(items, rules, hiding, reader) if items else (),
        posted_from=notice.from_on or issued_on,
        posted_until=notice.until_on or issued_on,
        place=notice.place,
        contact=notice.contact,
        phone=notice.phone,
        closing=_(_CLOSING),
        issued_on=issued_on,
        layout=notice.layout or Layout.TABLE,
        withheld=tuple(hiding.numbers.get(each, "") + _(each.label) for each in grounds),
    )


def _bears(sheet: NoticeSheet, mark: str) -> bool:
    cells = (cell for row in sheet.rows for cell in row.cells)
    return any(mark in text for text in (sheet.title, *sheet.lead, *cells))


def _own(notice: Notice, name: str, own: Hiding) -> str:
    return own.over(getattr(notice, name), type_of(notice).field(name).label)


def _lead(notice: Notice, own: Hiding) -> tuple[str, ...]:
    said = f"{_own(notice, 'lead', own)}\n{_own(notice, 'body', own)}"
    paragraphs = [each.strip() for each in said.splitlines()]
    kept = tuple(each for each in paragraphs if each)
    if kept or notice.from_on is None or notice.until_on is None:
        return kept
    return (
        _("根据政务诚信建设有关规定，现将有关事项予以公示，公示期自{first}至{last}。").format(
            first=long_day(notice.from_on), last=long_day(notice.until_on)
        ),
    )
