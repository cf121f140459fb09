"""What an opened record says, block by block: head, lines, links, history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from integrity_desk.domain.display import local_minute
from integrity_desk.domain.records import RecordType, type_named
from integrity_desk.services.record_history import FieldChange, HistoryEntry
from integrity_desk.services.record_view import Line, RecordView
from integrity_desk.services.suggestions import Suggestion
from integrity_desk.ui import theme
from integrity_desk.ui.widgets.code_button import CodeButton
from integrity_desk.ui.widgets.details import DetailList
from integrity_desk.ui.widgets.entry_button import LinkButton
from integrity_desk.ui.widgets.labels import Badge, SectionHeading, label
from integrity_desk.ui.widgets.timeline import Moment
from integrity_desk.wording import _

LABEL_WIDTH = 25
_HEAD_WIDTH = 69
_VALUE_WIDTH = 45
"""In steps of the space scale: seven characters; what the panel has beside its scroll bar; what of
it is left for a value."""

_BUTTON_SIDES = 14
"""What a button's icon, padding and frame take, in the same steps."""

_SHOWN_CHANGES = 3
_SHOWN_LETTERS = 60


class HeadBlock(QWidget):
    """Number, state and delivery, and what the county or another desk said against it."""

    def __init__(self, view: RecordView) -> None:
        super().__init__()
        space = theme.current().space
        layout = column(self, space(2))
        layout.addLayout(_in_lines(_marks(view)))
        for warning in (view.warning, view.betrays):
            if warning:
                layout.addWidget(_note(warning, "amber"))
        if view.delivery_note:
            layout.addWidget(_note(view.delivery_note, view.delivery_tone))
        if view.conflicts:
            names = _("、").join(_(each) for each in view.conflicts)
            sentence = _("“{fields}”在两台电脑上改得不一样，请核对后修改一次。")
            layout.addWidget(_note(sentence.format(fields=names), "amber"))


class SuggestionsBlock(QWidget):
    """What may be entered next, for a person to decide; a button opens its form."""

    suggestion_wanted = Signal(str)

    def __init__(self, suggested: Iterable[Suggestion]) -> None:
        super().__init__()
        layout = column(self, theme.current().space(1.5))
        layout.addWidget(SectionHeading(_("建议接着登记")))
        for each in suggested:
            words = _(each.label)
            offer = CodeButton(each.code, words, icon="plus")
            offer.setText(_shortened(words))
            offer.setToolTip(words)
            offer.taken.connect(self.suggestion_wanted)
            layout.addWidget(offer)
        layout.addWidget(label(_("由您决定，程序不会自行登记。"), "caption", wrap=True))


def _shortened(words: str) -> str:
    """Return what of a button's words there is room for beside its icon."""
    tokens = theme.current()
    room = tokens.space(_HEAD_WIDTH - _BUTTON_SIDES)
    metrics = QFontMetrics(theme.font(tokens.base))
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)


class LinesBlock(QWidget):
    """Label and words of one section's fields; links lead on, private values can be shown."""

    link_wanted = Signal(str)
    reveal_wanted = Signal(str, str)
    count_wanted = Signal(str)
    """The id of the record whose time limit a person wants counted out."""

    def __init__(
        self, type_name: str, record_id: str, lines: Sequence[Line], *, may_reveal: bool
    ) -> None:
        super().__init__()
        self._record_id = record_id
        self._masked: dict[str, _Masked] = {}
        details = DetailList(LABEL_WIDTH)
        declared = type_named(type_name)
        for line in lines:
            details.add(_(line.label), self._value(line, declared, may_reveal))
        column(self).addWidget(details)

    def show_revealed(self, record_id: str, field: str, value: str) -> None:
        """Put the whole value in the place of its mask."""
        if record_id == self._record_id and field in self._masked:
            self._masked[field].show_value(value)

    def _value(self, line: Line, declared: RecordType, may_reveal: bool) -> str | QWidget:
        if line.link and _has_a_page(declared, line.name):
            link = LinkButton(line.link, line.words)
            link.taken.connect(self.link_wanted)
            return link
        if line.name == "due_rule":
            count = LinkButton(self._record_id, line.words)
            count.setToolTip(_("逐日说明怎样算的（Alt+W）"))
            count.taken.connect(self.count_wanted)
            return count
        if line.sensitive and may_reveal:
            masked = _Masked(line.name, line.label, line.words)
            masked.button.taken.connect(self._want_reveal)
            self._masked[line.name] = masked
            return masked
        return line.words

    @Slot(str)
    def _want_reveal(self, field: str) -> None:
        self.reveal_wanted.emit(self._record_id, field)


