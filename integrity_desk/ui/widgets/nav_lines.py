"""What the navigation is made of: buttons of pages, captions of groups, the program's mark."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.labels import label
from integrity_desk.wording import _

RAIL = 15
"""Width of the folded navigation, in steps of the space scale."""


class NavLine(QAbstractButton):
    """A line of the navigation that is pressed like a button and may show a count."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._late = False
        self._folded = False
        self.setText(words)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def _chosen(self) -> bool:
        """Whether this is the page shown."""
        return False

    @property
    def count(self) -> int:
        """The count shown; 0 shows nothing."""
        return self._count

    @property
    def late(self) -> bool:
        """Whether something counted is past its day."""
        return self._late

    def set_count(self, count: int, *, late: bool) -> None:
        """Show a count; red when late."""
        self._count = count
        self._late = late
        self.setAccessibleName(f"{self.text()} {count}" if count else self.text())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter acts like Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _paint_ground(self, painter: QPainter, bounds: QRect, *, chosen: bool = False) -> None:
        colours = theme.current().colours
        radius = theme.current().radius
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or self.underMouse():
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
        calm = colours.nav if self._chosen else colours.nav_hover
        painter.setBrush(QColor(colours.alarm if self._late else calm))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(QColor(colours.on_alarm if self._late else colours.nav_text))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)


class NavButton(NavLine):
    """One page: icon, words, and a count at the right."""

    def __init__(self, icon: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._icon = icon
        self.setCheckable(True)

    @property
    def _chosen(self) -> bool:
        return self.isChecked()

    def fold(self, folded: bool) -> None:
        """Show the icon only; the words become the tool tip."""
        self._folded = folded
        self.setToolTip(self.text() if folded else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line high; as wide as the navigation."""
        return QSize(theme.current().space(RAIL), theme.current().space(8.5))

    def minimumSizeHint(self) -> QSize:
        """A narrower line, so that all pages fit a low screen."""
        lowest = theme.current().space(5.5 if self._folded else 6)
        return QSize(theme.current().space(RAIL), lowest)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, words and count."""
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bounds = self.rect().adjusted(tokens.space(2), 0, -tokens.space(2), 0)
        self._paint_ground(painter, bounds, chosen=self._chosen)
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


class NavCaption(NavLine):
    """The name of a group; pressing it hides or shows the pages below."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setCheckable(True)

    @property
    def closed(self) -> bool:
        """Whether the pages of the group are hidden."""
        return self.isChecked()

    def sizeHint(self) -> QSize:
        """Lower than a page's line."""
        return QSize(theme.current().space(RAIL), theme.current().space(7))

    def minimumSizeHint(self) -> QSize:
        """A little lower, so that all groups fit a low screen."""
        return QSize(theme.current().space(RAIL), theme.current().space(5))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, which way the group opens, and what waits in a closed one."""
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bounds = self.rect().adjusted(tokens.space(2), 0, -tokens.space(2), 0)
        if self.hasFocus() or self.underMouse():
            self._paint_ground(painter, bounds)
        ink = tokens.colours.nav_text if self.underMouse() else tokens.colours.nav_muted
        painter.setFont(theme.font(tokens.small))
        painter.setPen(QColor(ink))
        words = bounds.adjusted(tokens.space(2.5), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.closed or self.underMouse() or self.hasFocus():
            left = words.left() + painter.fontMetrics().horizontalAdvance(self.text())
            side = tokens.space(4)
            chevron = "chevron-right" if self.closed else "chevron-down"
            picture = theme.picture(chevron, ink, side, self.devicePixelRatioF())
            painter.drawPixmap(left + tokens.space(1), (self.height() - side) // 2, picture)
        if self.closed and self._count:
            self._paint_count(painter, bounds)


class Brand(QWidget):
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
