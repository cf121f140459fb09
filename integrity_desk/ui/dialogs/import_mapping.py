"""How another office's headings are meant: one page, sample values beside each heading."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.domain.fields import Kind
from integrity_desk.domain.import_sources import (
    NOT_TAKEN,
    SourceMap,
    crowded,
    still_missing,
    targets_of,
)
from integrity_desk.domain.records import RecordType
from integrity_desk.services.import_sources import ListSeen
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.import_words import DefaultsBlock, WordsBlock
from integrity_desk.ui.widgets.labels import SectionHeading, label
from integrity_desk.ui.widgets.pick_box import PickBox
from integrity_desk.wording import _

_SHOWN_SAMPLES = 4
_SAMPLE_LENGTH = 14
_NAME_LENGTH = 60


class MappingPanel(QWidget):
    """A box for every heading; what is required and still missing is said below."""

    changed = Signal()

    def __init__(self, declared: RecordType, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._declared = declared
        self._targets = targets_of(declared)
        self._names = [NOT_TAKEN, *self._targets]
        self._labels = [_("（不导入）"), *(_(each.label) for each in self._targets.values())]
        self._given = SourceMap()
        self._samples: Mapping[str, tuple[str, ...]] = {}
        self.boxes: dict[str, PickBox] = {}
        self.name = QLineEdit()
        self.key = PickBox([_("（每一行都是新的）")])
        self.told = label("", "warning", wrap=True)
        self._grid = QGridLayout()
        self.defaults = DefaultsBlock()
        self.words = WordsBlock()
        self._build()
        self.name.textEdited.connect(self.changed)
        self.defaults.changed.connect(self._say)

    def show_list(self, seen: ListSeen, name: str) -> None:
        """Show the headings of a list, each with its likeliest meaning."""
        self._given, self._samples = seen.source, seen.samples
        self.name.setText(seen.source.name or name)
        self.defaults.values = dict(seen.source.defaults)
        self.words.values = {name: dict(some) for name, some in seen.source.words.items()}
        for heading in seen.headings:
            self._add(heading, seen.source.fields.get(heading, NOT_TAKEN))
        self._refresh()
        self._choose_key(seen.source.key)

    def focus_first(self) -> None:
        """Put the keyboard on the first column."""
        for first in list(self.boxes.values())[:1]:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def source(self) -> SourceMap:
        """How the person says the list is read."""
        return SourceMap(
            name=self.name.text().strip(),
            fields={heading: self._target(box) for heading, box in self.boxes.items()},
            words={name: some for name, some in self.words.values.items() if some},
            defaults={name: text for name, text in self.defaults.values.items() if text},
            key=self._keys()[max(self.key.place, 0)],
        )

    @property
    def complete(self) -> bool:
        """Whether every required field has a column or a word for all rows."""
        fits = all(box.place >= 0 for box in self.boxes.values())
        return fits and not still_missing(self._declared, self.source)

    def _target(self, box: PickBox) -> str:
        return self._names[max(box.place, 0)]

    def _keys(self) -> list[str]:
        """What may recognise a row next time: a mapped short text of the record itself."""
        taken = dict.fromkeys(self._target(box) for box in self.boxes.values())
        fitting = (n for n in taken if n and "." not in n)
        return ["", *(n for n in fitting if self._declared.field(n).kind is Kind.TEXT)]

    def _choose_key(self, name: str) -> None:
        keys = self._keys()
        self.key.setCurrentIndex(keys.index(name) if name in keys else 0)

    @Slot()
    def _refresh(self) -> None:
        """A column means something else now: ask anew what depends on it."""
        kept = self.source.key
        keys = self._keys()
        self.key.clear()
        self.key.addItems([self.key_words(each) for each in keys])
        self._choose_key(kept)
        mapped = {self._target(box) for box in self.boxes.values()}
        required = [each for each in self._declared.entry_fields if each.required]
        self.defaults.ask([each for each in required if each.name not in mapped])
        asked = {
            name: (self._targets[name], self._samples.get(heading, ()))
            for heading, box in self.boxes.items()
            if (name := self._target(box)) and self._targets[name].kind is Kind.CHOICE
        }
        self.words.ask(asked)
        self._say()

    def key_words(self, name: str) -> str:
        """What the box says of a field that may recognise a row."""
        return _(self._targets[name].label) if name else _("（每一行都是新的）")

    @Slot()
    def _say(self) -> None:
        source = self.source
        said = []
        unknown = next((box for box in self.boxes.values() if box.place < 0), None)
        if unknown is not None:
            said.append(
                _("列表中没有“{text}”，请从列表中选择。").format(text=unknown.currentText())
            )
        if missing := still_missing(self._declared, source):
            names = _("、").join(_(each.label) for each in missing)
            said.append(
                _("还缺必填的“{names}”：请为它对应一列，或在下面给所有行统一填写。").format(
                    names=names
                )
            )
        for name, headings in crowded(self._declared, source).items():
            named = _("、").join(headings)
            sentence = _("“{field}”只装得下一列，每行取“{headings}”中先填写的那一列。")
            said.append(sentence.format(field=_(self._targets[name].label), headings=named))
        self.told.setText("\n".join(said))
        self.told.setVisible(bool(said))
        self.changed.emit()

    def _add(self, heading: str, name: str) -> None:
        row = self._grid.rowCount()
        box = PickBox(self._labels)
        box.setAccessibleName(_("“{heading}”对应").format(heading=heading))
        box.setCurrentIndex(self._names.index(name) if name in self._names else 0)
        box.picked.connect(self._refresh)
        box.left.connect(self._refresh)
        self.boxes[heading] = box
        samples = label(_sampled(self._samples.get(heading, ())), "muted")
        samples.setToolTip("\n".join(self._samples.get(heading, ())[:20]))
        self._grid.addWidget(label(heading), row, 0)
        self._grid.addWidget(samples, row, 1)
        self._grid.addWidget(box, row, 2)

    def _build(self) -> None:
        space = theme.current().space
        self.name.setMaxLength(_NAME_LENGTH)
        self.name.setAccessibleName(_("来源名称"))
        self.key.setAccessibleName(_("凭哪一项认出同一条"))
        top = QHBoxLayout()
        top.setSpacing(space(2))
        for words, editor in ((_("来源名称"), self.name), (_("凭哪一项认出同一条"), self.key)):
            top.addWidget(label(words, "muted"))
            top.addWidget(editor, 1)
        for column, words in enumerate((_("表格的列"), _("列里写着"), _("登记表的项目"))):
            self._grid.addWidget(label(words, "caption"), 0, column)
        self._grid.setHorizontalSpacing(space(4))
        self._grid.setVerticalSpacing(space(1))
        for column, share in enumerate((2, 4, 3)):
            self._grid.setColumnStretch(column, share)
        inside = QWidget()
        inside.setProperty("kind", "plain")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, space(3), 0)
        rows.setSpacing(space(2))
        rows.addLayout(self._grid)
        rows.addWidget(self.defaults)
        rows.addWidget(self.words)
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        layout.addLayout(top)
        layout.addWidget(SectionHeading(_("列的对应")))
        layout.addWidget(self.told)
        layout.addWidget(scroll, 1)


def _sampled(words: tuple[str, ...]) -> str:
    shown = [
        each if len(each) <= _SAMPLE_LENGTH else each[: _SAMPLE_LENGTH - 1] + "…"
        for each in (" ".join(word.split()) for word in words[:_SHOWN_SAMPLES])
    ]
    return _("；").join(shown) or _("（这一列是空的）")
