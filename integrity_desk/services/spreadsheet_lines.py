"""What a spreadsheet would change here, as data: a verdict for every row, a line for every thing.

The verdicts are found by ``spreadsheet_judging``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as member
from functools import cached_property
from typing import Any, TypeAlias

from integrity_desk.domain.fields import Id
from integrity_desk.domain.import_sources import SourceMap
from integrity_desk.domain.records import RecordType
from integrity_desk.domain.sheet_reading import Hints

ADDED, CHANGED, CONFLICT = "added", "changed", "conflict"
REFUSED, PROBLEM, NOTE, SAME = "refused", "problem", "note", "same"

IMPORTED_BY = "ImportRows"
"""The name in the log of the command that brings rows in."""

USUALLY_TAKEN = frozenset({ADDED, CHANGED})
"""What happens without a word from the person; a conflict leaves what stands here."""
CHOOSABLE = USUALLY_TAKEN | {CONFLICT}
"""Kinds of lines that a person decides."""

Place: TypeAlias = tuple[str, int, str]
"""(sheet, row, field name); the field is "" for a whole row."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing to look at: a new row, a changed field, a conflict, a refusal, a problem."""

    kind: str
    sheet: str
    row: int
    column: str = ""
    heading: str = ""
    field: str = ""
    type: str = ""
    id: Id = ""
    title: str = ""
    before: str = ""
    after: str = ""
    sentence: str = ""

    @property
    def place(self) -> Place:
        """By which it is chosen or left out."""
        return self.sheet, self.row, self.field

    @property
    def address(self) -> str:
        """The cell as spreadsheet programs name it, C5; the row alone for a whole row."""
        return f"{self.column}{self.row}" if self.column else str(self.row)


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a person wants of what a spreadsheet would change.

    ``turned`` kinds are answered the other way than usual: new rows or changes left, conflicts
    decided for the file. ``left_out`` and ``accepted`` are places answered one by one; a left out
    place without a field stands for its whole row.
    """

    left_out: frozenset[Place] = frozenset()
    accepted: frozenset[Place] = frozenset()
    turned: frozenset[str] = frozenset()

    def wants(self, line: Line) -> bool:
        """Whether the file's word shall stand here."""
        if line.kind not in CHOOSABLE or (line.sheet, line.row, "") in self.left_out:
            return False
        if line.place in self.accepted:
            return True
        usual = (line.kind in USUALLY_TAKEN) != (line.kind in self.turned)
        return usual and line.place not in self.left_out


@dataclass(kw_only=True)
class Entry:
    """What one row would do; ``values`` are plain, by field."""

    declared: RecordType
    sheet: str
    row: int
    id: Id = ""
    values: dict[str, Any] = member(default_factory=dict)
    companions: dict[str, dict[str, Any]] = member(default_factory=dict)
    lines: list[Line] = member(default_factory=list)
    title: str = ""

    @property
    def kind(self) -> str:
        """The verdict on the row."""
        kinds = {each.kind for each in self.lines}
        order = (PROBLEM, ADDED, CONFLICT, CHANGED, REFUSED)
        return next((each for each in order if each in kinds), SAME)


@dataclass(kw_only=True)
class SheetUnderWay:
    """One table being read: whose rows it holds, and which column means what.

    ``seen`` has the row in which a record was met; ``keyed`` the records by their source number.
    """

    declared: RecordType
    name: str
    columns: Mapping[str, str]
    source: SourceMap
    hints: Hints
    own: bool
    seen: dict[Id, int] = member(default_factory=dict)
    keyed: dict[str, list[Id]] = member(default_factory=dict)

    @cached_property
    def shared(self) -> frozenset[str]:
        """Targets that several headings have in common."""
        named = Counter(self.source.fields.values())
        return frozenset(name for name, count in named.items() if count > 1)


Base: TypeAlias = Mapping[str, Any] | None
"""Field values as exported or last imported; None when that is not known."""
