"""Pages made elsewhere, put into the boxes that a finished PDF keeps free for them.

Outline, page numbers and metadata are the finished PDF's own; PDFium adds the content. The
objects of a file (its fonts, its pictures) come along once, not once a page; a JPEG goes in
byte for byte. Equal content gives equal bytes.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, BinaryIO

import pypdfium2
from pypdfium2 import PdfMatrix, raw

from integrity_desk.documents.preview import PDFIUM

Content = Callable[[], BinaryIO]
Step = Callable[[], None]
"""Called after each file; may raise Cancelled."""


@dataclass(frozen=True, kw_only=True)
class Box:
    """Where on a page a content is centred, as large as fits; points, from the lower left."""

    page: int
    """From 0."""
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Pages:
    """Pages of a PDF from ``first`` on, one to a box; they are made smaller, never larger."""

    content: Content
    boxes: tuple[Box, ...]
    first: int = 0


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A JPEG, to be turned as its Exif ``orientation`` says; the box has its proportions."""

    content: Content
    box: Box
    orientation: int = 1


def filled(pdf: bytes, contents: Sequence[Pages | Picture], step: Step) -> bytes:
    """Return ``pdf`` with the contents in their boxes."""
    with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document:
        for each in contents:
            if isinstance(each, Pages):
                _add_pages(document, each)
            else:
                _add_picture(document, each)
            step()
        kept = io.BytesIO()
        document.save(kept)
    return _with_lasting_id(kept)


def _add_pages(document: Any, pages: Pages) -> None:
    """Take pages over as forms, two to a sheet of no matter, and move each into its box."""
    with pages.content() as file, closing(pypdfium2.PdfDocument(file)) as source:
        wanted = range(pages.first, pages.first + len(pages.boxes))
        turns = {at: _made_plain(source, at) for at in wanted}
        if len(wanted) < len(source):
            for at in reversed(range(len(source))):
                if at not in turns:
                    source.del_page(at)
        own = len(document)
        made = raw.FPDF_ImportNPagesToOne(source, *_SHEET, 1, 2)
        with closing(pypdfium2.PdfDocument(made)) as sheets:
            document.import_pages(sheets)
        left = [*zip(turns.values(), pages.boxes, strict=True)]
        while len(document) > own:
            _move_forms(document, own, left)
            document.del_page(own)


def _made_plain(source: Any, at: int) -> tuple[float, float, int]:
    """Draw annotations into the page and unturn it; return (width, height, turn) of then."""
    page = source[at]
    turn = page.get_rotation()
    if turn:
        page.set_rotation(0)
    raw.FPDFPage_Flatten(page, raw.FLAT_PRINT)
    width, height = page.get_size()
    page.close()
    return width, height, turn


def _move_forms(document: Any, sheet_at: int, left: list[Any]) -> None:
    sheet = document[sheet_at]
    for form in list(sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_FORM], max_depth=1)):
        (width, height, turn), box = left.pop(0)
        sheet.remove_obj(form)
        form.set_matrix(_fitted(width, height, turn, box))
        _put(document, form, box.page)
    sheet.close()


def _put(document: Any, made: Any, at: int) -> None:
    page = document[at]
    page.insert_obj(made)
    page.gen_content()
    page.close()


def _fitted(width: float, height: float, turn: int, box: Box) -> PdfMatrix:
    """Turn clockwise, make smaller if need be, and centre in the box."""
    turned = {
        0: PdfMatrix(),
        90: PdfMatrix(0, -1, 1, 0, 0, width),
        180: PdfMatrix(-1, 0, 0, -1, width, height),
        270: PdfMatrix(0, 1, -1, 0, height, 0),
    }[turn]
    if turn in (90, 270):
        width, height = height, width
    scale = min(1.0, box.width / width, box.height / height)
    x = box.x + (box.width - width * scale) / 2
    y = box.y + (box.height - height * scale) / 2
    return turned.scale(scale, scale).translate(x, y)


def _add_picture(document: Any, picture: Picture) -> None:
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(picture.content(), autoclose=True)
    x, y, width, height = picture.box.x, picture.box.y, picture.box.width, picture.box.height
    a, b, c, d = _TURNS[picture.orientation]
    matrix = PdfMatrix(
        a * width, b * height, c * width, d * height,
        x + width * ((a < 0) + (c < 0)), y + height * ((b < 0) + (d < 0)),
    )  # fmt: skip
    image.set_matrix(matrix)
    _put(document, image, picture.box.page)


def _with_lasting_id(kept: io.BytesIO) -> bytes:
    """Replace the identifier that PDFium makes up anew at each saving by one of the content."""
    view = kept.getbuffer()
    begin = max(0, len(view) - _TRAILER)
    found = _ID.search(bytes(view[begin:]))
    if found is not None:
        first, last = (begin + place for place in found.span(1))
        view[first:last] = b"0" * (last - first)
        digest = hashlib.sha256(view).hexdigest().upper().encode()
        view[first:last] = digest[: last - first]
    view.release()
    return kept.getvalue()


_SHEET = (600.0, 1200.0)
"""Any size: the forms are taken off it again."""
_TRAILER = 2048
_ID = re.compile(rb"/ID\s*\[\s*<[0-9A-Fa-f]*>\s*<([0-9A-Fa-f]*)>")
_TURNS = {
    1: (1, 0, 0, 1), 2: (-1, 0, 0, 1), 3: (-1, 0, 0, -1), 4: (1, 0, 0, -1),
    5: (0, -1, -1, 0), 6: (0, -1, 1, 0), 7: (0, 1, 1, 0), 8: (0, 1, -1, 0),
}  # fmt: skip
"""Exif orientation -> the turn of the unit square that sets the picture upright."""
