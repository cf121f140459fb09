"""Printed registers (台账): any number of rows on landscape A4, streamed as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from integrity_desk.documents.fonts import Fonts, Role
from integrity_desk.documents.page import (
    A4_LANDSCAPE,
    MM,
    Flow,
    PdfFile,
    total_wording,
)
from integrity_desk.documents.pens import GREY
from integrity_desk.documents.tables import Table, TableStyle
from integrity_desk.domain.sheets import Column
from integrity_desk.wording import _

Progress = Callable[[int], None]
"""Called with the number of rows done so far; may raise Cancelled."""


def render_register(
    *,
    title: str,
    subtitle: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    made_on: date,
    fonts: Fonts,
    author: str = "",
    footer: str = "",
    named_by: int | None = None,
    progress: Progress | None = None,
) -> bytes:
    """Return the register as a PDF; MissingCharacter names the row and the column.

    ``footer`` stands at the foot of every page (e.g. who printed it); ``named_by`` is the place
    of the cell by which people know a row, its number otherwise; ``progress`` is called every
    200 rows and once at the end.
    """
    pdf = PdfFile(
        fonts, title=title, subject=subtitle, author=author, made_on=made_on, size=A4_LANDSCAPE
    )
    fonts.check([(_("标题"), title), (_("副标题"), subtitle), (_("页脚"), footer)])
    fonts.check((_("表头"), column.heading) for column in columns)
    flow = Flow(
        pdf, x=_MARGIN, width=pdf.width - 2 * _MARGIN, top=pdf.height - _MARGIN,
        bottom=_MARGIN + 8 * MM, furnish=lambda: _furnish(pdf, footer),
    )  # fmt: skip
    _write_heading(flow, title, subtitle)
    done = _write_rows(Table(flow, columns, _STYLE), rows, named_by, progress)
    if progress is not None:
        progress(done)
    pdf.end_page()
    return pdf.to_bytes()


def write_register(
    target: Path,
    *,
    title: str,
    subtitle: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    made_on: date,
    fonts: Fonts,
    author: str = "",
    footer: str = "",
    progress: Progress | None = None,
) -> None:
    """Write ``render_register``'s PDF to ``target``; nothing is written when it fails."""
    content = render_register(
        title=title, subtitle=subtitle, columns=columns, rows=rows, made_on=made_on,
        fonts=fonts, author=author, footer=footer, progress=progress,
    )  # fmt: skip
    target.write_bytes(content)


_MARGIN = 15 * MM
_STYLE = TableStyle(size=9, leading=12.5, padding=3.5)
_PROGRESS_EVERY = 200


def _write_heading(flow: Flow, title: str, subtitle: str) -> None:
    pdf = flow.pdf
    pdf.bookmark(title)
    pdf.write(pdf.pen(Role.TITLE, 20).centred(pdf.width / 2, flow.y - 20, title))
    pdf.write(pdf.pen(Role.BODY, 10).text(flow.x, flow.y - 42, subtitle))
    flow.y -= 52


def _write_rows(
    table: Table,
    rows: Iterable[Sequence[str]],
    named_by: int | None,
    progress: Progress | None,
) -> int:
    done = 0
    for done, cells in enumerate(rows, start=1):
        name = cells[named_by] if named_by is not None else ""
        table.add(cells, name or _("第{number}行").format(number=done))
        if progress is not None and done % _PROGRESS_EVERY == 0:
            progress(done)
    table.close()
    return done


def _furnish(pdf: PdfFile, footer: str) -> None:
    y = _MARGIN
    pen = pdf.pen(Role.BODY, 9)
    page = _("第{page}页").format(page=pdf.page_number) + "　"
    pdf.write(pdf.pen(Role.BODY, 8, GREY).text(_MARGIN, y, footer))
    pdf.write(pen.right(pdf.width / 2, y, page))
    pdf.total_pages(pen, pdf.width / 2, y, total_wording)
