"""How far a long act has come, with Stop beside it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.tasks import Stage, Tasks
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _

SHOWN_AFTER_MS = 400


class ProgressStrip(QWidget):
    """Appears only when an act takes longer than 400 ms."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label("", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.current().space(30))
        self._bar.setAccessibleName(_("进度"))
        self._stop = button(_("停止"), kind="plain")
        self._stop.clicked.connect(self._stop_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for each in (self._words, self._bar, self._stop):
            layout.addWidget(each)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SHOWN_AFTER_MS)
        self._delay.timeout.connect(self.show)
        self.hide()

    def follow(self, tasks: Tasks) -> None:
        """Show the acts of ``tasks`` from now on."""
        tasks.started.connect(self.begin)
        tasks.progressed.connect(self.advance)
        tasks.finished.connect(self.end)
        self.stop_wanted.connect(tasks.stop)

    @Slot()
    def begin(self) -> None:
        """Start counting the 400 ms; harmless while already shown."""
        if self._delay.isActive() or not self.isHidden():
            return
        self._stop.setEnabled(True)
        self.advance(Stage(done=0, total=0, label=_("正在办理…")))
        self._delay.start()

    @Slot(object)
    def advance(self, stage: Stage) -> None:
        """Show a stage."""
        self._bar.setRange(0, stage.total)
        self._bar.setValue(stage.done)
        if stage.label:
            self._words.setText(stage.label)

    @Slot()
    def end(self) -> None:
        """Take the strip away."""
        self._delay.stop()
        self.hide()

    @Slot()
    def _stop_clicked(self) -> None:
        self._stop.setEnabled(False)
        self._words.setText(_("正在停止…"))
        self.stop_wanted.emit()
