"""What of an attached file can be set on pages: PDF page by page, JPEG and PNG as pictures.

Files are known by their first bytes, not by their names. What cannot be shown is never left out
silently: ``Inside.why`` is the sentence for its divider.
"""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from typing import Any, BinaryIO

import pypdfium2
from PIL import Image, ImageOps
from pypdfium2 import raw

from integrity_desk.documents.preview import PDFIUM
from integrity_desk.errors import NotFound
from integrity_desk.wording import N_, _


class Form(Enum):
    """How a content gets on pages."""

    NOT = "not"
    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"


@dataclass(frozen=True, kw_only=True)
class Inside:
    """What is in a file: (width, height) of each page or of the picture, upright; or why not.

    Pages are measured in points, pictures in pixels.
    """

    form: Form = Form.NOT
    sizes: tuple[tuple[float, float], ...] = ()
    orientation: int = 1
    """How a picture is to be turned (Exif 2.3, tag 274)."""
    why: str = ""


def look_into(content: Callable[[], BinaryIO], sha256: str) -> Inside:
    """Return what of a file can be shown; its bytes must still be those of that digest."""
    try:
        file = content()
    except NotFound:
        return Inside(why=_(_ABSENT))
    with file:
        if _digest(file) != sha256:
            return Inside(why=_(_CHANGED))
        file.seek(0)
        head = file.read(_HEAD)
        file.seek(0)
        if b"%PDF-" in head:
            return _pages(file)
        if head.startswith((_JPEG, _PNG)):
            return _picture(file)
    return Inside(why=_(_FOREIGN))


def pages_named(content: Callable[[], BinaryIO], name: str, pages: int) -> range:
    """Return the pages of an outline entry, up to the next; all of them if there is none."""
    with PDFIUM, content() as file, closing(pypdfium2.PdfDocument(file)) as document:
        entries = [(each.get_title(), each.get_dest()) for each in document.get_toc(max_depth=1)]
        places = [(title, dest.get_index()) for title, dest in entries if dest is not None]
    first = next((at for title, at in places if title == name), 0)
    following = [at for _title, at in places if at > first]
    return range(first, min(following, default=pages) if places else pages)


def upright_png(content: Callable[[], BinaryIO]) -> bytes:
    """Return a picture turned upright, on white, in no more pixels than paper shows."""
    with content() as file, Image.open(file) as opened:
        image = ImageOps.exif_transpose(opened)
        if image.mode not in ("L", "RGB"):
            clear = image.convert("RGBA")
            white = Image.new("RGBA", clear.size, "white")
            image = Image.alpha_composite(white, clear).convert("RGB")
        image.thumbnail(_MOST_SHOWN)
        kept = io.BytesIO()
        image.save(kept, "PNG")
    return kept.getvalue()


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while part := file.read(_PART_BYTES):
        digest.update(part)
    return digest.hexdigest()


_PART_BYTES = 1 << 20
_HEAD = 1024
"""The mark of a PDF may stand anywhere in so many bytes (ISO 32000-1, Annex H)."""
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_MOST_PIXELS = 100_000_000
_MOST_SHOWN = (3508, 3508)
"""300 dots an inch along the longer side of A4."""
_QUICK = 8
"""A JPEG is tried at an eighth of its size: all of it is read, little is kept."""

_ABSENT = N_("附件内容不在本机（由其他登记点登记，内容尚未收到），未能并入本卷。")
_CHANGED = N_("附件内容与登记时的摘要不符，可能已经损坏，未并入本卷。请恢复备份或重新添加。")
_FOREIGN = N_("这类文件不能按页并入，请查阅电子附件；需要装订的，请另行打印附后。")
_LOCKED = N_("文件设有打开密码，未能并入本卷。请查阅电子附件，或去掉密码后重新添加。")
_DAMAGED = N_("文件已经损坏，读不出内容，未能并入本卷。")
_DAMAGED_PAGE = N_("文件第{page}页已经损坏，读不出内容，未能并入本卷。")
_HUGE = N_("图片超过一亿像素，未能并入本卷，请查阅电子附件。")

_UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, struct.error)
"""What the decoders of pictures raise for damaged ones."""


def _pages(file: BinaryIO) -> Inside:
    with PDFIUM:
        try:
            with closing(pypdfium2.PdfDocument(file)) as document:
                return _measured(document)
        except pypdfium2.PdfiumError as error:
            locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
            return Inside(why=_(_LOCKED if locked else _DAMAGED))


def _measured(document: Any) -> Inside:
    sizes = []
    for at in range(len(document)):
        try:
            page = document[at]
        except pypdfium2.PdfiumError:
            return Inside(why=_(_DAMAGED_PAGE).format(page=at + 1))
        sizes.append(page.get_size())
        page.close()
    return Inside(form=Form.PDF, sizes=tuple(sizes)) if sizes else Inside(why=_(_DAMAGED))


def _picture(file: BinaryIO) -> Inside:
    try:
        with Image.open(file, formats=("JPEG", "PNG")) as image:
            width, height = image.size
            if width * height > _MOST_PIXELS:
                return Inside(why=_(_HUGE))
            orientation = image.getexif().get(_TURNED, 1)
            form = Form.JPEG if image.format == "JPEG" else Form.PNG
            if form is Form.JPEG:
                image.draft(None, (width // _QUICK, height // _QUICK))
            image.load()
    except _UNREADABLE:
        return Inside(why=_(_DAMAGED))
    if orientation not in range(1, 9):
        orientation = 1
    size = (height, width) if orientation >= _ON_ITS_SIDE else (width, height)
    return Inside(form=form, sizes=((float(size[0]), float(size[1])),), orientation=orientation)


_TURNED = 274
_ON_ITS_SIDE = 5
"""From this orientation on, width and height change places."""
