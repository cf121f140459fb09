"""The score sheet of one evaluation: numbers, how each arose, the chart, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, Qt, Slot
from PySide6.QtWidgets import (
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.domain.evaluation import (
    LIFE,
    OPEN_TO_INDICATORS,
    OPEN_TO_SCORES,
    WHOLE_WEIGHT,
)
from integrity_desk.domain.fields import Id
from integrity_desk.domain.notices import NoticeKind
from integrity_desk.services.evaluation import TakeUsualIndicators
from integrity_desk.services.record_view import OpenRecord, RecordView
from integrity_desk.services.rolls import ROLLS, Drafted, DraftRoll, rolls_of
from integrity_desk.services.score_paper import DrawScoreSheet, total_chart
from integrity_desk.services.score_sheet import (
    ExplainScore,
    Explanation,
    ScoreSheet,
    ShowScoreSheet,
)
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.give_scores import GiveScoresDialog
from integrity_desk.ui.dialogs.paper_preview import PaperPreview
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.indicator_menu import IndicatorMenu
from integrity_desk.ui.pages.record_acts import RecordActs
from integrity_desk.ui.pages.score_panel import ScorePanel
from integrity_desk.ui.pages.scoring_tables import ScoringTables
from integrity_desk.ui.pages.step_order import awaited, in_order
from integrity_desk.ui.pages.work_page import WorkView, back_button
from integrity_desk.ui.widgets.chart_view import ChartView
from integrity_desk.ui.widgets.chips import ChipsRow
from integrity_desk.ui.widgets.code_button import CodeButton
from integrity_desk.ui.widgets.drawer import Drawer
from integrity_desk.ui.widgets.empty_state import EmptyState
from integrity_desk.ui.widgets.folding_row import FoldingRow
from integrity_desk.ui.widgets.labels import Badge, empty, label
from integrity_desk.ui.widgets.score_table import ScoreTable
from integrity_desk.wording import _

_SCORES, _CHART = "scores", "chart"
_LEFT = 90
"""Room for the way back, the state and what is shown, in steps of the space scale."""


class ScoreSheetView(WorkView):
    """Takes the page of evaluations; every act of the evaluation can be done from here."""

    def __init__(self, context: Context, scheme_id: Id) -> None:
        super().__init__(context)
        self._id = scheme_id
        self.sheet: ScoreSheet | None = None
        self.view: RecordView | None = None
        self.table = ScoreTable()
        self.chart = ChartView()
        self.panel = ScorePanel()
        self.empty = EmptyState("chart", _("正在读取…"))
        self.chips = ChipsRow([(_SCORES, _("得分")), (_CHART, _("图示"))])
        self.acts = RecordActs(context, self)
        self.tables = ScoringTables(context, self)
        self.indicators = IndicatorMenu(context, self)
        self.dialog: GiveScoresDialog | None = None
        self.preview: PaperPreview | None = None
        self._badge = Badge()
        self._note = label("", "muted", wrap=True)
        self._top = FoldingRow(_LEFT)
        self._stack = QStackedWidget()
        self.drawer = Drawer(self._content(), self.panel)
        self._build()
        self._connect()

    @property
    def title(self) -> str:
        """The evaluation's name."""
        return self.sheet.scheme.title if self.sheet else _("得分表")

    @property
    def offers(self) -> frozenset[str]:
        """Printing, and asking anew."""
        return frozenset({"refresh", "print"} if self._printable else {"refresh"})

    def act(self, action_id: str) -> None:
        """Take one of the offers."""
        if action_id == "print":
            self._do("print")
        else:
            self.refresh()

    def refresh(self) -> None:
        """Ask for the scheme and its numbers."""
        self.context.tasks.ask(OpenRecord(id=self._id), self._show_view, latest=True)
        self.context.tasks.ask(ShowScoreSheet(scheme_id=self._id), self._show_sheet, latest=True)

    @Slot()
    def leave(self) -> None:
        """The explanation goes first, then the sheet."""
        if self.drawer.is_open:
            self.drawer.close_panel()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().leave()

    @property
    def _printable(self) -> bool:
        shown = self.sheet is not None and bool(self.sheet.heads and self.sheet.lines)
        return shown and self.context.actor.may("print")

    @Slot(object)
    def _show_view(self, view: RecordView) -> None:
        self.view = view
        self._badge.show_state(_(view.state_label), view.tone)

    @Slot(object)
    def _show_sheet(self, sheet: ScoreSheet) -> None:
        self.sheet = sheet
        self.table.show_sheet(sheet)
        chart = total_chart(sheet)
        self.chart.show_chart(chart)
        self._note.setText(self._hint())
        self._offer()
        self._show_part()
        self.changed.emit()

    @Slot()
    def _show_part(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        if not sheet.heads:
            words = _("还没有考核指标。可以采用常用指标，再增减和调整权重。")
            self.empty.tell(
                "chart", words, _("采用常用指标") if self._may_change_indicators else ""
            )
            self._stack.setCurrentWidget(self.empty)
        elif self.chips.current == _CHART and total_chart(sheet).is_empty:
            self.empty.tell("chart", _("计算得分后，这里显示各单位总分和与上期的对比。"))
            self._stack.setCurrentWidget(self.empty)
        else:
            self._stack.setCurrentIndex(1 if self.chips.current == _CHART else 0)

    def _hint(self) -> str:
        """Return what the person should know or do in this state."""
        assert self.sheet is not None
        state, weight = self.sheet.scheme.state, self.sheet.weight
        theme.mark(self._note, kind="muted")
        if not self.sheet.heads:
            return ""
        if weight != WHOLE_WEIGHT and state in OPEN_TO_INDICATORS:
            theme.mark(self._note, kind="error")
            words = _("各指标权重合计{weight}，应为100，请点列名（或按F2）修改指标。")
            return words.format(weight=weight)
        return {
            "draft": _("点列名（或按F2）可以修改指标；核对指标和权重后，点“开始采集”。"),
            "collecting": _("填写或导入人工、第三方评分；考核期满后，点“计算得分”。"),
            "publicity": _("公示期间收到的异议点“登记异议”，公示期满后处理。"),
        }.get(state, _("点任一得分，可以看它怎样得出、由哪些记录得出。"))

    # What can be done

    def _offer(self) -> None:
        empty(self._top.right)
        for code, words, icon in self._offered():
            self._add_button(CodeButton(code, words, icon=icon))
        steps = in_order(LIFE, self.view.state, self.view.offered) if self.view else ()
        for place, step in enumerate(steps):
            awaits = self.view is not None and awaited(LIFE, self.view.state, steps)
            kind = "primary" if place == 0 and awaits else ""
            self._add_button(CodeButton(f"step:{step.act}", _(step.label), kind=kind))

    def _offered(self) -> Iterator[tuple[str, str, str]]:
        assert self.sheet is not None
        state = self.sheet.scheme.state
        may = self.context.actor.may
        if self._may_change_indicators:
            yield "indicator", _("添加指标"), "plus"
        if may("edit") and state in OPEN_TO_SCORES and any(h.given for h in self.sheet.heads):
            yield "give", _("填写评分"), "pencil"
            yield "tables", _("第三方评分"), "users"
        if may("edit") and state in ("publicity", "objections"):
            yield "objection", _("登记异议"), "alert"
        if may("edit"):
            for kind in rolls_of(state):
                yield f"roll:{kind.value}", _(ROLLS[kind]), "megaphone"
        if self._printable:
            yield "print", _("打印得分表"), "printer"

    def _add_button(self, made: CodeButton) -> None:
        made.taken.connect(self._take)
        self._top.right.addWidget(made)

    @Slot(str)
    def _take(self, code: str) -> None:
        self._do(code)

    def _do(self, code: str) -> None:
        act, _colon, what = code.partition(":")
        {
            "step": self._step, "roll": self._draft, "print": self._print,
            "give": self._give, "tables": self._third_party,
            "indicator": self._add_part, "objection": self._add_part,
        }[act](what or act)  # fmt: skip

    def _step(self, act: str) -> None:
        if self.view is not None:
            self.acts.take(self.view, next(each for each in self.view.offered if each.act == act))

    def _add_part(self, what: str) -> None:
        if self.view is not None:
            name = {"indicator": "indicator", "objection": "evaluation_objection"}[what]
            self.acts.open_part(self.view, name, "")

    @Slot(str, QPoint)
    def _offer_for_head(self, indicator_id: Id, at: QPoint) -> None:
        sheet = self.sheet
        if sheet is None or not self._may_change_indicators:
            return
        head = next(each for each in sheet.heads if each.id == indicator_id)
        self.indicators.open_menu(head, at, droppable=sheet.scheme.state == LIFE.initial)

    @Slot(str)
    def _amend_indicator(self, indicator_id: Id) -> None:
        if self.view is not None:
            self.acts.open_part(self.view, "indicator", indicator_id)

    @property
    def _may_change_indicators(self) -> bool:
        state = self.sheet.scheme.state if self.sheet is not None else ""
        return state in OPEN_TO_INDICATORS and self.context.actor.may("edit")

    def _draft(self, kind: str) -> None:
        wanted = next(each for each in NoticeKind if each.value == kind)
        command = DraftRoll(scheme_id=self._id, kind=wanted)
        self.context.tasks.perform(command, self._drafted)

    @Slot(object)
    def _drafted(self, drafted: Drafted) -> None:
        self.context.say(drafted.told())
        self.context.navigate("notice", drafted.notice_id)

    def _give(self, _act: str) -> None:
        if self.sheet is not None:
            self.dialog = GiveScoresDialog(self.context, self.sheet, self)
            self.dialog.open()

    def _third_party(self, _act: str) -> None:
        if self.sheet is not None:
            opener = next(each for each in self.findChildren(CodeButton) if each.code == "tables")
            self.tables.open_menu(self.sheet, opener)

    def _print(self, _act: str) -> None:
        question = DrawScoreSheet(
            scheme_id=self._id, bundled_fonts=self.context.settings.current.bundled_fonts
        )
        words = _("{name}得分表").format(name=self.title)
        self.preview = PaperPreview(self.context, words, self)
        self.preview.ask(question)

    @Slot()
    def _take_usual(self) -> None:
        self.context.tasks.perform(TakeUsualIndicators(scheme_id=self._id))

    @Slot(str, str)
    def _explain(self, result_id: Id, indicator_id: Id) -> None:
        question = ExplainScore(result_id=result_id, indicator_id=indicator_id)
        self.context.tasks.ask(question, self._show_explanation, latest=True)

    @Slot(object)
    def _show_explanation(self, told: Explanation) -> None:
        self.panel.show_explanation(told)
        self.drawer.open()

    @Slot(str, str)
    def _open_record(self, type_name: str, record_id: Id) -> None:
        self.context.navigate(type_name, record_id)

    # Building

    def _content(self) -> QWidget:
        space = theme.current().space
        charts = QScrollArea()
        charts.setWidget(self.chart)
        charts.setWidgetResizable(True)
        charts.setAccessibleName(_("图示"))
        for each in (self.table, charts, self.empty):
            self._stack.addWidget(each)
        self._stack.setCurrentWidget(self.empty)
        back = back_button()
        back.taken.connect(self._go_back)
        self._top.left.addWidget(back)
        self._top.left.addWidget(self._badge)
        self._top.left.addWidget(self.chips, 1)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(space(4), space(3), space(4), space(3))
        layout.setSpacing(space(2))
        layout.addWidget(self._top)
        layout.addWidget(self._note)
        layout.addWidget(self._stack, 1)
        return content

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.drawer)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.chips.chosen.connect(self._show_part)
        self.table.asked.connect(self._explain)
        self.table.head_asked.connect(self._offer_for_head)
        self.indicators.amend_wanted.connect(self._amend_indicator)
        self.panel.closed.connect(self.drawer.close_panel)
        self.panel.record_wanted.connect(self._open_record)
        self.empty.acted.connect(self._take_usual)

    @Slot(str)
    def _go_back(self, _code: str) -> None:
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """The panel takes the new theme's width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "panel"):
            self.panel.fit()
