"""What is typed into a form outlives a crash: kept while typing, offered the next time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from integrity_desk.domain.display import local_minute
from integrity_desk.domain.fields import Field
from integrity_desk.services.drafts import DiscardDraft, Draft, KeepDraft, ListDrafts
from integrity_desk.ui.form_values import field_values, plain_values
from integrity_desk.ui.forms import Form
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.notice_bar import NoticeBar
from integrity_desk.wording import _

KEEP_AFTER_MS = 2_000
_RESTORE = "restore"


class DraftKeeper(QObject):
    """Watches one form; ``bar`` offers what an earlier one of the same ``key`` left unsaved."""

    def __init__(
        self, context: Context, form: Form, fields: Sequence[Field], key: str,
        about: Mapping[str, Any] | None = None, *, restore: bool = False,
    ) -> None:  # fmt: skip
        """``about`` is kept beside the values; with ``restore`` they are put in unasked."""
        super().__init__(form)
        self._context = context
        self._form = form
        self._fields = fields
        self._key = key
        self._about = about or {}
        self._restoring = restore
        self._kept: Draft | None = None
        self._has_kept = False
        self.bar = NoticeBar()
        self.bar.taken.connect(self._take_offer)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(KEEP_AFTER_MS)
        self._soon.timeout.connect(self.keep)
        form.edited.connect(self.keep_soon)
        form.submitted.connect(self._soon.stop)
        form.closed.connect(self.forget)
        context.tasks.ask(ListDrafts(), self._offer)

    @property
    def command(self) -> KeepDraft:
        """What keeps what is typed now."""
        values = plain_values(self._fields, self._form.values())
        return KeepDraft(key=self._key, content={**self._about, "values": values})

    @Slot()
    def keep_soon(self) -> None:
        """Keep what is typed, once the hand rests."""
        self._soon.start()

    @Slot()
    def keep(self) -> None:
        """Keep what is typed now."""
        if self._form.dirty:
            self._has_kept = True
            self._context.tasks.perform(self.command)

    def go_on(self, key: str, about: Mapping[str, Any]) -> None:
        """What was typed is saved, and nothing kept; what comes now goes under another key."""
        self._key, self._about = key, about
        self._has_kept = False

    @Slot()
    def forget(self) -> None:
        """It was saved, or is not wanted any more."""
        self._soon.stop()
        if self._has_kept:
            self._has_kept = False
            self._context.tasks.perform(DiscardDraft(key=self._key))

    @Slot(object)
    def _offer(self, drafts: Sequence[Draft]) -> None:
        self._kept = next((each for each in drafts if each.key == self._key), None)
        if self._kept is not None and self._restoring:
            self._take_offer(_RESTORE)
        elif self._kept is not None:
            words = _("{time} 填写的内容还没有保存。")
            offers = [(_RESTORE, _("恢复上次未保存的内容")), ("drop", _("不要了"))]
            self.bar.offer(words.format(time=local_minute(self._kept.saved_at)), offers)

    @Slot(str)
    def _take_offer(self, code: str) -> None:
        assert self._kept is not None
        self.bar.hide()
        self._has_kept = True
        if code == _RESTORE:
            values = field_values(self._fields, self._kept.content["values"])
            self._form.set_values(values, dirty=True)
        else:
            self.forget()
        self._form.focus_first()
