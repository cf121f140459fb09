"""What every page is, and what it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from integrity_desk.domain.accounts import Actor
from integrity_desk.domain.changes import Changes
from integrity_desk.domain.times import Now, system_now
from integrity_desk.ui.tasks import Tasks


class Say(Protocol):
    """Puts a sentence on the status line; after an act on a record, with the way back."""

    def __call__(self, sentence: str, record_id: str = "") -> None:
        """Show the sentence; ``record_id`` is the record acted on."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """What the window hands to its pages."""

    tasks: Tasks
    actor: Actor
    settings: Any
    """The program's settings, as the composition root loaded them."""
    navigate: Callable[[str, str], None]
    """``navigate(page_id, record_id)`` opens a page, at a record unless that is ""."""
    say: Say
    start: Callable[[str, str], None]
    """``start(page_id, action_id)`` opens a page and takes one of its actions, e.g. ``new``."""
    dress: Callable[[str, bool], None]
    """``dress(scheme, large)`` switches the look of the whole window."""
    undo: Callable[[str], None]
    """``undo(record_id)`` takes back the last act on a record, or says why it stands."""
    now: Now = system_now


class Page(QWidget):
    """A page; override what it needs. It is built at the first visit and kept."""

    retitled = Signal()
    """``title``, ``subtitle`` or ``status`` reads differently now."""
    offers_changed = Signal()
    """``offers`` reads differently now."""

    search_hint = ""
    """What the search box finds here; "" when it looks through all registers instead."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty("kind", "page")

    @property
    def title(self) -> str:
        """The words in the window's head."""
        raise NotImplementedError

    @property
    def subtitle(self) -> str:
        """The count beside the title."""
        return ""

    @property
    def status(self) -> str:
        """What the status line says of the selection."""
        return ""

    @property
    def typing(self) -> bool:
        """Whether a form stands here: Ctrl+Z belongs to its fields."""
        return False

    @property
    def offers(self) -> frozenset[str]:
        """Ids of the table's actions that can be taken now."""
        return frozenset()

    def refresh(self) -> None:
        """Ask for what is shown; called at the first visit and when ``touched_by`` says so."""

    def touched_by(self, changes: Changes) -> bool:
        """Whether what is shown may read differently after ``changes``."""
        return True

    def show_record(self, record_id: str) -> None:
        """Show one record; another page navigated here."""

    def search(self, text: str) -> None:
        """Show what matches ``text``; everything for ""."""

    def act(self, action_id: str) -> None:
        """Take one of the offered actions."""


@dataclass(frozen=True, kw_only=True)
class PageEntry:
    """A page's line in the registry."""

    id: str
    label: str
    icon: str
    factory: Callable[[Context], Page]
    permission: str = "view"
    group: str = ""
    """Caption above the page's group in the navigation."""
    at_bottom: bool = False
    listed: bool = True
    """Whether it stands in the navigation; others are only navigated to."""
