"""A register's page with work of its own: a view that takes the page while it is worked on.

Evaluation opens its score sheet so, training its list of people, inquiries their form. The view
stands in the page's stack beside the list and the generic forms; Esc and its own button lead back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from integrity_desk.services.record_view import RecordView
from integrity_desk.ui import theme
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.register import RegisterPage
from integrity_desk.ui.widgets.code_button import CodeButton
from integrity_desk.wording import _


@dataclass(frozen=True, kw_only=True)
class OwnAct:
    """A button that the opened record of this register has besides its steps."""

    code: str
    words: str
    icon: str = ""
    keys: str = ""
    rare: bool = False
    """Whether it stands in the menu beside the steps, not among the buttons."""


class WorkView(QWidget):
    """What takes the page; override what it needs."""

    closed = Signal()
    """The person goes back to the list."""
    changed = Signal()
    """``title``, ``subtitle`` or ``offers`` reads differently now."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.leave)

    @property
    def title(self) -> str:
        """The words in the window's head."""
        raise NotImplementedError

    @property
    def subtitle(self) -> str:
        """What stands beside the title."""
        return ""

    @property
    def offers(self) -> frozenset[str]:
        """Ids of the table's actions that can be taken now."""
        return frozenset()

    def refresh(self) -> None:
        """Ask for what is shown."""

    def act(self, action_id: str) -> None:
        """Take one of the offered actions."""

    @Slot()
    def leave(self) -> None:
        """Go back, or first put away what is open beside."""
        self.closed.emit()


class WorkPage(RegisterPage):
    """The register's page; ``work`` is the view that has taken it, or None."""

    def __init__(self, context: Context, type_name: str) -> None:
        super().__init__(context, type_name)
        self.work: WorkView | None = None

    def own_acts(self, view: RecordView) -> Sequence[OwnAct]:
        """Return what the opened record offers besides its steps."""
        return ()

    def take_own(self, code: str) -> None:
        """Do one of them."""

    def open_work(self, work: WorkView) -> None:
        """Give the page to a view; one that has it is put away."""
        self._put_away()
        self.work = work
        work.closed.connect(self._work_closed)
        work.changed.connect(self._tell_changed)
        self.stack.addWidget(work)
        self.stack.setCurrentWidget(work)
        self.setFocusProxy(work)
        work.refresh()
        work.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell_changed()

    @property
    def title(self) -> str:
        """The work's name while there is any."""
        return self.work.title if self.work is not None else super().title

    @property
    def subtitle(self) -> str:
        """What the work says of itself."""
        return self.work.subtitle if self.work is not None else super().subtitle

    @property
    def status(self) -> str:
        """Nothing is selected while the page is worked on."""
        return "" if self.work is not None else super().status

    @property
    def offers(self) -> frozenset[str]:
        """What the work offers, or the register."""
        return self.work.offers if self.work is not None else super().offers

    def act(self, action_id: str) -> None:
        """Take one of the offers."""
        if self.work is not None:
            self.work.act(action_id)
        else:
            super().act(action_id)

    def refresh(self) -> None:
        """Ask for everything anew."""
        super().refresh()
        if self.work is not None:
            self.work.refresh()

    def show_record(self, record_id: str) -> None:
        """Show a record; the work gives the page back."""
        self._put_away()
        super().show_record(record_id)

    @Slot(object)
    def _show_view(self, view: RecordView) -> None:
        acts = self.own_acts(view)
        self.panel.further = tuple((each.code, each.words) for each in acts if each.rare)
        super()._show_view(view)
        often = [each for each in acts if not each.rare]
        if often and self.panel.view is view:
            self.panel.body.insertWidget(1, self._own_buttons(often))

    @Slot(str)
    def _take_step(self, act: str) -> None:
        if any(code == act for code, _words in self.panel.further):
            self.take_own(act)
        else:
            super()._take_step(act)

    def _own_buttons(self, acts: Sequence[OwnAct]) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, theme.current().space(1))
        row.setSpacing(theme.current().space(2))
        for each in acts:
            made = CodeButton(each.code, each.words, icon=each.icon)
            made.setToolTip(each.keys)
            made.taken.connect(self._take_own)
            row.addWidget(made)
        row.addStretch(1)
        return holder

    @Slot(str)
    def _take_own(self, code: str) -> None:
        self.take_own(code)

    @Slot()
    def _work_closed(self) -> None:
        self._put_away()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell_changed()

    @Slot()
    def _tell_changed(self) -> None:
        self.retitled.emit()
        self.offers_changed.emit()

    def _put_away(self) -> None:
        if self.work is None:
            return
        self.stack.removeWidget(self.work)
        self.work.deleteLater()
        self.work = None
        self.setFocusProxy(self.list)
        self._tell_changed()


def back_button() -> CodeButton:
    """Return the button that leads back to the list."""
    made = CodeButton("back", _("返回"), icon="chevron-left")
    made.setToolTip("Esc")
    return made
