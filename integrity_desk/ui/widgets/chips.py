"""Filter chips with counts; exactly one is chosen, and what finds no room waits in a menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.labels import dress
from integrity_desk.wording import _


class ChipsRow(QWidget):
    """A row of chips (code, label); arrow keys move, counts may arrive later.

    The first chip and the chosen one always show. Chips known to count nothing, and those that
    find no room, wait behind 更多.
    """

    chosen = Signal(str)
    """The code of the chip a person chose."""

    def __init__(self, chips: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = dict(chips)
        self._counts: dict[str, int] = {}
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._more = _chip(_("更多"))
        theme.set_icon(self._more, "chevron-down", "muted")
        self._more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._more.clicked.connect(self._offer_more)
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._take)
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().space(2))
        for code, words in chips:
            self._buttons[code] = button = _chip(words)
            button.setProperty("code", code)
            button.setCheckable(True)
            self._group.addButton(button)
            layout.addWidget(button)
        layout.addWidget(self._more)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if chips:
            self._buttons[chips[0][0]].setChecked(True)
        self._group.buttonClicked.connect(self._tell)
        self._fit()

    @property
    def current(self) -> str:
        """The code of the chosen chip, "" when there are none."""
        button = self._group.checkedButton()
        return str(button.property("code")) if button else ""

    def choose(self, code: str) -> None:
        """Choose a chip without telling anybody."""
        self._buttons[code].setChecked(True)
        self._fit()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show a count behind each named chip's words."""
        for code, count in counts.items():
            if code in self._buttons:
                self._counts[code] = count
                words = _("{label} {count}").format(label=self._labels[code], count=f"{count:,}")
                self._buttons[code].setText(words)
        self._fit()

    @Slot(QAbstractButton)
    def _tell(self, button: QAbstractButton) -> None:
        self.chosen.emit(str(button.property("code")))

    @Slot()
    def _offer_more(self) -> None:
        self._menu.clear()
        for code, button in self._buttons.items():
            if button.isHidden():
                self._menu.addAction(button.text()).setObjectName(code)
        self._menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    @Slot(QAction)
    def _take(self, action: QAction) -> None:
        self.choose(action.objectName())
        self.chosen.emit(action.objectName())

    def _fit(self) -> None:
        gap = self._row.spacing()
        widths = {code: each.sizeHint().width() + gap for code, each in self._buttons.items()}
        first = next(iter(widths), "")
        always = {first, self.current} & widths.keys()
        wanted = [code for code in widths if code in always or self._counts.get(code, 1)]
        shown = set(wanted)
        if sum(widths[code] for code in wanted) > self.width() - self._room_for_more(wanted):
            room = (
                self.width() - self._more.sizeHint().width() - sum(widths[each] for each in always)
            )
            shown = set(always)
            for code in wanted:
                room -= 0 if code in always else widths[code]
                if room >= 0:
                    shown.add(code)
        for code, button in self._buttons.items():
            button.setVisible(code in shown)
        self._more.setVisible(len(shown) < len(widths))

    def _room_for_more(self, wanted: Sequence[str]) -> int:
        return self._more.sizeHint().width() if len(wanted) < len(self._buttons) else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many chips as find room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew with the new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_menu"):
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """Room for the first chip and 更多; never what all chips would like."""
        first = next(iter(self._buttons.values()), self._more)
        width = first.sizeHint().width() + self._more.sizeHint().width()
        return QSize(width, first.sizeHint().height())

    def sizeHint(self) -> QSize:
        """The same; the row takes what it is given."""
        return self.minimumSizeHint()


def _chip(words: str) -> QPushButton:
    made = QPushButton(words)
    dress(made, kind="chip")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made
