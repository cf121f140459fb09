"""What is said on a notice: title, issuer, lead, place, period, contact, and the gate."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from integrity_desk.domain.fields import Id
from integrity_desk.domain.notices import ABOUT_ANOTHER, Notice, NoticeKind
from integrity_desk.domain.records import type_of
from integrity_desk.errors import InvalidInput
from integrity_desk.services.notice_drafts import NoticeSuggestion
from integrity_desk.ui import theme
from integrity_desk.ui.link_finder import RecordFinder
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.editors import make_editor
from integrity_desk.ui.widgets.field_box import FieldBox
from integrity_desk.ui.widgets.labels import SectionHeading
from integrity_desk.ui.widgets.publication_gate import GATE_FIELDS, PublicationGate
from integrity_desk.wording import _

_TYPE = type_of(Notice)
_WORDS = ("title", "about_id", "issuer_id", "layout", "lead", "body")
_PERIOD = ("place", "from_on", "until_on", "contact", "phone")
_OPTIONAL = frozenset({"layout", "lead", "body"})
_PLACES = {
    "title": (0, 0, 1, 2), "about_id": (1, 0, 1, 2), "issuer_id": (2, 0, 1, 1),
    "layout": (2, 1, 1, 1), "lead": (3, 0, 1, 2), "body": (4, 0, 1, 2),
    "place": (0, 0, 1, 2), "from_on": (1, 0, 1, 1), "until_on": (1, 1, 1, 1),
    "contact": (2, 0, 1, 1), "phone": (2, 1, 1, 1),
}  # fmt: skip
"""Where a field stands in its section: row, column, rows, columns."""


class NoticeForm(QFrame):
    """Scrolls; suggested words stand until a person changes them."""

    FIELDS = (
        *(_TYPE.field(name) for name in (*_WORDS, *_PERIOD)),
        *GATE_FIELDS,
        *(_TYPE.field(name) for name in ("redaction", "publication_ground")),
    )

    edited = Signal()
    issuer_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "side")
        finder = RecordFinder(context.tasks)
        self._suggested: dict[str, Any] = {}
        self._about = False
        self.boxes: dict[str, FieldBox] = {}
        for name in (*_WORDS, *_PERIOD):
            field = dataclasses.replace(_TYPE.field(name), required=name not in _OPTIONAL)
            self.boxes[name] = FieldBox(field, make_editor(field, finder))
            self.boxes[name].edited.connect(self.edited)
        self.boxes["issuer_id"].editor.settled.connect(self._issuer_settled)
        self.gate = PublicationGate()
        self.gate.edited.connect(self.edited)
        self._build()

    @property
    def issuer_id(self) -> Id:
        """The unit chosen, "" for none."""
        return str(self.boxes["issuer_id"].editor.value())

    def values(self) -> dict[str, Any]:
        """Return field values by name, unchecked."""
        typed = {name: box.editor.value() for name, box in self.boxes.items()}
        return {**typed, **self.gate.values()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show what was saved before; nothing of it is replaced by suggestions."""
        for name, box in self.boxes.items():
            if name in values:
                box.editor.set_value(values[name])
        self.gate.set_values(values)

    def suggest(self, told: NoticeSuggestion) -> None:
        """Fill in what is empty or still reads as suggested before."""
        words = dataclasses.asdict(told)
        fresh = {name: value for name, value in words.items() if name in self.boxes}
        for name, value in fresh.items():
            now = self.boxes[name].editor.value()
            if now in (self.boxes[name].field.empty, self._suggested.get(name)):
                self.boxes[name].editor.set_value(value)
                self.boxes[name].refuse("")
        self._suggested = fresh

    def show_for(self, kind: NoticeKind, *, lists: bool) -> None:
        """Offer what a kind needs: a text of its own where it lists nothing, and so on."""
        self.boxes["body"].setVisible(not lists or kind is NoticeKind.QUESTION_ANSWER)
        self.boxes["layout"].setVisible(lists)
        self._about = kind in ABOUT_ANOTHER
        self.boxes["about_id"].setVisible(self._about)

    def check(self, *, submitting: bool) -> bool:
        """Show what is wrong; a draft needs a title and an issuer only."""
        asked = [
            name
            for name in self.boxes
            if (submitting or name in ("title", "issuer_id"))
            and (self._about or name != "about_id")
        ]
        wrong = [self.boxes[name] for name in asked if not self.boxes[name].check()]
        wrong += [
            box
            for name, box in self.boxes.items()
            if name not in asked and box.editor.problem() and not box.check()
        ]
        if wrong:
            self._reveal(wrong[0])
        elif submitting and not self.gate.answered:
            self._reveal(self.gate)
            self.gate.refuse(GATE_FIELDS[0].name, _("请先按“逐项确认”，逐项审查公示内容。"))
            return False
        return not wrong

    def refuse(self, error: InvalidInput) -> bool:
        """Show the sentence at its field; False when the field is not here."""
        if error.field in self.boxes:
            self.boxes[error.field].refuse(error.sentence)
            self._reveal(self.boxes[error.field])
            return True
        place = self.gate.refuse(error.field, error.sentence)
        if place is not None:
            self._reveal(place)
        return place is not None

    @Slot()
    def _issuer_settled(self) -> None:
        if self.issuer_id and self.issuer_id != self._suggested.get("issuer_id"):
            self.issuer_changed.emit()

    def _reveal(self, widget: QWidget) -> None:
        self._scroll.ensureWidgetVisible(widget)
        if isinstance(widget, FieldBox):
            widget.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        space = theme.current().space
        sheet = QWidget()
        sheet.setProperty("kind", "plain")
        rows = QVBoxLayout(sheet)
        rows.setContentsMargins(space(4), space(4), space(5), space(5))
        rows.setSpacing(space(3))
        for heading, names in ((_("公示内容"), _WORDS), (_("公示期和异议受理"), _PERIOD)):
            rows.addWidget(SectionHeading(heading))
            rows.addLayout(self._grid(names))
            rows.addSpacing(space(2))
        rows.addWidget(SectionHeading(_("公开审查")))
        rows.addWidget(self.gate)
        rows.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(sheet)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.addWidget(self._scroll)

    def _grid(self, names: tuple[str, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().space(4))
        grid.setVerticalSpacing(theme.current().space(2.5))
        for name in names:
            grid.addWidget(self.boxes[name], *_PLACES[name], Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        return grid
