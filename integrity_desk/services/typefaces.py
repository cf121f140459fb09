"""Which faces this machine prints with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from integrity_desk.services.acts import Question, answers
from integrity_desk.storage.reader import Reader


@dataclass(frozen=True, kw_only=True)
class ShowTypefaces(Question["tuple[Typeface, ...]"]):
    """Which face fills each role of a printed page."""

    permission: ClassVar[str] = "view"
    bundled_only: bool = False


@dataclass(frozen=True, kw_only=True)
class Typeface:
    """A role of the official page layout (小标宋, 仿宋, …), and the face that fills it here."""

    role: str
    face: str


@answers(ShowTypefaces)
def show_typefaces(question: ShowTypefaces, reader: Reader) -> tuple[Typeface, ...]:
    """Look through the installed fonts; takes a moment the first time."""
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415  (lazy: reportlab)

    faces = Fonts(bundled_only=question.bundled_only).faces()
    return tuple(Typeface(role=role, face=face) for role, face in faces.items())
