"""From the text of a cell to the value of a field; links are found by number, name or code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from integrity_desk.domain.fields import Choice, Field, Id, Kind
from integrity_desk.domain.import_sources import OTHERWISE, unknown_words
from integrity_desk.domain.reading import read_number
from integrity_desk.domain.records import Record, RecordType, type_named, type_of
from integrity_desk.domain.sheet_reading import (
    Hints,
    read_flag,
    read_sheet_day,
    read_sheet_fen,
    read_sheet_moment,
    refuse_damaged,
)
from integrity_desk.errors import InvalidInput
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _

_QUALIFIED = re.compile(r"(.+)（([^（）]+)）")
_OTHER_NAMES = {"unit": ("short_name", "credit_code"), "person": ("citizen_id",)}
_MOST_LISTED = 5
_PENDING = "pending:"

NO_WORDS: Mapping[str, str] = {}


class Links:
    """Finds records by what people call them; every name is looked up once in an import."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._found: dict[str, dict[tuple[str, ...], tuple[Id, ...]]] = {}
        self._choices: dict[type[Choice], dict[str, Choice]] = {}
        self._titles: dict[Id, str] = {}
        self._made: dict[tuple[str, str], list[Id]] = {}

    def find(self, field: Field, name: str) -> Id:
        """Return the one record of that name; InvalidInput lists the others of the same name."""
        found = self._matching(field, name)
        if len(found) == 1:
            return found[0]
        if not found:
            sentence = _("没有找到“{name}”，请先登记或改用编号。")
            raise InvalidInput(field.name, sentence.format(name=name))
        sentence = _("有{count}条都叫“{name}”：{which}。请写成其中一种，或改用编号。")
        listed = _("、").join(self._told_apart(each) for each in found[:_MOST_LISTED])
        raise InvalidInput(field.name, sentence.format(name=name, count=len(found), which=listed))

    def titles(self, ids: list[Id]) -> Mapping[Id, str]:
        """Return the names of these records, each with its number if it has one."""
        unknown = [each for each in ids if each not in self._titles]
        if unknown:
            self._titles |= records.titles(self._reader.database, unknown, numbered=True)
        return self._titles

    def learn(self, declared: RecordType, name: str, rec: Id) -> None:
        """A record of this name has come with the same file; "" for a dry run's."""
        made = self._made.setdefault((declared.name, name), [])
        made.append(rec or f"{_PENDING}{declared.name}{len(self._made)}-{len(made)}")
        self._titles[made[-1]] = name
        self._found.pop(name, None)

    def choices(self, field: Field) -> Mapping[str, Choice]:
        """Return a closed list by every word for its members."""
        assert field.choices is not None
        known = self._choices.get(field.choices)
        if known is None:
            known = self._choices[field.choices] = {
                word: each
                for each in field.choices
                for word in (_(each.label), each.label, each.value)
            }
        return known

    def _matching(self, field: Field, name: str) -> tuple[Id, ...]:
        known = self._found.setdefault(name, {})
        if field.to not in known:
            known[field.to] = self._look_up(field, name)
        return known[field.to]

    def _look_up(self, field: Field, name: str) -> tuple[Id, ...]:
        found = dict.fromkeys(
            rec for target in field.to for rec in self._named(type_named(target), name)
        )
        qualified = _QUALIFIED.fullmatch(name)
        if not found and qualified is not None:
            plain, which = qualified.groups()
            whole = dict.fromkeys(
                rec for target in field.to for rec in self._named(type_named(target), plain)
            )
            return tuple(rec for rec in whole if which in self._marks(rec))
        return tuple(found)

    def _named(self, declared: RecordType, name: str) -> list[Id]:
        here = self._made.get((declared.name, name), [])
        by = [declared.title] if declared.title else []
        by += ["number"] if declared.prefix else []
        by += _OTHER_NAMES.get(declared.name, ())
        for each in by:
            if declared.field(each).is_text and (
                found := self._reader.find(declared.cls, **{each: name})
            ):
                return list(dict.fromkeys([*(record.id for record in found), *here]))
        return here

    def _marks(self, rec: Id) -> set[str]:
        """What may stand in brackets behind a name to tell it from others."""
        if is_pending(rec):
            return set()
        record = self._reader.load_any(rec)
        linked = [
            value
            for field in type_of(record).link_fields
            if not field.managed and isinstance(value := getattr(record, field.name), str) and value
        ]
        names = records.titles(self._reader.database, linked).values()
        return {record.number, *names, getattr(record, "post", "")} - {""}

    def _told_apart(self, rec: Id) -> str:
        if is_pending(rec):
            return self._titles[rec]
        record = self._reader.load_any(rec)
        named = type_of(record).title_of(record)
        marks = sorted(self._marks(rec), key=lambda each: (each != record.number, each))
        return f"{named}（{marks[0]}）" if marks else named


