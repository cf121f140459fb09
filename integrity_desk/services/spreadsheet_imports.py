"""Spreadsheets taken in: looked at first, then what the person chose in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import ClassVar

from integrity_desk.domain.fields import Id
from integrity_desk.domain.import_sources import SourceMap
from integrity_desk.errors import DeskError, InvalidInput, MediaUnavailable
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.import_sources import remember, source_of
from integrity_desk.services.records import (
    amended,
    enter_record,
    require_amendable,
    write_companions,
)
from integrity_desk.services.spreadsheet_layout import register
from integrity_desk.services.spreadsheet_lines import (
    ADDED,
    CHANGED,
    PROBLEM,
    SAME,
    Choices,
    Entry,
    Line,
)
from integrity_desk.services.spreadsheet_plan import Plan
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _

MOST_LINES = 1_000
"""So many lines of each kind are shown; the rest is counted and stands in the report."""

_SETTLE_EVERY = 1_000


@dataclass(frozen=True, kw_only=True)
class CheckImport(Question["ImportPreview"]):
    """What importing a spreadsheet would do; nothing is written.

    ``source`` says how its columns are meant; None finds a remembered one, or our own words.
    With ``report`` a copy of the file is written there, each problem as a comment on its cell.
    """

    permission: ClassVar[str] = "edit"
    type: str
    path: Path
    source: SourceMap | None = None
    report: Path | None = None


@dataclass(frozen=True, kw_only=True)
class ImportRows(Command["Imported"]):
    """Enter and amend what a spreadsheet says. Any problem refuses it whole.

    With ``only_sound`` rows with problems are passed over instead. ``choices`` are what the person
    decided of the preview; ``digest`` is the preview's, so that a file changed since is not taken
    unseen.
    """

    type: str
    path: Path
    source: SourceMap | None = None
    only_sound: bool = False
    choices: Choices = Choices()
    digest: str = ""


@dataclass(frozen=True, kw_only=True)
class ImportPreview:
    """What a dry run found.

    ``counts`` are rows by verdict, ``found`` lines by kind; ``lines`` what there is to look at, at
    most ``MOST_LINES`` of a kind, ``more`` how many further. ``ignored`` headings match no field;
    ``passed_over`` counts cells of new rows that wait for a later step.
    """

    rows: int
    counts: Mapping[str, int]
    found: Mapping[str, int]
    lines: tuple[Line, ...]
    more: int
    ignored: tuple[str, ...]
    passed_over: Mapping[str, int]
    digest: str
    source: SourceMap | None

    @property
    def problems(self) -> tuple[Line, ...]:
        """The lines that keep their rows out."""
        return tuple(each for each in self.lines if each.kind == PROBLEM)


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did: rows entered, records amended, rows with problems passed over."""

    added: int = 0
    changed: int = 0
    passed_over: int = 0


@answers(CheckImport)
def check_import(question: CheckImport, reader: Reader) -> ImportPreview:
    """Judge every row as if it were taken in."""
    declared = register(question.type)
    source = source_of(declared, question.path, question.source, reader)
    plan = Plan(declared, question.path, source, reader)
    tally = _Tally()
    for entry in plan.entries():
        tally.add(entry)
        if entry.kind == ADDED:
            plan.learn(entry)
        reader.progress.step(tally.rows, 0, _("核对"))
    if question.report is not None:
        _write_report(question, tally)
    return ImportPreview(
        rows=tally.rows, counts=dict(tally.counts), found=dict(tally.found),
        lines=tuple(tally.lines), more=tally.more,
        ignored=plan.ignored, passed_over=dict(plan.passed_over), digest=_digest(question.path),
        source=source,
    )  # fmt: skip


@performs(ImportRows)
def import_rows(command: ImportRows, work: UnitOfWork) -> Imported:
    """Take row after row; the first problem rolls everything back and names its row."""
    declared = register(command.type)
    if command.digest and command.digest != _digest(command.path):
        raise InvalidInput("", _("表格在核对之后又改过，请重新核对。没有导入任何内容。"))
    source = source_of(declared, command.path, command.source, work)
    plan = Plan(declared, command.path, source, work, judges_new=command.only_sound)
    done: Counter[str] = Counter()
    for rows, entry in enumerate(plan.entries(), start=1):
        done[_take(entry, command, plan, work)] += 1
        work.progress.step(rows, 0, _("导入"))
        if rows % _SETTLE_EVERY == 0:
            work.settle()
    if source is not None and source.name:
        remember(source, declared, command.path, work)
    return Imported(added=done[ADDED], changed=done[CHANGED], passed_over=done[PROBLEM])


def _take(entry: Entry, command: ImportRows, plan: Plan, work: UnitOfWork) -> str:
    """Carry out what was chosen of one row; return what became of it."""
    problem = next((each for each in entry.lines if each.kind == PROBLEM), None)
    if problem is not None:
        if command.only_sound:
            return PROBLEM
        raise _refused(entry, InvalidInput(problem.field, problem.sentence))
    if entry.kind == ADDED:
        if not command.choices.wants(entry.lines[0]):
            return SAME
        plan.learn(entry, _enter(entry, work))
        return ADDED
    values = _chosen(entry, command.choices)
    return CHANGED if values and _amend(entry, values, work) else SAME


def _enter(entry: Entry, work: UnitOfWork) -> Id:
    try:
        record = enter_record(entry.declared.name, entry.values, work)
        write_companions(record, entry.companions, work)
    except DeskError as problem:
        raise _refused(entry, problem) from problem
    return record.id


def _amend(entry: Entry, values: Mapping[str, object], work: UnitOfWork) -> bool:
    record = work.load(entry.declared.cls, entry.id)
    require_amendable(record, work)
    try:
        changed = amended(record, values, work)
    except DeskError as problem:
        raise _refused(entry, problem) from problem
    work.save(changed)
    return changed != record


def _chosen(entry: Entry, choices: Choices) -> dict[str, object]:
    """Return the changes that were not left out, and the conflicts that were decided for."""
    wanted = {line.field for line in entry.lines if choices.wants(line)}
    return {name: value for name, value in entry.values.items() if name in wanted}


def _refused(entry: Entry, problem: DeskError) -> InvalidInput:
    return InvalidInput(
        getattr(problem, "field", ""),
        _("第{row}行：{problem}没有导入任何内容，请改正后重新导入。").format(
            row=entry.row, problem=problem.sentence
        ),
    )


@dataclass
class _Tally:
    """Counts rows and keeps the first lines of each kind, so that memory does not grow."""

    rows: int = 0
    more: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    lines: list[Line] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        self.rows += 1
        self.counts[entry.kind] += 1
        for line in entry.lines:
            self.found[line.kind] += 1
            if self.found[line.kind] <= MOST_LINES:
                self.lines.append(line)
            else:
                self.more += 1


def _write_report(question: CheckImport, tally: _Tally) -> None:
    from integrity_desk.documents.spreadsheet_comments import (  # noqa: PLC0415  (lazy: openpyxl)
        Remark,
        write_commented,
    )

    assert question.report is not None
    remarks = [
        Remark(sheet=each.sheet, row=each.row, column=each.column, text=each.sentence)
        for each in tally.lines
        if each.sentence
    ]
    write_commented(question.path, question.report, remarks)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise MediaUnavailable(
            _("文件“{name}”无法读取，请确认它还在原处，并且没有被其他程序占用。").format(
                name=path.name
            )
        ) from error
