"""The sources of lists: proposed once, decided by a person, remembered for the next list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from integrity_desk.domain.import_sources import (
    NOT_TAKEN,
    READY,
    ImportSource,
    SourceMap,
    guess,
    own_headings,
    own_map,
    ready_sources,
    signature,
)
from integrity_desk.domain.records import RecordType, with_values
from integrity_desk.domain.steps import check
from integrity_desk.errors import NotFound
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.spreadsheet_layout import MARKS, register
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _

_SAMPLED_ROWS = 2_000
_MOST_WORDS = 60


@dataclass(frozen=True, kw_only=True)
class LookAtList(Question["ListSeen"]):
    """What columns a list has and how they are probably meant; nothing is written."""

    permission = "edit"
    type: str
    path: Path


@dataclass(frozen=True, kw_only=True)
class ListSeen:
    """The columns of a list; ``settled`` when nobody needs to be asked what they mean.

    Of an ``exported`` list nobody may say otherwise. ``samples`` has the different words found
    under each heading, in order of appearance.
    """

    headings: tuple[str, ...]
    samples: dict[str, tuple[str, ...]]
    source: SourceMap
    settled: bool
    exported: bool


@dataclass(frozen=True, kw_only=True)
class SourceByName(Question[SourceMap]):
    """The map of a source, remembered or ready-made, for a file's headings."""

    permission = "edit"
    type: str
    path: Path
    name: str


@answers(SourceByName)
def source_by_name(question: SourceByName, reader: Reader) -> SourceMap:
    """Find it, or say which there are."""
    declared = register(question.type)
    return source_named(declared, question.name, headings_of(question.path), reader)


@answers(LookAtList)
def look_at_list(question: LookAtList, reader: Reader) -> ListSeen:
    """Read the headings and the first rows; propose what is remembered, ready-made or alike."""
    declared = register(question.type)
    table = _first_table(question.path)
    named = tuple(each for each in table.headings if each and each not in MARKS)
    remembered = remembered_for(declared.name, named, reader)
    ours = _speaks_our_words(declared, table.headings)
    return ListSeen(
        headings=named,
        samples=_samples(table, named),
        source=remembered or (own_map if ours else guess)(declared, named),
        settled=ours or remembered is not None,
        exported=set(MARKS) <= set(table.headings),
    )


def source_named(
    declared: RecordType, name: str, headings: Iterable[str], reader: Reader
) -> SourceMap:
    """Return the map of a source by its name or code; NotFound lists the names there are."""
    kept = [each for each in reader.find(ImportSource, register=declared.name) if each.name == name]
    wanted = signature(headings)
    for each in sorted(kept, key=lambda one: one.headings != wanted):
        return SourceMap.from_text(each.name, each.mapping)
    for ready in ready_sources():
        if ready.register == declared.name and name in (ready.code, READY[ready.code], ready.name):
            return SourceMap(
                name=ready.name, fields=ready.targets(headings), words=ready.words,
                defaults=ready.defaults, key=ready.key,
            )  # fmt: skip
    raise NotFound(
        _("没有名为“{name}”的导入来源。现有：{names}。").format(
            name=name, names=_("、").join(known_names(declared, reader)) or _("无")
        )
    )


def known_names(declared: RecordType, reader: Reader) -> list[str]:
    """Return the names of all sources of a register, remembered ones first."""
    kept = [each.name for each in reader.find(ImportSource, register=declared.name)]
    ready = [each.name for each in ready_sources() if each.register == declared.name]
    return list(dict.fromkeys([*kept, *ready]))


def remembered_for(register_name: str, headings: Iterable[str], reader: Reader) -> SourceMap | None:
    """Return the source that sent a list with just these headings before."""
    kept = reader.find(ImportSource, register=register_name, headings=signature(headings))
    return SourceMap.from_text(kept[-1].name, kept[-1].mapping) if kept else None


def source_of(
    declared: RecordType, path: Path, given: SourceMap | None, reader: Reader
) -> SourceMap | None:
    """Return the map a file is read by: the given one, the remembered one, or our own words."""
    if given is not None:
        return given
    headings = headings_of(path)
    if set(MARKS) <= set(headings):
        return None
    return remembered_for(declared.name, headings, reader)


def headings_of(path: Path) -> tuple[str, ...]:
    """Return the heading row of a file."""
    headings: tuple[str, ...] = _first_table(path).headings
    return headings


def remember(source: SourceMap, declared: RecordType, path: Path, work: UnitOfWork) -> None:
    """Keep how a person mapped a list, under the source's name and the list's headings."""
    heads = signature(headings_of(path))
    kept = work.find(ImportSource, register=declared.name, headings=heads)
    made = ImportSource(
        name=source.name, register=declared.name, headings=heads, mapping=source.as_text()
    )  # fmt: skip
    check(made)
    if kept:
        work.save(with_values(kept[-1], {"name": made.name, "mapping": made.mapping}))
    else:
        work.add(made)


def _first_table(path: Path) -> Any:
    from integrity_desk.documents.spreadsheet_reading import (  # noqa: PLC0415  (lazy: openpyxl)
        read_tables,
    )

    return next(read_tables(path))


def _samples(table: Any, headings: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {each: {} for each in headings}
    for count, (_number, cells) in enumerate(table.rows):
        for heading, words in found.items():
            if cells[heading] and len(words) < _MOST_WORDS:
                words.setdefault(cells[heading])
        if count >= _SAMPLED_ROWS:
            break
    return {heading: tuple(words) for heading, words in found.items()}


def _speaks_our_words(declared: RecordType, headings: Iterable[str]) -> bool:
    """Whether it is an export, or names every required field as we do."""
    known = own_headings(declared)
    named = {known[each] for each in headings if each in known}
    required = {each.name for each in declared.entry_fields if each.required}
    return set(MARKS) <= set(headings) or required <= named - {NOT_TAKEN}
