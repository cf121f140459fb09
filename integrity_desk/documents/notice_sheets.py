"""Notices on paper: the same words on official A4 and on a poster (A3, or two A4 to join)."""

from __future__ import annotations

from collections.abc import Iterator

from integrity_desk.documents import notice_a3, notice_a4
from integrity_desk.documents.fonts import Fonts
from integrity_desk.domain.sheets import NoticeSheet, Paper
from integrity_desk.wording import _


def render_notice(sheet: NoticeSheet, paper: Paper, fonts: Fonts) -> bytes:
    """Return the notice as a PDF; MissingCharacter names the place of a character without glyph."""
    fonts.check(_texts(sheet))
    if paper is not Paper.A4:
        return notice_a3.render(sheet, fonts, tiled=paper is Paper.TWO_A4)
    return notice_a4.render(sheet, fonts)


def _texts(sheet: NoticeSheet) -> Iterator[tuple[str, str]]:
    yield _("公示类别"), sheet.kind
    yield _("编号"), sheet.number
    yield _("发布单位"), sheet.issuer
    yield _("标题"), sheet.title
    yield from ((_("正文"), text) for text in sheet.lead)
    yield _("公示地点"), sheet.place
    yield _("联系人"), sheet.contact
    yield _("电话"), sheet.phone
    yield _("结语"), sheet.closing
    yield from ((_("不予公开的依据"), text) for text in sheet.withheld)
    for column in sheet.columns:
        yield _("表头"), column.heading
    for at, row in enumerate(sheet.rows, start=1):
        place = row.place or _("第{number}行").format(number=at)
        for column, cell in zip(sheet.columns, row.cells, strict=True):
            yield f"{place}“{column.heading}”", cell
