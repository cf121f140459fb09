"""One row of a spreadsheet held against the store and the rules.

What the row says is compared with what was exported or imported then (the base) and with what
stands here now: three voices, so that only what the file changed counts as a change, and what
both changed is a conflict for the person to decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Protocol

from integrity_desk.domain.display import words
from integrity_desk.domain.fields import Field, Id, Kind
from integrity_desk.domain.import_sources import targets_of
from integrity_desk.domain.plain import from_plain, to_plain
from integrity_desk.domain.privacy import mask
from integrity_desk.domain.records import Record, RecordType, parts_of, with_values
from integrity_desk.domain.steps import check, derived, require
from integrity_desk.errors import DeskError, InvalidInput
from integrity_desk.services.guarding import guard
from integrity_desk.services.records import (
    amended,
    check_links,
    fresh_record,
    refuse_untimely,
    require_amendable,
)
from integrity_desk.services.spreadsheet_cells import Links, is_pending, read_cell, titles_for
from integrity_desk.services.spreadsheet_layout import cell_words, columns
from integrity_desk.services.spreadsheet_lines import (
    ADDED,
    CHANGED,
    CONFLICT,
    NOTE,
    PROBLEM,
    REFUSED,
    Base,
    Entry,
    Line,
    SheetUnderWay,
)
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _

_MOST_TOLD = 8
"""So many fields of a new row are told in its line."""


class Reading(Protocol):
    """What the rows of one file share."""

    links: Links
    reader: Reader
    passed_over: Counter[str]
    judges_new: bool


class Judgement:
    """One row held against the store."""

    def __init__(
        self, sheet: SheetUnderWay, entry: Entry, cells: Mapping[str, str], plan: Reading
    ) -> None:
        self.sheet = sheet
        self.entry = entry
        self.cells = cells
        self.declared = sheet.declared
        self.links = plan.links
        self._plan = plan
        self._reader = plan.reader
        self._places: dict[str, str] = {}
        self._texts: dict[str, tuple[str, str]] | None = None

    def as_new(self) -> None:
        """Read every cell, then hold the whole against the rules of entry."""
        self.entry.title, _heading = self.texts().get(self.declared.title, ("", ""))
        values = self._values(defaults=True)
        if self._wrong:
            return
        self.entry.values = _plain(self.declared, values)
        self.entry.title = str(values.get(self.declared.title) or "")
        if self._plan.judges_new:
            try:
                self._check_new(values)
            except DeskError as problem:
                self.say(PROBLEM, getattr(problem, "field", ""), problem.sentence)
                return
        self.entry.companions = self._companions()
        if not self._wrong:
            self.say(ADDED, "", "", after=self._told(values) if self._plan.judges_new else "")

    def _told(self, values: Mapping[str, Any]) -> str:
        """What the new record would say, as it was understood; the title stands beside it."""
        said = []
        for name in [each for each in values if each != self.declared.title][:_MOST_TOLD]:
            field, text = self.declared.field(name), self.texts().get(name, ("", ""))[0]
            understood = text if field.is_link else words(field, values[name], {}, masked=True)
            said.append(_("{field}：{words}").format(field=_(field.label), words=understood))
        return _("；").join(said)

    def as_known(self, record: Record, base: Base) -> None:
        """Find what the file changed; what this person may not change is refused."""
        self.entry.id = record.id
        self.entry.title = self.declared.title_of(record)
        marked = self.sheet.own
        found = self._changed_cells(record, base) if marked else self._changed_list(record, base)
        if self._wrong or not found:
            return
        try:
            require_amendable(record, self._reader)
        except DeskError as refusal:
            for name, (value, _kind) in found.items():
                self._change(REFUSED, record, name, value, refusal.sentence)
            return
        self._hold_against_rules(record, found)

    # What stands in the cells

    @property
    def _wrong(self) -> bool:
        return any(each.kind == PROBLEM for each in self.entry.lines)

    def _values(self, *, defaults: bool) -> dict[str, Any]:
        """Return the values of the fields of entry; problems become lines."""
        declared, texts = self.declared, self.texts()
        entry_names = {each.name for each in declared.entry_fields}
        values: dict[str, Any] = {}
        for name, (text, heading) in texts.items():
            if name not in entry_names:
                if "." not in name and not declared.field(name).managed:
                    self._plan.passed_over[heading] += 1
                continue
            self._read_into(values, declared.field(name), text, heading)
        for name, text in self.sheet.source.defaults.items() if defaults else ():
            if name not in values and name in entry_names:
                self._read_into(values, declared.field(name), text, "")
        for field in declared.entry_fields if defaults else ():
            if field.required and field.name not in texts and values.get(field.name) is None:
                self._require(field)
        order = [each.name for each in declared.fields]
        self.entry.lines.sort(
            key=lambda line: order.index(line.field) if line.field in order else 0
        )
        return values

    def texts(self) -> dict[str, tuple[str, str]]:
        """Return target -> (text, heading) of filled cells; shared long texts get a line each."""
        if self._texts is None:
            self._texts = self._read_texts()
        return self._texts

    def _read_texts(self) -> dict[str, tuple[str, str]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for heading, name in self.sheet.source.fields.items():
            text = self.cells.get(heading, "")
            if name and text:
                self._places.setdefault(name, heading)
                found.setdefault(name, []).append((text, heading))
        return {
            name: (
                _("\n").join(f"{heading}：{text}" for text, heading in some)
                if name in self.sheet.shared and self._is_long(name)
                else some[0][0],
                some[0][1],
            )
            for name, some in found.items()
        }

    def _is_long(self, name: str) -> bool:
        return self.declared.has(name) and self.declared.field(name).kind is Kind.LONG_TEXT

    def _read_into(
        self, values: dict[str, Any], field: Field, text: str, heading: str, prefix: str = ""
    ) -> None:
        sheet = self.sheet
        try:
            values[field.name] = read_cell(
                field, text, heading, sheet.hints, self.links,
                sheet.source.words.get(f"{prefix}{field.name}", {}),
            )  # fmt: skip
        except InvalidInput as problem:
            values[field.name] = field.empty
            self.say(PROBLEM, f"{prefix}{field.name}", problem.sentence)

    def _require(self, field: Field) -> None:
        try:
            require(self.declared.blank, (field.name,))
        except InvalidInput as problem:
            self.say(PROBLEM, field.name, problem.sentence)

    def _companions(self) -> dict[str, dict[str, Any]]:
        """Return what belongs to who complained, kept apart from the complaint from here on."""
        found: dict[str, dict[str, Any]] = {}
        for part in parts_of(self.declared.name):
            typed: dict[str, Any] = {}
            for target, (text, heading) in self.texts().items():
                owner, _dot, name = target.partition(".")
                if owner == part.name and name:
                    self._read_into(typed, part.field(name), text, heading, f"{part.name}.")
            if typed:
                found[part.name] = self._whole_companion(part, typed)
        return found

    def _whole_companion(self, part: RecordType, typed: dict[str, Any]) -> dict[str, Any]:
        plain = _plain(part, typed)
        if part.has("kind") and not plain.get("kind"):
            plain["kind"] = "named" if plain.get("name") else "anonymous"
        try:
            check(with_values(part.blank, {f"{self.declared.name}_id": "-", **_typed(part, plain)}))
        except InvalidInput as problem:
            self.say(PROBLEM, f"{part.name}.{problem.field}", problem.sentence)
        return plain

    # What changed

    def _changed_cells(self, record: Record, base: Base) -> dict[str, tuple[Any, str]]:
        """Compare as texts first, so that nothing untouched is ever read; then as values."""
        found: dict[str, tuple[Any, str]] = {}
        for field in columns(self.declared):
            heading = next((h for h in _heads(field) if h in self.cells), None)
            if heading is None:
                continue
            self._places[field.name] = heading
            text = self.cells[heading]
            if self._says_nothing_new(field, text, record, base):
                continue
            if field.managed:
                self._change(NOTE, record, field.name, text, _("该列由程序管理，改动不予采用。"))
                continue
            values: dict[str, Any] = {}
            self._read_into(values, field, text, heading)
            self._weigh(found, record, base, field, values[field.name])
        return found

    def _changed_list(self, record: Record, base: Base) -> dict[str, tuple[Any, str]]:
        """Compare what another office's list says now with what it said at the last import."""
        found: dict[str, tuple[Any, str]] = {}
        for name, value in self._values(defaults=False).items():
            field = self.declared.field(name)
            before = base if base is not None else record.__dict__
            if value == field.empty or (name in before and value == before[name]):
                continue
            known = {**before, name: before.get(name, field.empty)}
            self._weigh(found, record, known, field, value)
        return found

    def _weigh(
        self,
        found: dict[str, tuple[Any, str]],
        record: Record,
        base: Base,
        field: Field,
        value: Any,
    ) -> None:
        now = getattr(record, field.name)
        then = base[field.name] if base is not None else field.empty
        if value != now and (base is None or value != then):
            found[field.name] = value, CHANGED if now == then else CONFLICT

    def _says_nothing_new(self, field: Field, text: str, record: Record, base: Base) -> bool:
        if base is None and not text:
            return True
        for values in (base, record.__dict__) if base is not None else (record.__dict__,):
            value = values[field.name]
            titles = self.links.titles(list(_ids(field, value)))
            said = {
                cell_words(self.declared, field, value, titles, masked=each)
                for each in (True, False)
            }
            if text in said or (field.sensitive and value and text == mask(field.kind, value)):
                return True
            if base is not None and "*" not in text:
                break  # what stands here now is a third voice, not the file's
        return False

    def _hold_against_rules(self, record: Record, found: dict[str, tuple[Any, str]]) -> None:
        timely = {}
        for name, (value, kind) in found.items():
            try:
                refuse_untimely(record, {name: value})
            except InvalidInput as refusal:
                self._change(REFUSED, record, name, value, refusal.sentence)
                continue
            timely[name] = value, kind
        plain = {name: to_plain(self.declared.field(name), v) for name, (v, _k) in timely.items()}
        settled = {
            name: value
            for name, value in plain.items()
            if timely[name][1] == CHANGED and not _waits(value)
        }
        try:
            amended(record, settled, self._reader)
        except DeskError as problem:
            self.say(PROBLEM, getattr(problem, "field", ""), problem.sentence)
            return
        self.entry.values = plain
        for name, (value, kind) in timely.items():
            self._change(kind, record, name, value)

    def _check_new(self, values: dict[str, Any]) -> None:
        record = fresh_record(self.declared.name, self.entry.values)
        check(record)
        if not any(_waits(value) for value in values.values()):
            check_links(record, self._reader)
            guard(None, record, self._reader)
        derived(record, self._reader.rules)

    # What is told

    def _change(self, kind: str, record: Record, name: str, value: Any, sentence: str = "") -> None:
        field = self.declared.field(name)
        titles = titles_for(record, self.links)
        before = cell_words(self.declared, field, getattr(record, name), titles, masked=True)
        after = value
        if kind != NOTE:
            names = self.links.titles(list(_ids(field, value)))
            after = words(field, value, names)
        self.say(kind, name, sentence, before=before, after=after)

    def say(
        self, kind: str, name: str, sentence: str, *, before: str = "", after: str = ""
    ) -> None:
        """Add a line about one cell, or about the row as a whole when ``name`` is ""."""
        entry, heading = self.entry, self._places.get(name, "")
        if not heading and name:
            heading = next((h for h, each in self.sheet.source.fields.items() if each == name), "")
        self.entry.lines.append(
            Line(
                kind=kind,
                sheet=entry.sheet,
                row=entry.row,
                field=name,
                type=self.declared.name,
                column=self.sheet.columns.get(heading, ""),
                id=entry.id,
                title=entry.title,
                heading=heading or _label(self.declared, name),
                sentence=sentence,
                before=before,
                after=after,
            )
        )


def _label(declared: RecordType, name: str) -> str:
    if not name:
        return ""
    found = targets_of(declared).get(name)
    if found is None and declared.has(name):
        found = declared.field(name)
    return _(found.label) if found is not None else ""


def _heads(field: Field) -> tuple[str, str]:
    return _(field.label), field.label


def _ids(field: Field, value: Any) -> tuple[Id, ...]:
    if not field.is_link or not value:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _waits(value: Any) -> bool:
    """Whether a link points at a row of the same file that is not yet entered."""
    some = value if isinstance(value, tuple | list) else (value,)
    return any(isinstance(each, str) and is_pending(each) for each in some)


def _plain(declared: RecordType, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: to_plain(declared.field(name), value) for name, value in values.items()}


def _typed(declared: RecordType, plain: Mapping[str, Any]) -> dict[str, Any]:
    return {name: from_plain(declared.field(name), value) for name, value in plain.items()}
