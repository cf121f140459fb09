"""Cases that may be the same as the one being entered: offered while typing pauses, never decided.

The reporter is compared by the keyed hashes of the search index; the answer names a case and says
"same reporter", never whose. For a reporter who asked for secrecy it says so only to those who
may see that reporter, or typing numbers would be a way to find out who complained.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from integrity_desk.domain.complaints import Complaint
from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import type_of
from integrity_desk.domain.reporters import Reporter, ReporterKind
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.firewall import LEADING
from integrity_desk.services.visibility import may_see
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.records import Selection
from integrity_desk.wording import N_

SAME_REPORTER, SAME_SUBJECT, SIMILAR_TEXT = (
    N_("同一投诉举报人"), N_("同一被反映对象"), N_("内容相近"),
)  # fmt: skip
"""Why a case is offered, in words."""

_NUMBERS = ("phone", "citizen_id")
_ABOUT = ("about_unit_id", "about_person_id", "about_commitment_id")
_COMPARED_FIELDS = ("subject", "facts", *_ABOUT)
_LOOKS_BACK = timedelta(days=365)
_COMPARED = 2_000
_SHOWN = 3
_SHORTEST = 6
_LIKE, _LIKE_OF_SAME = 72, 55
"""How alike texts are (of 100) when they are called so: of anybody, of the same subject."""


@dataclass(frozen=True, kw_only=True)
class FindDuplicates(Question["tuple[Likeness, ...]"]):
    """Cases of the last year like these plain values of a form; ``id`` is the form's own record.

    The reporter's are named ``reporter.<field>``.
    """

    permission: ClassVar[str] = "edit"
    values: Mapping[str, Any]
    id: Id = ""


@dataclass(frozen=True, kw_only=True)
class FindDuplicatesOf(Question["tuple[Likeness, ...]"]):
    """The same for a case that is entered already; what is joined with it is left out."""

    permission: ClassVar[str] = "edit"
    id: Id


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """One case that may be the same, and why; ``may_lead`` when others can be joined to it."""

    id: Id
    number: str
    title: str
    state_label: str
    tone: str
    reasons: tuple[str, ...]
    may_lead: bool


@answers(FindDuplicates)
def find_duplicates(question: FindDuplicates, reader: Reader) -> tuple[Likeness, ...]:
    """Compare with the newest cases; the likest first."""
    same = set(_of_same_reporter(question.values, reader))
    found = []
    for case in _recent(question.id, reader):
        reasons, rank = _reasons(question.values, case, same_reporter=case.id in same)
        if reasons:
            found.append((rank, case.id, _likeness(case, reasons)))
    return tuple(each for _rank, _id, each in sorted(found, key=_ranked, reverse=True)[:_SHOWN])


@answers(FindDuplicatesOf)
def find_duplicates_of(question: FindDuplicatesOf, reader: Reader) -> tuple[Likeness, ...]:
    """Compare what the case says, and its reporter if this account may see them."""
    case = reader.load(Complaint, question.id)
    values: dict[str, Any] = {name: getattr(case, name) for name in _COMPARED_FIELDS}
    for known in reader.find(Reporter, complaint_id=case.id):
        if may_see(known, reader):
            values |= {f"reporter.{name}": getattr(known, name) for name in _NUMBERS}
    together = {case.joined_to_id, *(each.id for each in _joined_to(case, reader))}
    found = find_duplicates(FindDuplicates(values=values, id=case.id), reader)
    return tuple(each for each in found if each.id not in together)


def _joined_to(case: Complaint, reader: Reader) -> list[Complaint]:
    beside = reader.find(Complaint, joined_to_id=case.joined_to_id) if case.joined_to_id else []
    return [*reader.find(Complaint, joined_to_id=case.id), *beside]


def _ranked(each: tuple[float, Id, Likeness]) -> tuple[float, Id]:
    return each[:2]


def _reasons(
    values: Mapping[str, Any], case: Complaint, *, same_reporter: bool
) -> tuple[tuple[str, ...], float]:
    same_subject = any(values.get(name) and values[name] == getattr(case, name) for name in _ABOUT)
    alike = _alikeness(values, case)
    similar = alike >= (_LIKE_OF_SAME if same_subject else _LIKE)
    if not (same_reporter or similar):
        return (), 0
    holding = (
        (SAME_REPORTER, same_reporter),
        (SAME_SUBJECT, same_subject),
        (SIMILAR_TEXT, similar),
    )
    return tuple(word for word, holds in holding if holds), alike + 100 * same_reporter


def _alikeness(values: Mapping[str, Any], case: Complaint) -> float:
    from rapidfuzz import fuzz  # noqa: PLC0415  (lazy: 27 ms, when somebody types a complaint)

    best = 0.0
    for name in ("subject", "facts"):
        typed, known = str(values.get(name) or ""), str(getattr(case, name))
        if min(len(typed), len(known)) >= _SHORTEST:
            alike = fuzz.partial_ratio if name == "subject" else fuzz.ratio
            best = max(best, alike(typed, known))
    return best


def _of_same_reporter(values: Mapping[str, Any], reader: Reader) -> Iterator[Id]:
    declared = type_of(Reporter)
    for name in _NUMBERS:
        number = str(values.get(f"reporter.{name}") or "")
        if number and "*" not in number:
            for row in reader.index.holding(number, declared.field(name).kind):
                yield from _case_at(row, reader)


def _case_at(row: int, reader: Reader) -> Iterator[Id]:
    (known,) = records.at_rows(reader.database, "reporter", (row,)).values() or (None,)
    if isinstance(known, Reporter) and (known.kind is ReporterKind.NAMED or may_see(known, reader)):
        yield known.complaint_id


def _recent(own: Id, reader: Reader) -> Iterator[Complaint]:
    since = (reader.today - _LOOKS_BACK).isoformat()
    selection = Selection(type="complaint", ranges={"received_on": (since, None)})
    rows = records.row_numbers(reader.database, selection)[:_COMPARED]
    for start in range(0, len(rows), 500):
        page = tuple(rows[start : start + 500])
        for case in records.at_rows(reader.database, "complaint", page).values():
            if isinstance(case, Complaint) and case.id != own:
                yield case


def _likeness(case: Complaint, reasons: tuple[str, ...]) -> Likeness:
    declared = type_of(case)
    assert declared.life is not None
    state = declared.life.state(case.state)
    return Likeness(
        id=case.id, number=case.number, title=declared.title_of(case),
        state_label=state.label, tone=state.tone, reasons=reasons,
        may_lead=case.state in LEADING and not case.joined_to_id,
    )  # fmt: skip
