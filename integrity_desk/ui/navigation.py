"""The dark navigation at the left; folds to a rail of icons when room is short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.ui import theme
from integrity_desk.ui.pages.base import PageEntry
from integrity_desk.ui.widgets.labels import label
from integrity_desk.wording import _

_WIDTH = 42
_RAIL = 15
"""Widths in steps of the space scale: 168 and 60 px at the normal size; more for a longer name."""


class Navigation(QFrame):
    """One button per page, grouped; ``chosen`` tells which page a person wants."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "nav")
        self._buttons: dict[str, NavButton] = {}
        self._captions: list[QLabel] = []
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._tell)
        self._folded = False
        self._brand = _Brand()
        self._build(entries)
        self.fold(False)

    @property
    def folded(self) -> bool:
        """Whether only icons show."""
        return self._folded

    def fold(self, folded: bool) -> None:
        """Show icons only, or icons and words."""
        self._folded = folded
        for caption in self._captions:
            caption.setVisible(not folded)
        self._brand.fold(folded)
        width = theme.current().space(_RAIL if folded else _WIDTH)
        self.setFixedWidth(width if folded else max(width, self._brand.sizeHint().width()))
        for button in self._buttons.values():
            button.fold(folded)

    def select(self, page_id: str) -> None:
        """Mark the page that is shown; none if it is not listed here."""
        marked = self._group.checkedButton()
        if page_id in self._buttons:
            self._buttons[page_id].setChecked(True)
            self._scroll.ensureWidgetVisible(self._buttons[page_id])
        elif marked is not None:
            self._group.setExclusive(False)
            marked.setChecked(False)
            self._group.setExclusive(True)

    def set_counts(self, counts: Mapping[str, tuple[int, bool]]) -> None:
        """Show (count, late) on the named pages; late ones red, nought not at all."""
        for page_id, (count, late) in counts.items():
            if page_id in self._buttons:
                self._buttons[page_id].set_count(count, late=late)

    @Slot(QAbstractButton)
    def _tell(self, button: QAbstractButton) -> None:
        self.chosen.emit(button.objectName())

    def _build(self, entries: Sequence[PageEntry]) -> None:
        space = theme.current().space
        items = QVBoxLayout()
        items.setContentsMargins(0, 0, 0, 0)
        items.setSpacing(space(0.5))
        bottom = QVBoxLayout()
        bottom.setContentsMargins(0, space(1), 0, space(2))
        bottom.setSpacing(space(0.5))
        group = ""
        for entry in entries:
            if entry.group != group and not entry.at_bottom:
                group = entry.group
                items.addWidget(self._caption(group))
            (bottom if entry.at_bottom else items).addWidget(self._button(entry))
        items.addStretch(1)
        holder = QWidget()
        holder.setProperty("kind", "plain")
        holder.setLayout(items)
        self._scroll = QScrollArea()
        self._scroll.setWidget(holder)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._brand)
        layout.addWidget(self._scroll, 1)
        layout.addLayout(bottom)

    def _caption(self, group: str) -> QLabel:
        caption = label(_(group), "caption")
        space = theme.current().space
        caption.setContentsMargins(space(4.5), space(2), 0, space(0.5))
        self._captions.append(caption)
        return caption

    def _button(self, entry: PageEntry) -> NavButton:
        button = NavButton(entry.icon, _(entry.label))
        button.setObjectName(entry.id)
        self._group.addButton(button)
        self._buttons[entry.id] = button
        return button


class NavButton(QAbstractButton):
    """One page: icon, words, and a count at the right."""

    def __init__(self, icon: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._count = 0
        self._late = False
        self._folded = False
        self.setText(words)
        self.setCheckable(True)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def fold(self, folded: bool) -> None:
        """Show the icon only; the words become the tool tip."""
        self._folded = folded
        self.setToolTip(self.text() if folded else "")
        self.updateGeometry()
        self.update()

    def set_count(self, count: int, *, late: bool) -> None:
        """Show a count; red when late."""
        self._count = count
        self._late = late
        self.setAccessibleName(f"{self.text()} {count}" if count else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        """A line high; as wide as the navigation."""
        return QSize(theme.current().space(_RAIL), theme.current().space(8.5))

    def minimumSizeHint(self) -> QSize:
        """A narrower line, so that all pages fit a low screen."""
        return QSize(theme.current().space(_RAIL), theme.current().space(6.5))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter acts like Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, words and count."""
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bounds = self.rect().adjusted(tokens.space(2), 0, -tokens.space(2), 0)
        self._paint_ground(painter, bounds)
        lit = self.isChecked() or self.underMouse()
        ink = tokens.colours.nav_text if lit else tokens.colours.nav_muted
        side = tokens.icon
        left = bounds.left() + tokens.space(2.5)
        if self._folded:
            left = (self.width() - side) // 2
        top = (self.height() - side) // 2
        painter.drawPixmap(
            left, top, theme.picture(self._icon, ink, side, self.devicePixelRatioF())
        )
        if not self._folded:
            words = bounds.adjusted(left - bounds.left() + side + tokens.space(2.5), 0, 0, 0)
            painter.setPen(QColor(ink))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._count:
            self._paint_count(painter, bounds)

    def _paint_ground(self, painter: QPainter, bounds: QRect) -> None:
        colours = theme.current().colours
        radius = theme.current().radius
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            chosen = self.isChecked()
            painter.setBrush(QColor(colours.nav_selected if chosen else colours.nav_hover))
            painter.drawRoundedRect(bounds, radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.nav_text), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(bounds.adjusted(1, 1, -1, -1), radius, radius)

    def _paint_count(self, painter: QPainter, bounds: QRect) -> None:
        tokens = theme.current()
        words = str(self._count) if self._count < 1000 else "999+"
        font = theme.font(tokens.small)
        painter.setFont(font)
        height = tokens.space(4.5)
        width = max(height, painter.fontMetrics().horizontalAdvance(words) + tokens.space(2.5))
        pill = QRect(bounds.right() - width - tokens.space(1.5), 0, width, height)
        pill.moveTop((self.height() - height) // 2)
        if self._folded:
            pill = QRect(self.width() // 2 + tokens.space(1), 0, tokens.space(2.5), 0)
            pill.setHeight(pill.width())
            pill.moveTop(tokens.space(1.5))
            words = ""
        painter.setPen(Qt.PenStyle.NoPen)
        colours = tokens.colours
        calm = colours.nav if self.isChecked() else colours.nav_hover
        painter.setBrush(QColor(colours.alarm if self._late else calm))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(QColor(colours.on_alarm if self._late else colours.nav_text))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)


class _Brand(QWidget):
    """The program's mark and name above the pages."""

    def __init__(self) -> None:
        super().__init__()
        space = theme.current().space
        self._mark = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._name = label(_("诚信台账"), "title")
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(space(2))
        self._layout.addWidget(self._mark)
        self._layout.addWidget(self._name, 1)

    def fold(self, folded: bool) -> None:
        """Keep only the mark."""
        tokens = theme.current()
        self._name.setVisible(not folded)
        margin = tokens.space(2 if folded else 4)
        self._layout.setContentsMargins(margin, tokens.space(3), margin, tokens.space(2.5))
        picture = theme.picture(
            "logo", tokens.colours.nav_text, tokens.space(6), self.devicePixelRatioF()
        )
        self._mark.setPixmap(picture)
