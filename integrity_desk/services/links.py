"""Choosing the record a field links to: find by a part of its name, name what is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from integrity_desk.domain.fields import Id
from integrity_desk.errors import NotFound
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.link_walls import why_not
from integrity_desk.services.registers import FindRecords, Hit, find_records
from integrity_desk.services.visibility import may_see
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _

Named = tuple[tuple[Id, str], ...]
"""(id, title) pairs; the id is "" where the title says why it may not be chosen."""


@dataclass(frozen=True, kw_only=True)
class FindLinks(Question[Named]):
    """Records of these types that match a part of a name or number.

    With ``of`` and ``field`` they are for that field of that record.
    """

    types: tuple[str, ...]
    text: str
    limit: int = 12
    of: Id = ""
    field: str = ""


@dataclass(frozen=True, kw_only=True)
class NameRecords(Question[Named]):
    """The titles of these records; those not on this desk are left out."""

    ids: tuple[Id, ...]


@answers(FindLinks)
def find_links(question: FindLinks, reader: Reader) -> Named:
    """Ask the search index."""
    found = find_records(
        FindRecords(text=question.text, types=question.types, limit=question.limit), reader
    )
    return tuple(_choice(hit, question, reader) for hit in found)


@answers(NameRecords)
def name_records(question: NameRecords, reader: Reader) -> Named:
    """Read the titles."""
    seen = tuple(each for each in question.ids if _may_be_named(each, reader))
    return tuple(records.titles(reader.database, seen).items())


def _may_be_named(rec: Id, reader: Reader) -> bool:
    try:
        return may_see(reader.load_any(rec), reader)
    except NotFound:
        return False


def _choice(hit: Hit, question: FindLinks, reader: Reader) -> tuple[Id, str]:
    reason = why_not(question.of, question.field, hit.id, reader) if question.of else ""
    if reason:
        return "", _("{title}（{reason}）").format(title=_title(hit), reason=reason)
    return hit.id, _title(hit)


def _title(hit: Hit) -> str:
    if not hit.number or hit.number == hit.title:
        return hit.title
    return f"{hit.title} {hit.number}"
