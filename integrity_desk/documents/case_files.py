"""Case files (卷宗): cover, contents with page numbers, papers as printed, dividers, enclosures.

What the program writes is drawn here with free boxes for what was made elsewhere; ``filling``
puts that in. Everything is drawn twice: the first time tells where each piece begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from integrity_desk.documents.case_pages import (
    FRAME_TOP,
    SIDE,
    Marks,
    write_contents,
    write_cover,
    write_divider,
    write_sheet,
)
from integrity_desk.documents.enclosures import (
    Form,
    Inside,
    look_into,
    pages_named,
    upright_png,
)
from integrity_desk.documents.filling import Box, Content, Pages, Picture, filled
from integrity_desk.documents.fonts import Fonts, Role
from integrity_desk.documents.page import A4, A4_LANDSCAPE, PdfFile
from integrity_desk.documents.reports import texts_of
from integrity_desk.domain.case_files import CaseFile, Enclosure, Kept, Piece, Printed, Sheet
from integrity_desk.domain.progress import SILENT, Progress
from integrity_desk.wording import _


def render_case_file(file: CaseFile, fonts: Fonts, progress: Progress = SILENT) -> bytes:
    """Return the case file as a PDF; MissingCharacter names the place.

    An attachment that cannot be shown stops nothing: its divider says why.
    """
    fonts.check(_texts(file))
    pieces = list(_looked_into(file, fonts, progress))
    first = _Drawing(file, fonts, pieces, [], total=0)
    first.draw()
    second = _Drawing(file, fonts, pieces, first.starts, total=first.pdf.page_number - 1)
    second.draw()
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        progress.step(done, len(second.contents), _("并入附件"))

    return filled(second.pdf.to_bytes(), second.contents, step)


_MOST_BYTES = 300 << 20
_MOST_PAGES = 3_000
"""How much of enclosures one case file takes in; what is beyond is told on its divider."""
_LEAST_DPI = 96
"""A picture of few dots is not blown up beyond this."""
_CLOSE = 2.0
"""Points by which a page may miss A4 and still be taken for it."""


@dataclass(frozen=True, kw_only=True)
class _Looked:
    """A piece, the name it is shown under, and what was found in its file."""

    piece: Piece
    title: str
    inside: Inside = field(default_factory=Inside)
    only: range = range(0)
    number: int = 0
    """The enclosures are numbered from one."""


class _Drawing:
    """One going through the whole file; ``starts`` are the first pages known from the last."""

    def __init__(
        self, file: CaseFile, fonts: Fonts, pieces: Sequence[_Looked], starts: Sequence[int],
        *, total: int,
    ) -> None:  # fmt: skip
        self._file, self._fonts, self._pieces = file, fonts, pieces
        self._known, self._total = starts, total
        self.starts: list[int] = []
        self.contents: list[Pages | Picture] = []
        self.pdf = PdfFile(
            fonts, title=f"{file.title} {file.number}", subject=file.subject, author=file.issuer,
            made_on=file.made_on, size=A4, archival=False,
        )  # fmt: skip
        self._marks = Marks(pdf=self.pdf, file=file, total=total)

    def draw(self) -> None:
        """Draw everything once."""
        write_cover(self._marks, sum(each.number > 0 for each in self._pieces), len(self._pieces))
        write_contents(self._marks, list(self._rows()))
        done = 0
        for chapter in self._file.chapters:
            opening = chapter.heading
            for looked in self._pieces[done : done + len(chapter.pieces)]:
                self.starts.append(self.pdf.page_number)
                if opening:
                    self.pdf.bookmark(opening)
                    opening = ""
                self.pdf.bookmark(looked.title, 1)
                self._write(looked)
            done += len(chapter.pieces)

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for at, each in enumerate(self._pieces):
            piece = each.piece
            page = str(self._known[at]) if self._known else ""
            note = _("未并入") if each.inside.why else ""
            yield str(at + 1), piece.number, piece.by, each.title, piece.day, page, note

    def _write(self, looked: _Looked) -> None:
        piece = looked.piece
        if isinstance(piece, Sheet):
            write_sheet(self._marks, piece)
        elif isinstance(piece, Kept):
            self._write_kept(piece, looked)

    def _write_kept(self, piece: Kept, looked: _Looked) -> None:
        if isinstance(piece, Enclosure) or looked.inside.why:
            facts = piece.facts if isinstance(piece, Enclosure) else ()
            write_divider(
                self._marks, looked.title, facts, looked.inside.why,
                pages=len(looked.inside.sizes), number=looked.number,
            )  # fmt: skip
        if looked.inside.form is Form.PDF:
            self._keep_pages(piece, looked)
        elif looked.inside.form is not Form.NOT:
            self._keep_picture(piece.content, looked)

    def _keep_pages(self, piece: Kept, looked: _Looked) -> None:
        boxes = []
        for at in looked.only:
            width, height = looked.inside.sizes[at]
            boxes.append(self._box(width, height, whole=isinstance(piece, Printed)))
            self._close_page(looked)
        self.contents.append(Pages(content=piece.content, boxes=tuple(boxes), first=looked.only[0]))

    def _keep_picture(self, content: Content, looked: _Looked) -> None:
        [(width, height)] = looked.inside.sizes
        box = _proportional(self._box(width, height, whole=False), width, height)
        if looked.inside.form is Form.JPEG:
            orientation = looked.inside.orientation
            self.contents.append(Picture(content=content, box=box, orientation=orientation))
        elif self._known:  # the first time through only counts pages
            self.pdf.picture(upright_png(content), box.x, box.y, box.width, box.height)
        self._close_page(looked)

    def _box(self, width: float, height: float, *, whole: bool) -> Box:
        """Turn the page as its content lies; a paper of A4 keeps its size, its place, its edges."""
        self.pdf.turn(A4_LANDSCAPE if width > height else A4)
        page = self.pdf.page_number - 1
        same = abs(width - A4[0]) < _CLOSE and abs(height - A4[1]) < _CLOSE
        if whole and same:
            return Box(page=page, x=0, y=0, width=A4[0], height=A4[1])
        return Box(
            page=page, x=SIDE, y=SIDE, width=self.pdf.width - 2 * SIDE,
            height=self.pdf.height - SIDE - FRAME_TOP,
        )  # fmt: skip

    def _close_page(self, looked: _Looked) -> None:
        name = _("附件{number}　{name}").format(number=looked.number, name=looked.title)
        self._marks.furnish(name if looked.number else "")
        self.pdf.end_page()
        self.pdf.turn(A4)


def _looked_into(file: CaseFile, fonts: Fonts, progress: Progress) -> Iterator[_Looked]:
    """Look into every file, as far as the whole stays within bounds."""
    pieces = [each for chapter in file.chapters for each in chapter.pieces]
    room = _Room()
    enclosures = 0
    for done, piece in enumerate(pieces):
        progress.step(done, len(pieces), _("检查附件"))
        if not isinstance(piece, Kept):
            yield _Looked(piece=piece, title=piece.title)
            continue
        inside = room.take(piece, look_into(piece.content, piece.sha256))
        only = range(len(inside.sizes))
        if isinstance(piece, Printed):
            if piece.only and inside.form is Form.PDF:
                only = pages_named(piece.content, piece.only, len(inside.sizes))
            yield _Looked(piece=piece, title=piece.title, inside=inside, only=only)
        else:
            enclosures += 1
            title = _drawable(piece.title, fonts)
            yield _Looked(piece=piece, title=title, inside=inside, only=only, number=enclosures)


class _Room:
    """What is left of the bounds of one case file."""

    def __init__(self) -> None:
        self._bytes, self._pages = _MOST_BYTES, _MOST_PAGES

    def take(self, piece: Kept, inside: Inside) -> Inside:
        """Return what was found, or why it does not go in any more."""
        if inside.form is Form.NOT:
            return inside
        with piece.content() as file:
            size = file.seek(0, 2)
        pages = len(inside.sizes)
        if size > self._bytes or pages > self._pages:
            words = _("本卷并入的附件已满{size}MB或{pages}页，此件请查阅电子附件。")
            return Inside(why=words.format(size=_MOST_BYTES >> 20, pages=f"{_MOST_PAGES:,}"))
        self._bytes, self._pages = self._bytes - size, self._pages - pages
        return inside


def _proportional(box: Box, width: float, height: float) -> Box:
    """Return the part of the box that a picture of so many dots takes, in its middle."""
    scale = min(box.width / width, box.height / height, 72 / _LEAST_DPI)
    wide, high = width * scale, height * scale
    return Box(
        page=box.page, x=box.x + (box.width - wide) / 2, y=box.y + (box.height - high) / 2,
        width=wide, height=high,
    )  # fmt: skip


def _drawable(name: str, fonts: Fonts) -> str:
    """Mark what no font has in a file's name, which nobody can mend: 〔U+1F4F7〕."""
    missing = partial(fonts.typeface(Role.BODY).first_missing)
    return "".join(f"〔U+{ord(char):04X}〕" if missing(char) else char for char in name)


def _texts(file: CaseFile) -> Iterator[tuple[str, str]]:
    cover = _("封面")
    for text in (file.title, file.subject, file.number, file.issuer, file.note, file.footer):
        yield cover, text
    yield from ((cover, label + value) for label, value in file.lines)
    for chapter in file.chapters:
        yield chapter.heading, chapter.heading
        for piece in chapter.pieces:
            if isinstance(piece, Sheet):
                yield from texts_of(piece.sections, piece.title)
            if isinstance(piece, Enclosure):
                yield from ((piece.title, label + value) for label, value in piece.facts)
            else:
                yield piece.title, piece.title
            yield piece.title, piece.number + piece.by + piece.day
