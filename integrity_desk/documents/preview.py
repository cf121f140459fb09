"""PDF pages as pictures and text, for the preview and for checking what was printed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

PDFIUM = threading.RLock()
"""Held while PDFium works: it serves one thread at a time, and the desk has two lanes."""


class PageImage(NamedTuple):
    """One page as pixels: rows from the top, four bytes a pixel, blue, green, red, unused."""

    width: int
    height: int
    pixels: bytes


def page_count(pdf: bytes) -> int:
    """Return the number of pages."""
    with _opened(pdf) as document:
        return len(document)


def page_image(pdf: bytes, page: int, dpi: float) -> PageImage:
    """Return page ``page`` (from 0) at ``dpi``, on white."""
    with _opened(pdf) as document:
        bitmap = document[page].render(scale=dpi / 72, force_bitmap_format=_bgrx())
        return PageImage(bitmap.width, bitmap.height, bytes(bitmap.buffer))


def page_text(pdf: bytes, page: int) -> str:
    """Return the text of page ``page`` (from 0) in reading order."""
    with _opened(pdf) as document:
        return str(document[page].get_textpage().get_text_range())


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    # lazy: 48 ms, needed only for the preview
    import pypdfium2  # noqa: PLC0415

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def _bgrx() -> int:
    # lazy: 48 ms, needed only for the preview
    from pypdfium2 import raw  # noqa: PLC0415

    return int(raw.FPDFBitmap_BGRx)
