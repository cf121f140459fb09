"""The sign-in sheet of a training session on paper: whom it expects, and room for signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from integrity_desk.domain.display import words
from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import type_of
from integrity_desk.domain.reports import Lines, Report, Section, Table
from integrity_desk.domain.sheets import Align, Column, Row
from integrity_desk.domain.training import Presence, Training
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.credit_reports import issuer_of
from integrity_desk.services.training import AttendanceLine, ShowAttendance, show_attendance
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _, in_chinese

_TOLD = ("held_on", "place", "organiser_id", "teacher", "hours")
_ROOM = "　\n　"
"""Two lines' height to sign on."""
_SPARE_ROWS = 8
"""Empty lines for those who come and are not expected."""


@dataclass(frozen=True, kw_only=True)
class DrawSignInSheet(Question[bytes]):
    """The sheet as a PDF; who is known to be on leave or absent is told on it."""

    permission: ClassVar[str] = "print"
    training_id: Id
    bundled_fonts: bool = False


@answers(DrawSignInSheet)
def draw_sign_in_sheet(question: DrawSignInSheet, reader: Reader) -> bytes:
    """Read the list, write it as a report, draw it."""
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415  (lazy: reportlab)
    from integrity_desk.documents.reports import render_report  # noqa: PLC0415

    with in_chinese():
        report = sign_in_sheet(question.training_id, reader)
        return render_report(report, Fonts(bundled_only=question.bundled_fonts))


def sign_in_sheet(training_id: Id, reader: Reader) -> Report:
    """Return the sheet as a report, in the language in force."""
    session = reader.load(Training, training_id)
    lines = show_attendance(ShowAttendance(training_id=training_id), reader)
    return Report(
        title=_("{topic}签到表").format(topic=session.topic),
        subtitle="",
        number=session.number,
        author=issuer_of(reader),
        made_on=reader.today,
        sections=(Section(blocks=(_session(session, reader), _list(lines))),),
    )


def _session(session: Training, reader: Reader) -> Lines:
    declared = type_of(session)
    titles = records.titles(reader.database, (session.organiser_id,))
    shown = ((declared.field(name), getattr(session, name)) for name in _TOLD)
    return Lines(
        items=tuple((_(field.label), words(field, value, titles)) for field, value in shown)
    )


def _list(lines: Sequence[AttendanceLine]) -> Table:
    columns = (
        Column(heading=_("序号"), width=1.2, align=Align.CENTER),
        Column(heading=_("姓名"), width=2.6, align=Align.CENTER),
        Column(heading=_("单位"), width=5.4),
        Column(heading=_("签名"), width=3.6, align=Align.CENTER),
        Column(heading=_("备注"), width=2.6, align=Align.CENTER),
    )
    known = [(line.name, line.unit, _ROOM, _note(line)) for line in lines]
    empty = [("", "", _ROOM, "")] * _SPARE_ROWS
    return Table(
        columns=columns,
        rows=tuple(
            Row(cells=(str(at), *cells), place=cells[0])
            for at, cells in enumerate((*known, *empty), start=1)
        ),
    )


def _note(line: AttendanceLine) -> str:
    away = line.presence in (Presence.LEAVE, Presence.ABSENT)
    return _(line.presence.label) if away else ""