def is_pending(rec: Id) -> bool:
    """Whether this stands for a record that the import would make."""
    return rec.startswith(_PENDING)


def read_cell(
    field: Field, text: str, heading: str, hints: Hints, links: Links,
    words: Mapping[str, str] = NO_WORDS,
) -> Any:  # fmt: skip
    """Return the field's value; InvalidInput names the field and says what to do."""
    try:
        refuse_damaged(text)
        return _typed(field, _their_word(field, text.strip(), words), heading, hints, links)
    except InvalidInput as problem:
        sentence = _("“{field}”：{problem}").format(field=_(field.label), problem=problem.sentence)
        raise InvalidInput(field.name, sentence) from problem


def _their_word(field: Field, text: str, words: Mapping[str, str]) -> str:
    if text in words or OTHERWISE not in words or not unknown_words(field, (text,)):
        return words.get(text, text)
    return words[OTHERWISE]


def _typed(field: Field, text: str, heading: str, hints: Hints, links: Links) -> Any:
    if not text:
        return field.empty
    if field.kind is Kind.DAY:
        return read_sheet_day(text, hints)
    if field.kind is Kind.MOMENT:
        return read_sheet_moment(text, hints)
    if field.kind is Kind.MONEY:
        return read_sheet_fen(text, heading)
    if field.kind is Kind.NUMBER:
        return read_number(text)
    if field.kind is Kind.FLAG:
        return read_flag(text)
    if field.choices is not None:
        return _chosen(field, text, links)
    if field.is_link:
        return _linked(field, text, links)
    if field.sensitive and "*" in text:
        raise InvalidInput(field.name, _("遮盖过的内容不能导入，请填写完整内容，或者留空。"))
    return text


def _chosen(field: Field, text: str, links: Links) -> Any:
    by_label = links.choices(field)
    parts = _split(text) if field.kind is Kind.CHOICES else [text]
    unknown = next((part for part in parts if part not in by_label), None)
    if unknown is not None:
        raise InvalidInput(field.name, _("“{text}”不在可选的范围内。").format(text=unknown))
    chosen = tuple(by_label[part] for part in parts)
    return chosen if field.kind is Kind.CHOICES else chosen[0]


def _linked(field: Field, text: str, links: Links) -> Any:
    """Find the records that a cell names, by number or by name; exactly one each."""
    if field.kind is Kind.LINK:
        return links.find(field, text)
    return tuple(links.find(field, part) for part in _split(text))


def _split(text: str) -> list[str]:
    parts = text.replace("，", "、").replace(", ", "、").split("、")
    return [part.strip() for part in parts if part.strip()]


def titles_for(record: Record, links: Links) -> Mapping[Id, str]:
    """Return the names of everything this record points at."""
    ids: list[Id] = []
    for field in type_of(record).link_fields:
        value = getattr(record, field.name)
        ids += value if isinstance(value, tuple) else [value] if value else []
    return links.titles(ids)
