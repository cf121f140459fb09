"""Pages of a PDF: small ones at the left, the chosen one large, fitted or in its true size."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QIcon,
    QImage,
    QKeyEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedLayout,
    QWidget,
)

from integrity_desk.errors import DeskError
from integrity_desk.services.previews import PageImage, RenderPages
from integrity_desk.ui import theme
from integrity_desk.ui.printing import picture_of
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.empty_state import EmptyState
from integrity_desk.wording import _

FIT_WIDTH, FIT_PAGE, TRUE_SIZE = "width", "page", "true"

_SMALL_DPI = 16
_SMALL_WIDTH = 24
_LIST_WIDTH = 34
_MARGIN = 4
"""Widths in steps of the space scale."""

_PAUSE_MS = 60


class PageViewer(QWidget):
    """Shows one page at a time, drawn for the size it is seen in; PageUp and PageDown turn."""

    turned = Signal(int, int)
    """(page from 0, count)"""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._pdf = b""
        self._sizes: list[tuple[float, float]] = []
        self._zoom = FIT_WIDTH
        self._page = 0
        self.thumbs = QListWidget()
        self.sheet = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.desk = QScrollArea()
        self.empty = EmptyState("file", _("正在排版…"))
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_PAUSE_MS)
        self._again.timeout.connect(self._draw)
        self._build()

    @property
    def count(self) -> int:
        """How many pages there are; 0 until they are drawn."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page shown, from 0."""
        return self._page

    @property
    def landscape(self) -> bool:
        """Whether the first page is wider than high."""
        return bool(self._sizes) and self._sizes[0][0] > self._sizes[0][1]

    def show_pdf(self, pdf: bytes) -> None:
        """Show another document from its first page."""
        self._pdf = pdf
        ratio = self.devicePixelRatioF()
        question = RenderPages(pdf=pdf, dpi=_SMALL_DPI * ratio)
        self._tasks.ask(question, self._show_small, latest=True)

    def wait(self) -> None:
        """Take the pages away while another document is being made."""
        self._clear()
        self.empty.tell("file", _("正在排版…"))

    def refuse(self, error: DeskError) -> None:
        """Say in place of the pages why there are none."""
        self._clear()
        self.empty.tell("alert", error.sentence)

    def set_zoom(self, zoom: str) -> None:
        """Fit the width, the page, or show true size."""
        self._zoom = zoom
        self._draw()

    @Slot(int)
    def turn_to(self, page: int) -> None:
        """Show a page; one that is not there is ignored."""
        if 0 <= page < self.count:
            self.thumbs.setCurrentRow(page)

    def turn(self, pages: int) -> None:
        """Go on or back by so many pages."""
        self.turn_to(self._page + pages)

    @Slot(object)
    def _show_small(self, small: tuple[PageImage, ...]) -> None:
        self._clear()
        ratio = self.devicePixelRatioF()
        self._sizes = [
            (each.width / _SMALL_DPI / ratio, each.height / _SMALL_DPI / ratio) for each in small
        ]
        for number, each in enumerate(small, 1):
            item = QListWidgetItem(_small_icon(each, ratio), str(number))
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _("第{page}页").format(page=number))
            self.thumbs.addItem(item)
        self.thumbs.setVisible(self.count > 1)
        self._stack.setCurrentWidget(self.desk)
        if self.hasFocus():
            self.desk.setFocus(Qt.FocusReason.OtherFocusReason)
        self._page = -1
        self.turn_to(0)

    @Slot(int)
    def _choose(self, page: int) -> None:
        if page < 0 or page == self._page:
            return
        self._page = page
        self._draw()
        self.desk.verticalScrollBar().setValue(0)
        self.turned.emit(page, self.count)

    @Slot()
    def _draw(self) -> None:
        if not 0 <= self._page < self.count:
            return
        dpi = self._dpi() * self.devicePixelRatioF()
        question = RenderPages(pdf=self._pdf, dpi=dpi, pages=(self._page,))
        self._tasks.ask(question, self._show_large, latest=True)

    def _dpi(self) -> float:
        width, height = self._sizes[self._page]
        margin = 2 * theme.current().space(_MARGIN)
        room = self.desk.maximumViewportSize()
        bar = self.desk.verticalScrollBar().sizeHint().width()
        across = (room.width() - margin - bar) / width
        if self._zoom == FIT_WIDTH:
            return max(across, _SMALL_DPI)
        if self._zoom == FIT_PAGE:
            return max(min(across, (room.height() - margin) / height), _SMALL_DPI)
        return float(self.logicalDpiX())

    @Slot(object)
    def _show_large(self, drawn: tuple[PageImage, ...]) -> None:
        picture = _on_screen(picture_of(drawn[0]), self.devicePixelRatioF())
        self.sheet.setPixmap(picture)
        margin = 2 * theme.current().space(_MARGIN)
        self.sheet.setMinimumSize(picture.deviceIndependentSize().toSize() + QSize(margin, margin))

    def _clear(self) -> None:
        self._sizes, self._page = [], -1
        self.thumbs.clear()
        self.sheet.clear()
        self._stack.setCurrentWidget(self.empty)

    def _build(self) -> None:
        space = theme.current().space
        self.thumbs.setProperty("kind", "pages")
        self.thumbs.setAccessibleName(_("页面"))
        self.thumbs.setViewMode(QListWidget.ViewMode.IconMode)
        self.thumbs.setFlow(QListWidget.Flow.TopToBottom)
        self.thumbs.setWrapping(False)
        self.thumbs.setMovement(QListWidget.Movement.Static)
        self.thumbs.setSpacing(space(1.5))
        self.thumbs.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.thumbs.setIconSize(QSize(space(_SMALL_WIDTH), space(_SMALL_WIDTH * 1.5)))
        self.thumbs.setFixedWidth(space(_LIST_WIDTH))
        self.thumbs.currentRowChanged.connect(self._choose)
        self.desk.setWidget(self.sheet)
        self.desk.setWidgetResizable(True)
        self.desk.setProperty("kind", "desk")
        self.desk.setAccessibleName(_("预览"))
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.desk)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.thumbs)
        layout.addWidget(holder, 1)
        self.thumbs.hide()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes to the page, as soon as there is one; a proxy nobody sees stops Tab."""
        super().focusInEvent(event)
        if self.desk.isVisible():
            self.desk.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PageUp and PageDown turn the page, Home and End go to the first and last."""
        turns = {
            Qt.Key.Key_PageUp: self._page - 1,
            Qt.Key.Key_PageDown: self._page + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.count - 1,
        }
        if event.key() in turns:
            self.turn_to(turns[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new room."""
        super().resizeEvent(event)
        self._again.start()


def _on_screen(page: QImage, ratio: float) -> QPixmap:
    """The page with a thin edge, so that white paper stands out from a white window."""
    picture = QPixmap.fromImage(page)
    with QPainter(picture) as painter:
        painter.setPen(QColor(theme.current().colours.border_strong))
        painter.drawRect(picture.rect().adjusted(0, 0, -1, -1))
    picture.setDevicePixelRatio(ratio)
    return picture


def _small_icon(page: PageImage, ratio: float) -> QIcon:
    """The same picture chosen or not: a selection would tint the page."""
    width = round(theme.current().space(_SMALL_WIDTH) * ratio)
    smooth = Qt.TransformationMode.SmoothTransformation
    picture = _on_screen(picture_of(page).scaledToWidth(width, smooth), ratio)
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
