"""Being enrolled at the county, in two steps: a file out with a code read aloud, a list in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from integrity_desk.errors import DeskError
from integrity_desk.services.county_trust import ImportTrust, TrustView, WriteEnrolment
from integrity_desk.ui import theme
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.card import Card
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.plain_field import PlainField
from integrity_desk.wording import _

_WIDTH = 190


class EnrolmentView(QWidget):
    """Shown until the county's list has been taken in."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.code = label("", "figure")
        self.export = button(_("导出开通文件…"), "export", "primary")
        self.done = label("", "muted", wrap=True)
        self.county_code = PlainField(
            _("县级校验码"), hint=_("向县级电话核对，六组数字，空格可省略")
        )
        self.take = button(_("导入信任名单…"), "download", "primary")
        self._build()
        self.export.clicked.connect(self._ask_folder)
        self.take.clicked.connect(self._ask_file)

    def show_trust(self, trust: TrustView) -> None:
        """Show this desk's own code."""
        self.code.setText(trust.desk_code)
        self.code.setAccessibleName(_("本登记点校验码 {code}").format(code=trust.desk_code))

    def write_to(self, folder: Path) -> None:
        """Write the enrol file into a folder or stick."""
        self._context.tasks.perform(WriteEnrolment(folder=folder), self._written)

    def take_in(self, path: Path) -> None:
        """Take in the county's list, proved by the code typed."""
        command = ImportTrust(path=path, county_code=self.county_code.text)
        self._context.tasks.perform(command, self._taken, self._refused)

    @Slot()
    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("开通文件存到哪里"), str(Path.home()))
        if name:
            self.write_to(Path(name))

    @Slot()
    def _ask_file(self) -> None:
        if not self.county_code.text.strip():
            self.county_code.refuse(_("请先填写县级校验码，再选择文件。"))
            self.county_code.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        name, _kind = QFileDialog.getOpenFileName(
            self, _("选择县级发回的信任名单"), str(Path.home()), "*.tsb"
        )
        if name:
            self.take_in(Path(name))

    @Slot(object)
    def _written(self, path: Path) -> None:
        self.done.setText(_("已写入：{path}").format(path=path))

    @Slot(object)
    def _taken(self, county: str) -> None:
        self._context.say(_("已在“{county}”开通，可以上报了。").format(county=county))

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self.county_code.refuse(error.sentence)

    def _build(self) -> None:
        space = theme.current().space
        column = QVBoxLayout()
        column.setSpacing(space(4))
        column.addWidget(label(_("上报前，先在县级开通本登记点，只需办理一次。"), "muted"))
        column.addWidget(self._first())
        column.addWidget(self._second())
        column.addStretch(1)
        holder = QWidget()
        holder.setMaximumWidth(space(_WIDTH))
        holder.setLayout(column)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space(4), space(4), space(4), space(4))
        layout.addWidget(holder, 1)
        layout.addStretch(0)

    def _first(self) -> Card:
        card = Card(_("第一步：把开通文件交给县级"))
        lead = _("用U盘带去开通文件，并当面或在电话里念出下面的校验码；县级核对一致后才会开通。")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.setSpacing(theme.current().space(3))
        row.addWidget(self.export)
        row.addWidget(self.done, 1)
        card.add(
            label(lead, "muted", wrap=True), label(_("本登记点校验码"), "caption"), self.code, row
        )
        return card

    def _second(self) -> Card:
        card = Card(_("第二步：导入县级发回的信任名单"))
        lead = _("县级开通后会发回一个信任名单文件。请先核对县级的校验码，以防文件被调换。")
        row = QHBoxLayout()
        row.addWidget(self.take)
        row.addStretch(1)
        card.add(label(lead, "muted", wrap=True), self.county_code, row)
        return card
