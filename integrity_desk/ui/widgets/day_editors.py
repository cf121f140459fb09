"""Editors of days and moments: typed in many ways, or picked from a calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QWidget

from integrity_desk.domain.display import local_minute
from integrity_desk.domain.fields import Field
from integrity_desk.domain.reading import read_day, read_moment
from integrity_desk.domain.times import china_day
from integrity_desk.ui import theme
from integrity_desk.ui.widgets.editor import LineEditor
from integrity_desk.wording import _, language


class DayEditor(LineEditor):
    """A line for a day with a calendar behind its button; Alt+↓ opens it."""

    def __init__(self, field: Field, parent: QWidget | None = None, **how: Any) -> None:
        super().__init__(field, parent=parent, **how)
        self._calendar: QCalendarWidget | None = None
        button = QAction(_("打开日历"), self.line)
        theme.set_icon(button, "calendar", "muted")
        button.triggered.connect(self.open_calendar)
        self.line.addAction(button, QLineEdit.ActionPosition.TrailingPosition)

    @Slot()
    def open_calendar(self) -> None:
        """Show the calendar below the line, on the day typed or on today."""
        calendar = self._calendar or self._make_calendar()
        value = self.value()
        if value is not None:
            day = value if type(value) is date else china_day(value)
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.adjustSize()
        calendar.move(self.line.mapToGlobal(QPoint(0, self.line.height())))
        calendar.show()
        calendar.setFocus()

    def _make_calendar(self) -> QCalendarWidget:
        self._calendar = calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setLocale(QLocale("zh_CN" if language() == "zh" else "en_GB"))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.clicked.connect(self._take)
        calendar.activated.connect(self._take)
        return calendar

    @Slot(QDate)
    def _take(self, picked: QDate) -> None:
        if self._calendar is None or not self._calendar.isVisible():
            return
        self._calendar.hide()
        _day, _blank, clock = self.line.text().partition(" ")
        self.line.setText(f"{picked.toString('yyyy-MM-dd')} {clock}".strip())
        self._settle()
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+↓ opens the calendar."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)


def day_editor(field: Field) -> DayEditor:
    """Return the editor of a calendar day."""
    editor = DayEditor(field, read=read_day, write=date.isoformat)
    editor.line.setPlaceholderText(_("如 2026-05-12 或 20260512"))
    return editor


def moment_editor(field: Field) -> DayEditor:
    """Return the editor of a moment, in China time to the minute."""
    editor = DayEditor(field, read=read_moment, write=local_minute)
    editor.line.setPlaceholderText(_("如 2026-05-12 09:30"))
    return editor
