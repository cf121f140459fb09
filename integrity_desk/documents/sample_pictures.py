"""Photos of the sample township, drawn by program: nobody and no place is on them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from integrity_desk.documents.font_files import bundled_hei
from integrity_desk.wording import _

Draw = ImageDraw.ImageDraw
Colour = tuple[int, int, int]


def sample_photo(scene: str, words: str, on: date, nth: int) -> bytes:
    """Return a JPEG of a scene with ``words`` in it, a stroke between two lines of them.

    ``nth`` varies what is drawn. Photos of a board are upright pictures taken with a telephone
    held sideways, as most are: the file says how to turn them.
    """
    size = _UPRIGHT if scene in _UPRIGHT_SCENES else _WIDE
    image = Image.new("RGB", size, _SKY)
    draw = ImageDraw.Draw(image)
    _SCENES[scene](draw, size, words, nth)
    stamp = _("示例照片　{day}").format(day=on)
    draw.text((size[0] - 16, size[1] - 14), stamp, _STAMP, _font(22), anchor="rs")
    exif = Image.Exif()
    if scene in _UPRIGHT_SCENES:
        image = image.transpose(Image.Transpose.ROTATE_90)
        exif[_ORIENTATION] = _TURN_RIGHT
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=80, exif=exif)
    return kept.getvalue()


_WIDE, _UPRIGHT = (800, 600), (600, 800)
_ORIENTATION, _TURN_RIGHT = 274, 6
_SKY: Colour = (196, 218, 236)
_GROUND: Colour = (150, 164, 118)
_STAMP: Colour = (255, 156, 48)
_RED: Colour = (178, 24, 30)
_GREY: Colour = (116, 118, 120)
_PALE: Colour = (226, 224, 216)
_DARK: Colour = (70, 74, 80)
_WOOD: Colour = (142, 98, 62)


def _board(draw: Draw, size: tuple[int, int], words: str, nth: int) -> None:
    """A notice board on a wall: three sheets, the one in the middle with a title."""
    width, height = size
    draw.rectangle((0, 0, width, height), (214, 206, 192))
    draw.rectangle((0, height - 110, width, height), (168, 160, 150))
    draw.rectangle((40, 90, width - 40, height - 170), _WOOD)
    draw.rectangle((58, 160, width - 58, height - 188), (238, 240, 236))
    draw.text((width / 2, 124), _("公示栏"), (250, 236, 190), _font(44), anchor="mm")
    for at, (left, top, wide, high) in enumerate(
        ((76, 200, 120, 170), (214, 182, 190, 268), (424, 196, 104, 150), (80, 400, 116, 164))
    ):
        _sheet(draw, (left + nth % 3, top, left + wide, top + high), words if at == 1 else "", at)


def _sheet(draw: Draw, box: tuple[int, int, int, int], words: str, at: int) -> None:
    left, top, right, bottom = box
    draw.rectangle((left + 4, top + 5, right + 4, bottom + 5), (190, 190, 186))
    draw.rectangle(box, "white", (200, 200, 200))
    draw.rectangle((left + 10, top + 12, right - 10, top + 24), _RED if at != 2 else _DARK)
    line = top + 36
    for part in filter(None, words.split("|")):
        draw.text(((left + right) / 2, line + 8), part, _DARK, _font(16), anchor="mm")
        line += 22
    for y in range(line + 6, bottom - 26, 11):
        draw.line((left + 12, y, right - 12 - (y * 7 + at) % 30, y), (160, 160, 160), 2)
    draw.ellipse((right - 44, bottom - 42, right - 14, bottom - 12), outline=_RED, width=2)


def _road(draw: Draw, size: tuple[int, int], words: str, nth: int) -> None:
    """A village road with a pit, or mended."""
    width, height = size
    _hills(draw, width, 250)
    draw.polygon([(300, 250), (500, 250), (760, height), (40, height)], _GREY)
    for at in range(6):
        y = 270 + at * at * 11
        draw.rectangle((396 - at, y, 404 + at, y + 10 + at * 6), _PALE)
    if nth % 2 == 0:
        draw.ellipse((300, 430, 470, 492), (64, 62, 60))
        draw.ellipse((330, 446, 430, 480), (132, 142, 148))
    _sign(draw, words)


def _works(draw: Draw, size: tuple[int, int], words: str, nth: int) -> None:
    """A building under way behind its scaffold."""
    width, height = size
    _hills(draw, width, 330)
    draw.rectangle((0, 420, width, height), (178, 162, 132))
    storeys = 2 + nth % 3
    for at in range(storeys):
        top = 420 - (at + 1) * 84
        draw.rectangle((250, top, 640, top + 80), _PALE, _GREY, 3)
        for window in range(5):
            draw.rectangle((272 + window * 74, top + 22, 316 + window * 74, top + 62), _DARK)
    for x in range(240, 660, 52):
        draw.line((x, 420 - storeys * 84 - 40, x, 430), (92, 122, 84), 4)
    draw.line((560, 70, 560, 420), (226, 178, 40), 10)
    draw.line((330, 82, 720, 82), (226, 178, 40), 8)
    draw.line((400, 82, 400, 190), _DARK, 2)
    _sign(draw, words)


def _hall(draw: Draw, size: tuple[int, int], words: str, nth: int) -> None:
    """Counters of a service hall, one of them with its lamp on."""
    width, height = size
    draw.rectangle((0, 0, width, height), (236, 238, 240))
    draw.rectangle((0, 460, width, height), (206, 200, 192))
    draw.rectangle((0, 60, width, 130), _RED)
    draw.text((width / 2, 95), words, "white", _font(36), anchor="mm")
    for at in range(4):
        left = 40 + at * 186
        draw.rectangle((left, 190, left + 160, 370), (196, 214, 226), _GREY, 2)
        draw.rectangle((left, 370, left + 160, 470), (150, 112, 78))
        shade = (60, 160, 80) if at == nth % 4 else _GREY
        draw.rectangle((left + 54, 150, left + 106, 184), shade)
        draw.text((left + 80, 167), str(at + 1), "white", _font(24), anchor="mm")


def _hills(draw: Draw, width: int, horizon: int) -> None:
    draw.polygon(
        [(0, horizon - 40), (180, horizon - 120), (380, horizon - 30), (560, horizon - 140),
         (width, horizon - 50), (width, horizon + 400), (0, horizon + 400)], _GROUND,
    )  # fmt: skip


def _sign(draw: Draw, words: str) -> None:
    draw.line((120, 380, 120, 540), _DARK, 8)
    draw.rectangle((24, 320, 216, 410), (36, 82, 150), "white", 3)
    for at, part in enumerate(words.split("|")):
        draw.text((120, 348 + at * 34), part, "white", _font(22), anchor="mm")


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    face = bundled_hei()
    return ImageFont.truetype(str(face.path), size, index=face.index)


_SCENES: dict[str, Callable[[Draw, tuple[int, int], str, int], None]] = {
    "board": _board, "road": _road, "works": _works, "hall": _hall,
}  # fmt: skip
_UPRIGHT_SCENES = frozenset({"board"})
