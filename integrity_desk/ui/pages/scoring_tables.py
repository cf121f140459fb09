"""Scoring tables of third parties: handed out to be filled in, one a scorer, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from integrity_desk.domain.fields import Id
from integrity_desk.services.score_sheet import ScoreSheet
from integrity_desk.services.scoring_tables import ExportScoringTable, ImportScores
from integrity_desk.ui.dialogs.keeping import where_kept
from integrity_desk.ui.pages.base import Context
from integrity_desk.wording import _

_EXPORT, _IMPORT = "export", "import"


class ScoringTables(QObject):
    """The menu below a button, and what its lines do."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._sheet: ScoreSheet | None = None
        self._written: Path | None = None
        self.menu = QMenu(window)
        self.menu.triggered.connect(self._take)

    def open_menu(self, sheet: ScoreSheet, below: QWidget) -> None:
        """Offer a table for each scorer, and taking tables back."""
        self._sheet = sheet
        self.menu.clear()
        scorers = list(dict.fromkeys(head.scorer for head in sheet.heads if head.given))
        for scorer in scorers if len(scorers) > 1 else ():
            if scorer:
                self._add(_("导出给“{scorer}”填写…").format(scorer=scorer), _EXPORT, scorer)
        self._add(_("导出全部评分指标…") if len(scorers) > 1 else _("导出待填写的评分表…"), _EXPORT)
        self.menu.addSeparator()
        self._add(_("收回填好的评分表…"), _IMPORT)
        self.menu.popup(below.mapToGlobal(QPoint(0, below.height())))
        self.menu.setActiveAction(self.menu.actions()[0])

    def export_to(self, path: Path, scheme_id: Id, scorer: str = "") -> None:
        """Write the table one scorer is to fill in."""
        command = ExportScoringTable(scheme_id=scheme_id, path=path, scorer=scorer)
        self._written = path
        self._context.tasks.perform(command, self._exported)

    def import_from(self, paths: Sequence[Path], scheme_id: Id) -> None:
        """Take tables back; several count by their mean."""
        command = ImportScores(scheme_id=scheme_id, paths=tuple(paths))
        self._context.tasks.perform(command, self._imported)

    def _add(self, words: str, act: str, scorer: str = "") -> None:
        action = self.menu.addAction(words)
        action.setObjectName(act)
        action.setData(scorer)

    @Slot(QAction)
    def _take(self, action: QAction) -> None:
        if action.objectName() == _EXPORT:
            self._ask_where(action.data())
        else:
            self._ask_which()

    def _ask_where(self, scorer: str) -> None:
        assert self._sheet is not None
        words = _("{name}评分表").format(name=self._sheet.scheme.title)
        name = f"{words}-{scorer}" if scorer else words
        path = where_kept(self._context, self._window, _("导出评分表"), name, "xlsx")
        if path:
            self.export_to(path, self._sheet.scheme.id, scorer)

    def _ask_which(self) -> None:
        assert self._sheet is not None
        folder = self._context.settings.current.export_folder or str(Path.home())
        chosen, _kind = QFileDialog.getOpenFileNames(
            self._window, _("选择填好的评分表，可以选几份"), folder, "*.xlsx *.csv"
        )
        if chosen:
            self.import_from([Path(each) for each in chosen], self._sheet.scheme.id)

    @Slot(object)
    def _exported(self, count: int) -> None:
        words = _("评分表已导出到{path}，共{count}个单位。")
        self._context.say(words.format(path=self._written, count=count))

    @Slot(object)
    def _imported(self, count: int) -> None:
        self._context.say(_("已导入{count}个评分。").format(count=count))
