"""Beside the score sheet: how one number of one unit arose, and the records behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from integrity_desk.services.registers import Hit
from integrity_desk.services.score_sheet import Explanation
from integrity_desk.ui import theme
from integrity_desk.ui.widgets.details import DetailList
from integrity_desk.ui.widgets.entry_button import EntryButton
from integrity_desk.ui.widgets.labels import SectionHeading, label
from integrity_desk.ui.widgets.side_panel import SidePanel
from integrity_desk.wording import _

_WIDTH = 80
_MOST_SHOWN = 60
"""How many records are named in the panel; the register shows the others."""


class ScorePanel(SidePanel):
    """Shows an Explanation; a record in it opens on its own page."""

    record_wanted = Signal(str, str)
    """(type name, record id)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._types: dict[str, str] = {}
        self.fit()

    def fit(self) -> None:
        """Take the width of the theme in force."""
        self.setFixedWidth(theme.current().space(_WIDTH))

    def show_explanation(self, told: Explanation) -> None:
        """Show how a number arose."""
        self.clear()
        self._types = {each.id: each.type for each in (*told.hits, *told.misses)}
        self.set_title(told.indicator)
        self.body.addWidget(label(told.unit, "muted", wrap=True))
        lines = DetailList()
        lines.show_pairs(told.lines)
        self.body.addWidget(lines)
        self._add_records(_("达标的记录 {count}"), told.hits)
        self._add_records(_("未达标的记录 {count}"), told.misses)

    def _add_records(self, heading: str, found: Sequence[Hit]) -> None:
        if not found:
            return
        self.body.addWidget(SectionHeading(heading.format(count=len(found))))
        for each in found[:_MOST_SHOWN]:
            caption = " · ".join(filter(None, (each.number, _(each.state_label))))
            entry = EntryButton(each.id, each.title, caption)
            entry.taken.connect(self._want)
            self.body.addWidget(entry)
        if len(found) > _MOST_SHOWN:
            words = _("另有{count}条，请在相应台账中查看。")
            self.body.addWidget(
                label(words.format(count=len(found) - _MOST_SHOWN), "caption", wrap=True)
            )

    @Slot(str)
    def _want(self, record_id: str) -> None:
        self.record_wanted.emit(self._types[record_id], record_id)
