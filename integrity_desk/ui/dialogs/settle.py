"""Settling one record: what two desks wrote into the same field, side by side; a person decides."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.domain.display import local_minute
from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import type_named
from integrity_desk.errors import DeskError
from integrity_desk.services.settling import (
    Disputed,
    Settle,
    ShowUnsettled,
    Unsettled,
    Version,
)
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.fitting import open_at
from integrity_desk.ui.form_values import plain_values
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.card import Card
from integrity_desk.ui.widgets.editor import Editor
from integrity_desk.ui.widgets.editors import make_editor
from integrity_desk.ui.widgets.labels import add_shown, button, label
from integrity_desk.wording import _

_WIDTH, _HEIGHT = 170, 150
_OWN = ""
"""The code of what a person writes instead of any version."""


class SettleDialog(QDialog):
    """Shows every disputed field of a record; what is left open stays on the list."""

    settled = Signal()

    def __init__(self, context: Context, record_id: Id, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("裁定两处不同的内容"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._id = record_id
        self._place = ("", record_id)
        self.boxes: list[DisputeBox] = []
        self.heading = label("", "title", wrap=True)
        self.refusal = label("", "error", wrap=True)
        self.look = button(_("打开登记"))
        self.close_button = button(_("以后再说"))
        self.go = button(_("裁定"), "check", "primary")
        self._rows = QVBoxLayout()
        self._build()
        self.go.clicked.connect(self._settle)
        self.look.clicked.connect(self._open_record)
        self.close_button.clicked.connect(self.reject)
        context.tasks.ask(ShowUnsettled(id=record_id), self._show, self._refused)

    @Slot(object)
    def _show(self, told: Unsettled) -> None:
        self._place = (told.page, told.owner)
        words = " ".join((_(told.type_label), told.number, told.title))
        self.heading.setText(" ".join(words.split()))
        for disputed in told.fields:
            box = DisputeBox(told.type, disputed, usable=told.may_settle)
            box.changed.connect(self._changed)
            self.boxes.append(box)
            add_shown(self._rows, box)
        self._rows.addStretch(1)
        if not told.may_settle:
            self._tell(_("这条登记已经复核，只能由复核员裁定。"))
        for box in self.boxes[:1]:
            box.focus_first()

    @Slot()
    def _changed(self) -> None:
        self._tell("")
        self.go.setEnabled(any(box.decided for box in self.boxes))

    @Slot()
    def _settle(self) -> None:
        chosen = {box.name: box.chosen for box in self.boxes if box.chosen}
        written = {name: value for box in self.boxes for name, value in box.written.items()}
        self.setEnabled(False)
        command = Settle(id=self._id, chosen=chosen, written=written)
        self._context.tasks.perform(command, self._done, self._refused)

    @Slot(object)
    def _done(self, _record: Id) -> None:
        self._context.say(_("已裁定，随下一个同步包告诉其他登记点。"))
        self.settled.emit()
        self.accept()

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self.setEnabled(True)
        self._tell(error.sentence)

    @Slot()
    def _open_record(self) -> None:
        self.reject()
        self._context.navigate(*self._place)

    def _tell(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def _build(self) -> None:
        space = theme.current().space
        lead = _("两个登记点各自改了同一项。请选定以哪一个为准；两个版本都留在历史里。")
        self.go.setEnabled(False)
        self.go.setDefault(True)
        holder = QWidget()
        holder.setProperty("kind", "plain")
        holder.setLayout(self._rows)
        self._rows.setSpacing(space(3))
        self._rows.setContentsMargins(0, 0, space(2), 0)
        area = QScrollArea()
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.setSpacing(space(2))
        foot.addWidget(self.look)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(3))
        for each in (self.heading, label(lead, "muted", wrap=True), area, self.refusal):
            layout.addWidget(each, int(each is area))
        layout.addLayout(foot)
        self._tell("")
        open_at(self, _WIDTH, _HEIGHT)


class DisputeBox(Card):
    """One disputed field: a version a line, and, where it may be, a third wording."""

    changed = Signal()

    def __init__(self, type_name: str, disputed: Disputed, *, usable: bool) -> None:
        super().__init__(_(disputed.label))
        self.name = disputed.name
        self._group = QButtonGroup(self)
        self._codes: list[str] = []
        self._field = type_named(type_name).field(disputed.name) if disputed.free else None
        self.editor: Editor | None = None
        for version in disputed.versions:
            self._add(version.code, _signature(version), label(version.words, wrap=True))
        if self._field is not None:
            self.editor = make_editor(self._field)
            self.editor.set_name(_("另写的“{field}”").format(field=_(disputed.label)))
            self.editor.edited.connect(self._typed)
            self._add(_OWN, _("都不对，另写"), self.editor)
        self._group.idClicked.connect(self.changed)
        self.setEnabled(usable)

    @property
    def decided(self) -> bool:
        """Whether a version was chosen or another wording typed."""
        return bool(self.chosen or self.written)

    @property
    def chosen(self) -> str:
        """The code of the version chosen, "" for none."""
        place = self._group.checkedId()
        return self._codes[place] if place >= 0 else ""

    @property
    def written(self) -> dict[str, Any]:
        """The third wording as a plain value by field name; empty when none is meant."""
        place = self._group.checkedId()
        if self.editor is None or self._field is None or place < 0 or self._codes[place] != _OWN:
            return {}
        return plain_values((self._field,), {self.name: self.editor.value()})

    def choose(self, code: str) -> None:
        """Choose a version by its code, as a click does."""
        self._group.button(self._codes.index(code)).click()

    def focus_first(self) -> None:
        """Put the keyboard on the first version."""
        self._group.button(0).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _typed(self) -> None:
        self._group.button(len(self._codes) - 1).setChecked(True)
        self.changed.emit()

    def _add(self, code: str, words: str, content: QWidget) -> None:
        radio = QRadioButton(words)
        self._group.addButton(radio, len(self._codes))
        self._codes.append(code)
        below = QHBoxLayout()
        below.setContentsMargins(theme.current().space(6), 0, 0, theme.current().space(1))
        below.addWidget(content)
        self.add(radio, below)


def _signature(version: Version) -> str:
    words = _("{desk}　{by}　{at}")
    if version.shown:
        words = _("{desk}　{by}　{at}（现在显示的）")
    return words.format(desk=version.desk, by=version.by, at=local_minute(version.at))
