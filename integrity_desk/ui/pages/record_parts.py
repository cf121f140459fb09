"""What belongs to an opened record: its sub-records and its files."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from integrity_desk.domain.attachments import Attachment
from integrity_desk.domain.records import RecordType, type_named
from integrity_desk.services.record_view import Line, Part, PartRow
from integrity_desk.ui import theme
from integrity_desk.ui.pages.record_blocks import LinesBlock, column
from integrity_desk.ui.widgets.code_button import CodeButton
from integrity_desk.ui.widgets.entry_button import EntryButton
from integrity_desk.ui.widgets.labels import SectionHeading, label
from integrity_desk.wording import _


class PartBlock(QWidget):
    """The sub-records of one type; a companion reads like a section of its owner."""

    part_wanted = Signal(str, str)
    reveal_wanted = Signal(str, str)

    def __init__(self, part: Part, *, may_edit: bool, may_reveal: bool) -> None:
        super().__init__()
        self._part = part
        self._blocks: list[LinesBlock] = []
        declared = type_named(part.type)
        layout = column(self, theme.current().space(1.5))
        layout.addWidget(self._heading(declared, may_edit))
        if part.hidden:
            layout.addWidget(label(_("这部分内容只对经办人和复核员开放。"), "muted", wrap=True))
        for row in part.rows:
            if declared.companion:
                block = LinesBlock(
                    part.type, row.id, _companion_lines(declared, row), may_reveal=may_reveal
                )
                block.reveal_wanted.connect(self.reveal_wanted)
                self._blocks.append(block)
                layout.addWidget(block)
            else:
                layout.addWidget(self._row(row, declared, may_edit))

    def show_revealed(self, record_id: str, field: str, value: str) -> None:
        """Put the whole value in the place of its mask."""
        for block in self._blocks:
            block.show_revealed(record_id, field, value)

    def _heading(self, declared: RecordType, may_edit: bool) -> QWidget:
        count = len(self._part.rows)
        words = _(self._part.label)
        if count and not declared.companion:
            words = _("{label} {count}").format(label=words, count=count)
        if not may_edit or declared.companion or not declared.typed_fields:
            return SectionHeading(words)
        heading, add = _heading_with(words, _("添加{type}").format(type=_(self._part.label)))
        add.taken.connect(self._add)
        return heading

    def _row(self, row: PartRow, declared: RecordType, may_edit: bool) -> QWidget:
        words = dict(zip(self._part.heads, row.cells, strict=True))
        main = declared.field(declared.title).label if declared.has(declared.title) else ""
        title = words.pop(main, "")
        if not title or title.isdecimal():
            title = _("{label} {value}").format(label=_(main), value=title).strip()
        rest = [
            cell if len(cell) > 3 else f"{_(head)} {cell}" for head, cell in words.items() if cell
        ]
        entry = EntryButton(row.id, title, " · ".join(rest))
        entry.setEnabled(
            (may_edit and bool(declared.typed_fields)) or declared.name == "printed_sheet"
        )
        entry.taken.connect(self._amend)
        return entry

    @Slot(str)
    def _amend(self, part_id: str) -> None:
        self.part_wanted.emit(self._part.type, part_id)

    @Slot(str)
    def _add(self, _code: str) -> None:
        self.part_wanted.emit(self._part.type, "")


class FilesBlock(QWidget):
    """Attachments: a click opens, the arrow keeps a copy."""

    attach_wanted = Signal()
    file_wanted = Signal(str)
    file_copy_wanted = Signal(str)

    def __init__(self, files: Sequence[Attachment], *, may_attach: bool) -> None:
        super().__init__()
        space = theme.current().space
        layout = column(self, space(1.5))
        words = _("附件 {count}").format(count=len(files)) if files else _("附件")
        if may_attach:
            heading, add = _heading_with(words, _("添加附件"))
            add.taken.connect(self._attach)
            layout.addWidget(heading)
        else:
            layout.addWidget(SectionHeading(words))
        for each in files:
            layout.addLayout(self._file(each))
        if may_attach and not files:
            layout.addWidget(label(_("把文件拖到这里，或点“添加”。"), "caption", wrap=True))

    def _file(self, file: Attachment) -> QHBoxLayout:
        purpose = _(file.purpose.label) if file.purpose else ""
        notes = [each for each in (purpose, size_words(file.size_bytes or 0), file.note) if each]
        entry = EntryButton(file.id, file.file_name, " · ".join(notes), icon="paperclip")
        entry.taken.connect(self.file_wanted)
        copy = CodeButton(file.id, "", icon="download", kind="plain")
        copy.setAccessibleName(_("另存 {name}").format(name=file.file_name))
        copy.setToolTip(_("另存 {name}").format(name=file.file_name))
        copy.taken.connect(self.file_copy_wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.current().space(1))
        row.addWidget(entry, 1)
        row.addWidget(copy)
        return row

    @Slot(str)
    def _attach(self, _code: str) -> None:
        self.attach_wanted.emit()


def size_words(size_bytes: int) -> str:
    """Return a file's size as people read it: 86 KB, 1.2 MB."""
    if size_bytes < 1 << 20:
        return f"{max(1, round(size_bytes / 1024))} KB"
    return f"{size_bytes / (1 << 20):.1f} MB"


def _heading_with(words: str, adds: str) -> tuple[QWidget, CodeButton]:
    """Return a heading with 添加 at its end, named ``adds`` for screen readers."""
    add = CodeButton("", _("添加"), icon="plus", kind="inline")
    add.setAccessibleName(adds)
    add.setToolTip(adds)
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.current().space(2))
    row.addWidget(SectionHeading(words), 1)
    row.addWidget(add)
    return holder, add


def _companion_lines(declared: RecordType, row: PartRow) -> list[Line]:
    """Return a companion's cells as lines; they stand in the order of its fields."""
    fields = declared.listed_fields or declared.typed_fields[1:]
    return [
        Line(name=field.name, label=field.label, words=words, sensitive=field.sensitive)
        for field, words in zip(fields, row.cells, strict=True)
        if words
    ]
