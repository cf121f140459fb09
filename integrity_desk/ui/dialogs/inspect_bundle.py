"""What a bundle file says of itself without being opened: who, for whom, which, whether whole."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from integrity_desk.domain.display import local_minute
from integrity_desk.errors import DeskError
from integrity_desk.services.exchange import InspectBundle
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.foot import closing
from integrity_desk.ui.dialogs.small_dialog import SmallDialog
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.details import DetailList
from integrity_desk.ui.widgets.labels import label
from integrity_desk.wording import N_, _

_WIDTH = 130
_SHOWN_DIGITS = 24

_KINDS = {
    "delta": N_("增量上报"),
    "snapshot": N_("全量上报"),
    "receipt": N_("回执"),
    "trust": N_("信任名单"),
    "enrol": N_("开通文件"),
}


class InspectBundleDialog(SmallDialog):
    """Shows the envelope; the content stays sealed."""

    def __init__(self, tasks: Tasks, path: Path, parent: QWidget) -> None:
        super().__init__(_("查看同步包"), parent, width=_WIDTH)
        self._path = path
        self.card = QFrame()
        self.words = label(_("正在核对…"), wrap=True)
        self.details = DetailList()
        self._build()
        tasks.ask(InspectBundle(path=path), self._show, self._refused)

    @Slot(object)
    def _show(self, seen: Any) -> None:
        envelope = seen.envelope
        self._tell(seen.sentence, "green" if seen.known else "amber")
        self.details.show_pairs(
            (
                (_("类别"), _(_KINDS.get(envelope.kind, envelope.kind))),
                (_("发出方"), envelope.org),
                (_("发给"), envelope.audience),
                (_("序列"), envelope.stream),
                (_("序号"), str(envelope.seq)),
                (_("分卷"), f"{envelope.part + 1} / {envelope.parts}"),
                (_("变更"), str(envelope.revisions)),
                (_("时间"), local_minute(datetime.fromisoformat(envelope.created))),
                (_("大小"), _("{count} 字节").format(count=f"{envelope.payload.bytes:,}")),
                (_("密码算法"), seen.suite),
                (_("内容摘要"), f"{envelope.content[:_SHOWN_DIGITS]}…"),
            )
        )

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self._tell(error.sentence, "red")

    def _tell(self, sentence: str, tone: str) -> None:
        self.words.setText(sentence)
        theme.mark(self.card, tone=tone)
        theme.mark(self.words)

    def _build(self) -> None:
        space = theme.current().space
        self.card.setProperty("kind", "notice")
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(space(4), space(3), space(4), space(3))
        inside.addWidget(self.words)
        self.body.addWidget(label(self.windowTitle(), "title"))
        self.body.addWidget(label(self._path.name, "muted", wrap=True))
        self.body.addWidget(self.card)
        self.body.addWidget(self.details)
        self.body.addStretch(1)
        self.body.addLayout(closing(self))
