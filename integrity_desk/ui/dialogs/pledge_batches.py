"""Pledges for many at once: issue one to each person picked, note many as signed on one day."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from integrity_desk.domain.fields import Field, Id
from integrity_desk.domain.pledges import Pledge
from integrity_desk.domain.records import type_of
from integrity_desk.domain.times import china_day
from integrity_desk.services.pledges import IssuePledges, MatchScans, Scan, SignPledges
from integrity_desk.services.registers import Filter
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.batch_dialog import BatchDialog
from integrity_desk.ui.dialogs.item_picker import ItemPicker
from integrity_desk.ui.dialogs.pick_staff import PickStaffDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.editors import make_editor
from integrity_desk.ui.widgets.field_box import FieldBox
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _

_SIZE = (220, 160)
_SCANS = "*.pdf *.jpg *.jpeg *.png *.tif *.tiff"
_MOST_NAMED = 4
"""How many files that belong to nobody are named."""


class IssuePledgesDialog(PickStaffDialog):
    """Kind, occasion and day above, the tree of people below."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent, title=_("批量发放承诺书"), size=_SIZE)
        self.ask(_boxes(("template", "occasion", "issued_on")))
        self.boxes["issued_on"].editor.set_value(china_day(context.now()))

    def command(self) -> Any:
        """One pledge each; what is missing is said at its field."""
        values = self.values()
        return values and IssuePledges(subject_ids=self.tree.ids, **values)


class SignPledgesDialog(BatchDialog):
    """Tick who signed; one day and one witness for all, and each one's scan, found by its name."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent, title=_("批量登记签署"), size=_SIZE)
        self.scans: tuple[Scan, ...] = ()
        offered = Filter(type="pledge", states=("issued",))
        empty = _("没有待签署的承诺书。先用“批量发放”给每人发一份。")
        self.picker = ItemPicker(context.tasks, offered, empty=empty)
        self.scan_button = button(_("添加扫描件…"), "paperclip")
        self.scan_button.setAutoDefault(False)
        self.scan_button.setHidden(not context.actor.may("attach"))
        hint = _("文件名里有承诺书编号或承诺人姓名的，自动对上并勾选。")
        self.told = label(hint, "muted", wrap=True)
        self.body.addWidget(self.picker, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.current().space(2))
        row.addWidget(self.scan_button)
        row.addWidget(self.told, 1)
        self.body.addLayout(row)
        self.ask(_boxes(("signed_on", "witness"), required=("signed_on",)))
        self.boxes["signed_on"].editor.set_value(china_day(context.now()))
        self.picker.changed.connect(self._count)
        self.scan_button.clicked.connect(self._ask_for_scans)

    def command(self) -> Any:
        """Note those ticked as signed; a scan of one that is not ticked stays out."""
        values = self.values()
        ids = self.picker.ids
        kept: dict[Id, tuple[Path, ...]] = {}
        for each in self.scans:
            if each.pledge_id and (each.signed or each.pledge_id in ids):
                kept[each.pledge_id] = (*kept.get(each.pledge_id, ()), each.path)
        return values and SignPledges(pledge_ids=ids, scans=kept, **values)

    def add_scans(self, paths: Sequence[Path]) -> None:
        """Find whose letters these files are."""
        self.context.tasks.ask(MatchScans(paths=tuple(paths)), self._show_scans, latest=True)

    @Slot()
    def _ask_for_scans(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(
            self, _("选择签好的承诺书扫描件，可以选多个"), str(Path.home()), _SCANS
        )
        if chosen:
            self.add_scans([Path(each) for each in chosen])

    @Slot(object)
    def _show_scans(self, scans: Sequence[Scan]) -> None:
        known = {each.path for each in scans}
        self.scans = (*(each for each in self.scans if each.path not in known), *scans)
        fresh = [each.pledge_id for each in scans if each.pledge_id and not each.signed]
        self.picker.tick(tuple(dict.fromkeys((*self.picker.ids, *fresh))))
        self.told.setText(_scans_told(self.scans))
        theme.mark(self.told, kind="warning" if any(s.problem for s in self.scans) else "muted")
        self._count()

    @Slot()
    def _count(self) -> None:
        late = {each.pledge_id for each in self.scans if each.signed}
        self.count(len(self.picker.ids) + len(late), _("{act}（{count}份）"))


def _scans_told(scans: Sequence[Scan]) -> str:
    matched = sum(bool(each.pledge_id) for each in scans)
    lost = [each for each in scans if each.problem]
    words = _("扫描件对上{count}个。").format(count=matched)
    if not lost:
        return words
    named = _("；").join(
        _("“{file}”{problem}").format(file=each.path.name, problem=each.problem)
        for each in lost[:_MOST_NAMED]
    )
    more = _("等{count}个").format(count=len(lost)) if len(lost) > _MOST_NAMED else ""
    hint = _("请把文件名改成承诺书编号再添加。")
    return f"{words}{named}{more}{_('，')}{hint}"


def _boxes(names: tuple[str, ...], required: tuple[str, ...] = ()) -> dict[str, FieldBox]:
    declared = type_of(Pledge)
    fields: list[Field] = [declared.field(name) for name in names]
    asked = [
        dataclasses.replace(each, required=each.required or each.name in required)
        for each in fields
    ]
    return {each.name: FieldBox(each, make_editor(each, None)) for each in asked}
