"""Where lists come from: how another office's headings and words answer to our fields.

A source is either ready-made (``resources/sources/*.toml``) or remembered from an import.
"""

from __future__ import annotations

import functools
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from integrity_desk.domain.fields import Field, Kind, long_text, text
from integrity_desk.domain.records import Record, RecordType, parts_of, record_type
from integrity_desk.paths import resource
from integrity_desk.wording import N_, _

NOT_TAKEN = ""
"""The target of a heading that is left out on purpose."""

OTHERWISE = "*"
"""In a map of words: our code for every word that is neither listed nor our own."""

READY = {
    "hotline_12345": N_("12345工单"),
    "lost_lawsuits": N_("法院败诉案件"),
    "enterprise_arrears": N_("拖欠企业账款"),
    "livelihood_projects": N_("民生实事清单"),
    "fifteen_areas": N_("十五个服务领域承诺"),
}
"""The sources that come with the program: file name and what people call them."""

_ALIKE = 0.72
_ENOUGH = 3
"""So many known headings make a list a ready-made source's."""


@record_type("import_source", label="导入来源", title="name", synced=False, register=False)
class ImportSource(Record):
    """One source as it was mapped here, so that its next list needs no mapping."""

    name: str = text("来源名称", managed=True, required=True)
    register: str = text("台账", managed=True, required=True)
    headings: str = long_text("表头", managed=True, required=True)
    mapping: str = long_text("对应关系", managed=True, required=True)


@dataclass(frozen=True, kw_only=True)
class SourceMap:
    """How the columns of one list are read.

    ``fields`` maps a heading to a target: a field's name, ``reporter.name`` for a field of a
    companion, or ``NOT_TAKEN``. Several headings may share one long text: it then has a line
    for each. ``words`` maps a target to {their word: our code}; ``defaults`` has the text for
    targets whose cell is empty; ``key`` is the field that recognises a row next time.
    """

    name: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    key: str = ""

    def as_text(self) -> str:
        """Return it as it is kept."""
        kept = {"fields": self.fields, "words": self.words, "defaults": self.defaults}
        return json.dumps({**kept, "key": self.key}, ensure_ascii=False)

    @classmethod
    def from_text(cls, name: str, kept: str) -> SourceMap:
        """Return what ``as_text`` wrote."""
        return cls(name=name, **json.loads(kept))


@dataclass(frozen=True, kw_only=True)
class ReadySource:
    """A source that comes with the program; ``synonyms`` maps a target to headings it goes by."""

    code: str
    register: str
    key: str
    synonyms: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Mapping[str, str]]
    defaults: Mapping[str, str]

    @property
    def name(self) -> str:
        """What people call it."""
        return _(READY[self.code])

    def targets(self, headings: Iterable[str]) -> dict[str, str]:
        """Return the headings that this source knows, with their targets."""
        known = {_bare(each): name for name, some in self.synonyms.items() for each in some}
        return {each: known[_bare(each)] for each in headings if _bare(each) in known}


def signature(headings: Iterable[str]) -> str:
    """Return the heading set by which a list of a source is recognised again."""
    return "\n".join(sorted(each for each in headings if each))


@functools.cache
def ready_sources() -> tuple[ReadySource, ...]:
    """Return all sources that come with the program."""
    return tuple(_read_ready(code) for code in READY)


def ready_for(register: str, headings: Iterable[str]) -> ReadySource | None:
    """Return the ready-made source that fits a list best; None when none knows enough of it."""
    named = tuple(headings)
    fitting = [
        (len(each.targets(named)), each) for each in ready_sources() if each.register == register
    ]
    best = max(fitting, key=lambda each: each[0], default=(0, None))
    return best[1] if best[0] >= _ENOUGH else None


def targets_of(declared: RecordType) -> dict[str, Field]:
    """Return what a column may be mapped to: fields of entry, and those of companions."""
    found = {each.name: each for each in declared.entry_fields}
    for part in parts_of(declared.name):
        if part.companion:
            found |= {f"{part.name}.{each.name}": each for each in _companion_fields(part)}
    return found


def own_headings(declared: RecordType) -> dict[str, str]:
    """Return our own words for fields, in Chinese and in this language, with their names."""
    fields = declared.fields
    return {each.label: each.name for each in fields} | {_(e.label): e.name for e in fields}


def own_map(declared: RecordType, headings: Iterable[str]) -> SourceMap:
    """Return the map of a list in our own words; other headings are not taken."""
    known, targets = own_headings(declared), targets_of(declared)
    named = {each: known.get(each, NOT_TAKEN) for each in headings if each}
    fields = {each: name if name in targets else NOT_TAKEN for each, name in named.items()}
    return SourceMap(fields=fields)


def guess(declared: RecordType, headings: Iterable[str]) -> SourceMap:
    """Return the likeliest mapping: our labels, a ready-made source's words, then likeness."""
    named = [each for each in headings if each]
    ready = ready_for(declared.name, named)
    targets = targets_of(declared)
    fields = dict(own_map(declared, named).fields) | (ready.targets(named) if ready else {})
    free = {name: each for name, each in targets.items() if name not in fields.values()}
    for heading in (each for each in named if not fields[each]):
        name = _alike(heading, free)
        fields[heading] = name
        free.pop(name, None)
    if ready is None:
        return SourceMap(fields=fields)
    return SourceMap(
        name=ready.name, fields=fields, words=ready.words, defaults=ready.defaults, key=ready.key
    )


def still_missing(declared: RecordType, source: SourceMap) -> tuple[Field, ...]:
    """Return the required fields that no column and no default fills."""
    filled = {*source.fields.values(), *(name for name, text in source.defaults.items() if text)}
    return tuple(
        each for each in declared.entry_fields if each.required and each.name not in filled
    )


def crowded(declared: RecordType, source: SourceMap) -> dict[str, tuple[str, ...]]:
    """Return the targets that several headings share though only one value has room there."""
    targets, found = targets_of(declared), dict[str, list[str]]()
    for heading, name in source.fields.items():
        if name in targets and targets[name].kind is not Kind.LONG_TEXT:
            found.setdefault(name, []).append(heading)
    return {name: tuple(some) for name, some in found.items() if len(some) > 1}


def unknown_words(field: Field, words: Iterable[str]) -> tuple[str, ...]:
    """Return those of the words that are none of a closed list's own; empty cells are not."""
    known = {w for each in field.choices or () for w in (each.label, _(each.label), each.value)}
    return tuple(word for word in words if word and word not in known)


def _alike(heading: str, free: Mapping[str, Field]) -> str:
    wanted = _bare(heading)
    scored = [
        (SequenceMatcher(None, wanted, _bare(_(each.label))).ratio(), name)
        for name, each in free.items()
    ]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= _ALIKE else NOT_TAKEN


def _bare(heading: str) -> str:
    """A heading without spaces, marks and what stands in brackets."""
    plain = unicodedata.normalize("NFKC", heading)
    plain = re.sub(r"\(.*?\)", "", plain)
    return re.sub(r"[\s*:：、/]", "", plain).lower()


def _companion_fields(part: RecordType) -> tuple[Field, ...]:
    return tuple(each for each in part.typed_fields if not each.is_link)


def _read_ready(code: str) -> ReadySource:
    with resource(f"sources/{code}.toml").open("rb") as file:
        read: dict[str, Any] = tomllib.load(file)
    return ReadySource(
        code=code,
        register=read["register"],
        key=read["key"],
        synonyms={name: tuple(some) for name, some in read["fields"].items()},
        words=read.get("words", {}),
        defaults=read.get("defaults", {}),
    )
