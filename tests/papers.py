"""Files as people hand them in, made by program: pages, photos, damaged and locked ones."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw


def pdf_of(*texts: str, size: tuple[float, float] = (595.28, 841.89), rotate: int = 0) -> bytes:
    """Return a PDF with one line of Latin text a page, written with no part of the program."""
    made = pikepdf.new()
    for text in texts:
        page = made.add_blank_page(page_size=size)
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier
        )
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = made.make_stream(f"BT /F1 24 Tf 72 500 Td ({text}) Tj ET".encode())
        if rotate:
            page.obj.Rotate = rotate
    return _saved(made)


def stamped(pdf: bytes, text: str) -> bytes:
    """Return the PDF with a stamp on its first page, which is an annotation like an e-seal's."""
    with pikepdf.open(io.BytesIO(pdf)) as made:
        page = made.pages[0]
        shown = made.make_stream(f"1 0 0 rg BT /F1 12 Tf 4 4 Td ({text}) Tj ET".encode())
        shown.Type, shown.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        shown.BBox, shown.Resources = [0, 0, 200, 20], page.obj.Resources
        page.obj.Annots = pikepdf.Array([made.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=[300, 100, 500, 120], F=4,
            AP=pikepdf.Dictionary(N=shown),
        ))])  # fmt: skip
        return _saved(made)


def locked(pdf: bytes) -> bytes:
    """Return the PDF so that it opens with a password only."""
    with pikepdf.open(io.BytesIO(pdf)) as made:
        return _saved(made, encryption=pikepdf.Encryption(owner="示例", user="示例"))


def photo(
    form: str = "JPEG",
    size: tuple[int, int] = (1280, 960),
    *,
    orientation: int = 1,
    mode: str = "RGB",
) -> bytes:
    """Return a picture whose upper left quarter is red, on its way through ``orientation``."""
    image = Image.new(mode, size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="red")
    exif = Image.Exif()
    exif[274] = orientation
    kept = io.BytesIO()
    image.save(kept, form, exif=exif)
    return kept.getvalue()


def noise(size: tuple[int, int]) -> bytes:
    """Return a JPEG that cannot be packed any smaller: about a byte a dot."""
    image = Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3))
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=90)
    return kept.getvalue()


def put(folder: Path, name: str, content: bytes) -> Path:
    """Write a file to be attached."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path


def _saved(made: pikepdf.Pdf, **options: object) -> bytes:
    kept = io.BytesIO()
    made.save(kept, **options)
    return kept.getvalue()
