"""The administrator's editor of letters: words, the fields they may name, and how they look."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.domain.letter_templates import MOST_LETTERS
from integrity_desk.errors import DeskError
from integrity_desk.services.letter_templates import (
    ListTemplates,
    PreviewTemplate,
    ReadTemplate,
    ResetTemplate,
    SaveTemplate,
    TemplateLine,
    TemplateText,
)
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.confirm import confirm_leaving
from integrity_desk.ui.dialogs.foot import foot_of
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.long_text import LongText
from integrity_desk.ui.widgets.page_viewer import PageViewer
from integrity_desk.wording import _

_WIDTH, _HEIGHT = 320, 170
_MOST = 0.94
_LIST_WIDTH, _FIELDS_WIDTH = 52, 46
_PAUSE_MS = 500
_KEY = Qt.ItemDataRole.UserRole


class LetterTemplatesDialog(QDialog):
    """Kinds at the left, words in the middle, fields and the page at the right.

    The page is drawn anew when typing rests; what cannot be printed is said in its place and
    cannot be saved.
    """

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("文书模板"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._shown: TemplateText | None = None
        self._wanted = ""
        self.kinds = QListWidget()
        self.title = QLineEdit()
        self.addressee = QLineEdit()
        self.body = LongText(MOST_LETTERS, _("请删减后再放入。"))
        self.fields = QListWidget()
        self.viewer = PageViewer(context.tasks)
        self.refusal = label("", "error", wrap=True)
        self.reset = button(_("恢复原样"), "undo")
        self.save = button(_("保存"), "check", "primary")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._build(parent)
        self._connect()
        self._list()

    @property
    def words(self) -> dict[str, Any]:
        """What is typed now."""
        assert self._shown is not None
        return {
            "id": self._shown.id, "title": self.title.text(),
            "addressee": self.addressee.text(), "body": self.body.toPlainText(),
        }  # fmt: skip

    @property
    def changed(self) -> bool:
        """Whether something was typed that is not saved."""
        shown = self._shown
        return shown is not None and self.words != {
            "id": shown.id, "title": shown.title, "addressee": shown.addressee,
            "body": shown.body,
        }  # fmt: skip

    def _list(self) -> None:
        self._context.tasks.ask(ListTemplates(), self._show_kinds, latest=True)

    @Slot(object)
    def _show_kinds(self, lines: tuple[TemplateLine, ...]) -> None:
        kept = self._shown.id if self._shown is not None else ""
        self.kinds.blockSignals(True)
        self.kinds.clear()
        for each in lines:
            words = _("{title}（已改）") if each.edited else "{title}"
            item = QListWidgetItem(words.format(title=each.title))
            item.setData(_KEY, each.id)
            item.setToolTip(each.types)
            self.kinds.addItem(item)
        ids = [each.id for each in lines]
        self.kinds.setCurrentRow(ids.index(kept) if kept in ids else 0)
        self.kinds.blockSignals(False)
        self._choose()

    @Slot()
    def _choose_another(self) -> None:
        """What was typed of the one before is not lost without asking."""
        if self.changed and self._shown is not None:
            wanted = self.kinds.currentItem()
            self._wanted = wanted.data(_KEY) if wanted is not None else ""
            self._put_back()
            confirm_leaving(self, self._go_to_wanted)
        else:
            self._choose()

    def _put_back(self) -> None:
        assert self._shown is not None
        self._select(self._shown.id)

    @Slot()
    def _go_to_wanted(self) -> None:
        self._select(self._wanted)
        self._choose()

    def _select(self, template_id: str) -> None:
        self.kinds.blockSignals(True)
        for place in range(self.kinds.count()):
            if self.kinds.item(place).data(_KEY) == template_id:
                self.kinds.setCurrentRow(place)
        self.kinds.blockSignals(False)

    @Slot()
    def _choose(self) -> None:
        item = self.kinds.currentItem()
        if item is not None:
            question = ReadTemplate(id=item.data(_KEY))
            self._context.tasks.ask(question, self._show, latest=True)

    @Slot(object)
    def _show(self, template: TemplateText) -> None:
        self._shown = template
        self.title.setText(template.title)
        self.addressee.setText(template.addressee)
        self.body.setPlainText(template.body.strip())
        self._shown = TemplateText(**{**template.__dict__, "body": self.body.toPlainText()})
        self.fields.clear()
        for path, where in template.fields:
            item = QListWidgetItem(path)
            item.setToolTip(_(where))
            self.fields.addItem(item)
        self.reset.setEnabled(template.edited)
        self._preview()

    @Slot()
    def _typed(self) -> None:
        self._pause.start()
        self.save.setEnabled(False)

    @Slot()
    def _preview(self) -> None:
        if self._shown is not None:
            fonts = bool(self._context.settings.current.bundled_fonts)
            question = PreviewTemplate(**self.words, bundled_fonts=fonts)
            self._context.tasks.ask(question, self._drawn, self._refused, latest=True)

    @Slot(object)
    def _drawn(self, pdf: bytes) -> None:
        self.refusal.clear()
        self.save.setEnabled(self.changed)
        self.viewer.show_pdf(pdf)

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self.refusal.setText(error.sentence)
        self.save.setEnabled(False)
        self.viewer.refuse(error)

    @Slot()
    def _save(self) -> None:
        self._context.tasks.perform(SaveTemplate(**self.words), self._saved, self._refused)

    @Slot()
    def _reset(self) -> None:
        if self._shown is not None:
            command = ResetTemplate(id=self._shown.id)
            self._context.tasks.perform(command, self._saved, self._refused)

    @Slot(object)
    def _saved(self, _nothing: None) -> None:
        self._context.say(_("已保存文书模板：{title}").format(title=self.title.text()))
        self._list()

    @Slot(QListWidgetItem)
    def _insert(self, item: QListWidgetItem) -> None:
        self.body.insertPlainText(f"{{{item.text()}}}")
        self.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.kinds.currentItemChanged.connect(self._choose_another)
        self.fields.itemActivated.connect(self._insert)
        self.title.textEdited.connect(self._typed)
        self.addressee.textEdited.connect(self._typed)
        self.body.textChanged.connect(self._typed)
        self.body.overfull.connect(self.refusal.setText)
        self._pause.timeout.connect(self._preview)
        self.save.clicked.connect(self._save)
        self.reset.clicked.connect(self._reset)

    @Slot()
    def _drop(self) -> None:
        super().reject()

    def _build(self, parent: QWidget) -> None:
        space = theme.current().space
        size = parent.window().size() * _MOST
        self.resize(min(space(_WIDTH), size.width()), min(space(_HEIGHT), size.height()))
        for widget, name in (
            (self.kinds, _("文书")), (self.title, _("文书名称")), (self.addressee, _("主送")),
            (self.body, _("正文")), (self.fields, _("可用的项目")),
        ):  # fmt: skip
            widget.setAccessibleName(name)
        for chosen_from in (self.kinds, self.fields):
            chosen_from.setProperty("kind", "lines")
            chosen_from.setTextElideMode(Qt.TextElideMode.ElideRight)
            chosen_from.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.setTabChangesFocus(True)
        self.kinds.setFixedWidth(space(_LIST_WIDTH))
        self.fields.setFixedWidth(space(_FIELDS_WIDTH))
        columns = QHBoxLayout()
        columns.setSpacing(space(3))
        columns.addWidget(self.kinds)
        columns.addLayout(self._words_column(), 3)
        columns.addLayout(self._fields_column())
        columns.addWidget(self.viewer, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(3))
        layout.addLayout(columns, 1)
        layout.addWidget(self.refusal)
        layout.addLayout(self._foot())

    def _words_column(self) -> QVBoxLayout:
        lead = _("# 小标题　| 不缩进　> 手填行　? 缺项时省去　{table} 表格")
        column = QVBoxLayout()
        column.setSpacing(theme.current().space(1.5))
        for words, widget in ((_("文书名称"), self.title), (_("主送"), self.addressee)):
            column.addWidget(label(words, "muted"))
            column.addWidget(widget)
        column.addWidget(label(_("正文"), "muted"))
        column.addWidget(self.body, 1)
        column.addWidget(label(lead.format(table="[[附件]]"), "caption", wrap=True))
        return column

    def _fields_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.current().space(1.5))
        column.addWidget(label(_("双击或按回车插入"), "muted"))
        column.addWidget(self.fields, 1)
        return column

    def _foot(self) -> QHBoxLayout:
        close = button(_("关闭"))
        close.clicked.connect(self.reject)
        row = foot_of(close, self.save)
        self.reset.setAutoDefault(False)
        row.insertWidget(0, self.reset)
        return row

    def reject(self) -> None:
        """Esc and 关闭 ask before words are lost."""
        if self.changed:
            confirm_leaving(self, self._drop)
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """So does the window's own button."""
        if self.changed:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)