class BacklinksBlock(QWidget):
    """Records that point at this one, by register."""

    link_wanted = Signal(str)

    def __init__(self, backlinks: Iterable[tuple[str, str, str]]) -> None:
        super().__init__()
        layout = column(self, theme.current().space(1.5))
        layout.addWidget(SectionHeading(_("相关登记")))
        details = DetailList(LABEL_WIDTH)
        for type_label, record_id, title in backlinks:
            link = LinkButton(record_id, title)
            link.taken.connect(self.link_wanted)
            details.add(_(type_label), link)
        layout.addWidget(details)


def history_of(view: RecordView) -> list[Moment]:
    """Return the changes of a record as the timeline shows them, newest first."""
    last = len(view.history) - 1
    return [
        Moment(
            title=_(entry.act),
            caption=_caption(entry),
            detail="" if number == last else _changes(entry),
            tone="blue" if entry.foreign else "green",
        )
        for number, entry in enumerate(view.history)
    ]


def _marks(view: RecordView) -> Iterator[QWidget]:
    """What stands at the head: the number, the state, the state at the county."""
    if view.number:
        number = label(view.number, "muted")
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        yield number
    if view.state_label:
        yield Badge(_(view.state_label), view.tone)
    if view.delivery:
        badge = Badge(_(view.delivery), view.delivery_tone)
        badge.setToolTip(_("与县级的状态"))
        yield badge


def _in_lines(marks: Iterable[QWidget]) -> QVBoxLayout:
    """Set the marks side by side, in a new line where the panel ends."""
    space = theme.current().space
    lines = QVBoxLayout()
    lines.setSpacing(space(1.5))
    line, room = QHBoxLayout(), 0
    for mark in marks:
        mark.ensurePolished()
        width = mark.sizeHint().width()
        if width > room:
            line, room = QHBoxLayout(), space(_HEAD_WIDTH)
            line.setSpacing(space(2))
            line.addStretch(1)
            lines.addLayout(line)
        line.insertWidget(line.count() - 1, mark)
        room -= width + space(2)
    return lines


class _Masked(QWidget):
    """A masked value and the button that asks to see it."""

    def __init__(self, field: str, field_label: str, words: str) -> None:
        super().__init__()
        self._words = label(words, "value")
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.ensurePolished()
        self.button = CodeButton(field, _("显示"), kind="inline")
        self.button.setAccessibleName(_("显示完整的{field}").format(field=_(field_label)))
        self.button.ensurePolished()
        space = theme.current().space
        wanted = self._words.sizeHint().width() + space(2) + self.button.sizeHint().width()
        below = wanted > space(_VALUE_WIDTH)
        layout = QBoxLayout(
            QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight, self
        )
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0 if below else space(2))
        layout.addWidget(self._words)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)

    def show_value(self, value: str) -> None:
        """Replace the mask."""
        self._words.setText(value)
        self.button.hide()


def column(widget: QWidget, spacing: int = 0) -> QVBoxLayout:
    """Lay a block's content out from top to bottom, without margins."""
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    return layout


def _note(sentence: str, tone: str) -> QFrame:
    note = QFrame()
    note.setProperty("kind", "notice")
    note.setProperty("tone", tone)
    space = theme.current().space
    layout = QVBoxLayout(note)
    layout.setContentsMargins(space(3), space(2), space(3), space(2))
    layout.addWidget(label(sentence, wrap=True))
    return note


def _has_a_page(declared: RecordType, field: str) -> bool:
    return any(type_named(each).register for each in declared.field(field).to)


def _caption(entry: HistoryEntry) -> str:
    words = _("{by}　{at}").format(by=entry.by, at=local_minute(entry.at))
    if not entry.foreign:
        return words
    return _("{words}　登记点 {desk}").format(words=words, desk=entry.desk)


def _changes(entry: HistoryEntry) -> str:
    shown = [
        _("{field}：{words}").format(field=_(each.label), words=_brief(each).words)
        for each in entry.changes[:_SHOWN_CHANGES]
    ]
    if len(entry.changes) > _SHOWN_CHANGES:
        shown.append(_("……共 {count} 项").format(count=len(entry.changes)))
    return "\n".join(shown)


def _brief(change: FieldChange) -> FieldChange:
    return replace(change, now=_short(change.now), before=_short(change.before))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN_LETTERS else f"{line[:_SHOWN_LETTERS]}…"
