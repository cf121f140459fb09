"""Who complained, repeated where it would leave the office: in an answer, an order, a notice.

What is written about a case is printed, posted and sent on; who complained never is. So its texts
are compared with the reporters of the cases it goes back to, and a warning says which field repeats
what, never the words themselves. It is given only to those who may see that reporter: to anybody
else it would be a way to guess who complained.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from integrity_desk.domain.complaints import Complaint
from integrity_desk.domain.fields import Id
from integrity_desk.domain.plain import from_plain
from integrity_desk.domain.records import Record, links_of, type_named, type_of
from integrity_desk.domain.reporter_traces import Trace, repeated
from integrity_desk.domain.reporters import Reporter
from integrity_desk.errors import InvalidInput, NotFound
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.visibility import may_see
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _

_LEADS_BACK = frozenset(
    {"complaint", "integrity_record", "measure", "notice", "objection", "repair",
     "rectification_order"}
)  # fmt: skip
"""Registers whose records may go back to a complaint, over at most so many links:"""
_MOST_LINKS = 3


@dataclass(frozen=True, kw_only=True)
class FindTraces(Question[str]):
    """The warning for plain values being typed, into a new record or over those of ``id``."""

    permission: ClassVar[str] = "edit"
    type: str
    values: Mapping[str, Any] = field(default_factory=dict)
    id: Id = ""


@answers(FindTraces)
def find_traces(question: FindTraces, reader: Reader) -> str:
    """Look at the record as it would stand; "" when nothing betrays a reporter."""
    declared = type_named(question.type)
    record = reader.load(declared.cls, question.id) if question.id else declared.blank
    typed: dict[str, Any] = {}
    for name, plain in question.values.items():
        if declared.has(name) and not declared.field(name).managed:
            try:
                typed[name] = from_plain(declared.field(name), plain)
            except InvalidInput:
                continue  # half a date; the form says so when it is saved
    return trace_warning(dataclasses.replace(record, **typed), reader)


def trace_warning(record: Record, reader: Reader) -> str:
    """Return which fields of a record repeat what of a reporter; "" when none does."""
    declared = type_of(record)
    if declared.name not in _LEADS_BACK:
        return ""
    names = tuple(each.name for each in declared.typed_fields if each.is_text)
    texts = {name: getattr(record, name) for name in names}
    found: list[Trace] = []
    for known in _reporters(record, reader):
        found += repeated(texts, names, known.__dict__)
    if not found:
        return ""
    theirs = type_of(Reporter)
    places = dict.fromkeys(_(declared.field(each.field).label) for each in found)
    what = dict.fromkeys(_(theirs.field(each.belongs).label) for each in found)
    words = _("“{places}”里写有投诉举报人的{what}。上报、打印、公示会带出去，请改写后再办。")
    return words.format(places=_("、").join(places), what=_("、").join(what))


def _reporters(record: Record, reader: Reader) -> Iterator[Reporter]:
    for case in _cases(record, reader):
        for known in reader.find(Reporter, complaint_id=case):
            if may_see(known, reader):
                yield known


def _cases(record: Record, reader: Reader) -> set[Id]:
    """The complaints a record goes back to, itself among them, and what is joined to them."""
    cases: set[Id] = set()
    reached = [record]
    for _depth in range(_MOST_LINKS):
        cases |= {each.id for each in reached if isinstance(each, Complaint) and each.id}
        reached = [linked for each in reached for linked in _linked(each, reader)]
    cases |= {each.id for each in reached if isinstance(each, Complaint)}
    return cases | {each.id for case in cases for each in reader.find(Complaint, joined_to_id=case)}


def _linked(record: Record, reader: Reader) -> Iterator[Record]:
    for field_, linked in links_of(record):
        if not field_.managed and _LEADS_BACK & set(field_.to):
            try:
                found = reader.load_any(linked)
            except NotFound:
                continue
            if type_of(found).name in _LEADS_BACK:
                yield found
