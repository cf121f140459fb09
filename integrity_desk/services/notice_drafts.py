"""Composing a notice: what may stand on it, and the words to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from integrity_desk.domain.fields import Id
from integrity_desk.domain.integrity_terms import published_severities
from integrity_desk.domain.notices import Notice, NoticeKind
from integrity_desk.domain.publication import Publication
from integrity_desk.domain.records import type_named, type_of
from integrity_desk.domain.sheets import Layout
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.registers import Filter
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.records import Selection
from integrity_desk.wording import N_, _, in_chinese

USUAL_DAYS = 7
"""How long a notice stands unless the person says otherwise."""

ITEM_TYPES: dict[NoticeKind, str] = {
    NoticeKind.COMMITMENT: "commitment",
    NoticeKind.FULFILMENT: "commitment",
    NoticeKind.UNTRUSTWORTHY: "integrity_record",
    NoticeKind.HONOUR_ROLL: "integrity_record",
    NoticeKind.EXPOSURE_LIST: "integrity_record",
    NoticeKind.QUESTION_ANSWER: "question",
}
"""What the items of a kind of notice are; the other kinds are text."""

SHOWN_STATES: dict[str, tuple[str, ...]] = {
    "commitment": (
        "registered", "in_progress", "fulfilled", "partly_fulfilled", "breached",
        "lawfully_changed",
    ),
    "integrity_record": ("effective",),
    "question": ("assigned", "answered", "closed"),
}  # fmt: skip
"""Type of item -> the states in which it may stand on a new notice."""

_NAMES = frozenset({NoticeKind.HONOUR_ROLL, NoticeKind.EXPOSURE_LIST})
"""Kinds that are about names, and read better as a list than as a table."""

_SUBJECTS = {
    NoticeKind.COMMITMENT: N_("{issuer}关于{year}年度公开承诺事项的公示"),
    NoticeKind.FULFILMENT: N_("{issuer}关于{year}年度公开承诺履行情况的公示"),
}
_OTHER_SUBJECT = N_("{issuer}{kind}")

_LEADS = {
    NoticeKind.COMMITMENT: N_(
        "根据政务诚信建设有关规定，现将{issuer}{year}年度公开承诺事项予以公示，接受社会监督。"
    ),
    NoticeKind.FULFILMENT: N_(
        "根据政务诚信建设有关规定，现将{issuer}{year}年度公开承诺的履行情况予以公示，接受社会监督。"
    ),
}


@dataclass(frozen=True, kw_only=True)
class SuggestNotice(Question["NoticeSuggestion"]):
    """Words for a new notice of ``kind``; without ``issuer_id`` the usual issuer is taken."""

    kind: NoticeKind
    issuer_id: Id = ""


@dataclass(frozen=True, kw_only=True)
class NoticeSuggestion:
    """What a clerk may take over or change; contact, phone and place as on the last notice."""

    issuer_id: Id
    issuer: str
    title: str
    lead: str
    place: str
    contact: str
    phone: str
    from_on: date
    until_on: date
    layout: Layout | None


@answers(SuggestNotice)
def suggest_notice(question: SuggestNotice, reader: Reader) -> NoticeSuggestion:
    """Look at this desk's newest notice of the kind, and at the unit of the account."""
    last = _newest(question.kind, reader)
    usual = last.issuer_id if last else reader.actor.unit_id
    issuer_id = question.issuer_id or usual
    issuer = records.titles(reader.database, (issuer_id,)).get(issuer_id, "")
    with in_chinese():
        told = {"issuer": issuer, "year": reader.today.year, "kind": _(question.kind.label)}
        title = _(_SUBJECTS.get(question.kind, _OTHER_SUBJECT)).format(**told)
        lead = _(_LEADS.get(question.kind, "")).format(**told)
    return NoticeSuggestion(
        issuer_id=issuer_id,
        issuer=issuer,
        title=title,
        lead=lead,
        place=last.place if last else "",
        contact=last.contact if last else "",
        phone=last.phone if last else "",
        from_on=reader.today,
        until_on=reader.today + timedelta(days=USUAL_DAYS),
        layout=Layout.LIST if question.kind in _NAMES else None,
    )


def publishable(type_name: str) -> Filter:
    """Return the filter of what may stand on a new notice: decided to be public, and settled."""
    declared = type_named(type_name)
    equals: dict[str, tuple[str | None, ...]] = {}
    if declared.has("publication"):
        equals["publication"] = (Publication.PUBLISH.value,)
    if declared.has("severity"):  # a good record has none
        equals["severity"] = (*published_severities(), None)
    return Filter(type=type_name, states=SHOWN_STATES[type_name], equals=equals)


def _newest(kind: NoticeKind, reader: Reader) -> Notice | None:
    """The newest notice of this kind, or of any kind when it is the first of its kind."""
    name = type_of(Notice).name
    for equals in ({"kind": (kind.value,)}, {}):
        rows = records.row_numbers(reader.database, Selection(type=name, equals=equals))[:1]
        for record in records.at_rows(reader.database, name, rows).values():
            assert isinstance(record, Notice)
            return record
    return None
