"""The register's table beside a QTableView with Qt's own delegate: times of frames, as ratios.

    python -m benchmarks.bench_table [--rows 1000000] [--frames 200] [--json]

Both show the same model of the same rows in the same window size, drawn without a screen. A
stall is one uninterrupted piece of work of the window's thread: moving and painting, or taking
a fetched page and painting again; it is measured in processor time, so that a busy machine does
not blur the comparison.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import time
from array import array
from collections.abc import Callable, Sequence

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_FONT_DPI", "96")

from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from benchmarks.report import Row
from integrity_desk.services.registers import Row as RegisterRow
from integrity_desk.ui import theme
from integrity_desk.ui.models.rows import Column, RowsModel
from integrity_desk.ui.widgets.register_table import RowsView

_SIZE = (1076, 682)
_STATES = (("已受理", "blue"), ("核实中", "amber"), ("已办结", "green"), ("已归档", "grey"))
_UNITS = ("示例镇财政所", "示例县应急管理局", "示例乡镇便民服务中心综合窗口", "示例村村民委员会")
_TITLES = ("反映工程款拖欠逾期未付", "关于承诺事项未按期兑现、请求限期整改并书面答复的投诉")
_COLUMNS = (
    Column(name="number", label="编号", width=38),
    Column(name="unit", label="被反映单位", kind="muted", width=34),
    Column(name="title", label="投诉事项", stretch=True, width=40),
    Column(name="channel", label="来源渠道", kind="muted", width=24),
    Column(name="received_on", label="收到日期", kind="muted", width=24),
    Column(name="person", label="经办人", kind="muted", width=20),
    Column(name="due_on", label="办理期限", kind="due", width=24),
    Column(name="state", label="状态", kind="state", width=20),
)

Figures = dict[str, dict[str, float]]


def main() -> None:
    """Measure both tables and print their frames in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--frames", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    app = _application()
    ours = _measure(app, _our_table, arguments.rows, arguments.frames)
    peer = _measure(app, _default_table, arguments.rows, arguments.frames)
    print(json.dumps({"ours": ours, "default": peer}) if arguments.json else _table(ours, peer))


def rows(scale: float) -> list[Row]:
    """Measure a list of ``scale`` million rows; the slowest frame in a hundred counts."""
    app, many = _application(), max(1_000, int(scale * 1_000_000))
    ours = _measure(app, _our_table, many, 100)
    peer = _measure(app, _default_table, many, 100)
    return [
        Row(
            name=f"{name}, p99", unit="ms", ours=mine["p99_ms"], peer=peer[name]["p99_ms"],
            against="QTableView, Qt's own delegate",
        )
        for name, mine in ours.items()
    ]  # fmt: skip


def _application() -> QApplication:
    app = QApplication.instance() or QApplication(["bench", *theme.STYLE])
    assert isinstance(app, QApplication)
    theme.load_bundled_font()
    theme.apply(app)
    return app


def _measure(
    app: QApplication, build: Callable[[RowsModel], QTableView], rows: int, frames: int
) -> Figures:
    model = RowsModel(_COLUMNS, _fetch)
    model.set_order(array("q", range(rows)))
    view = build(model)
    view.resize(*_SIZE)
    view.show()
    _settle(app)
    bar = view.verticalScrollBar()
    row = theme.current().row
    dice = random.Random(1)
    steps: dict[str, Callable[[], int]] = {
        "full repaint": lambda: bar.value(),
        "wheel": lambda: bar.value() + 3 * row,
        "page down": lambda: bar.value() + bar.pageStep(),
        "jump": lambda: dice.randrange(bar.maximum()),
    }
    return {
        name: _summary(_stalls(app, view, place, frames, whole=name == "full repaint"))
        for name, place in steps.items()
    }


def _stalls(
    app: QApplication, view: QTableView, place: Callable[[], int], frames: int, *, whole: bool
) -> list[float]:
    stalls = []
    for _frame in range(frames):
        begun = time.thread_time()
        view.verticalScrollBar().setValue(place())
        if whole:
            view.viewport().repaint()
        stalls.append(time.thread_time() - begun)
        stalls += _settle(app)
    return stalls


def _settle(app: QApplication) -> list[float]:
    """Let events run until nothing is left to do; returns how long each long piece took."""
    pieces = []
    while True:
        begun = time.thread_time()
        app.processEvents()
        took = time.thread_time() - begun
        if took < 0.001:
            return pieces
        pieces.append(took)


def _summary(stalls: Sequence[float]) -> dict[str, float]:
    ordered = sorted(each * 1000 for each in stalls)
    return {
        "median_ms": round(statistics.median(ordered), 2),
        "p99_ms": round(ordered[int(len(ordered) * 0.99)], 2),
        "worst_ms": round(ordered[-1], 2),
    }


def _our_table(model: RowsModel) -> QTableView:
    return RowsView(model)


def _default_table(model: RowsModel) -> QTableView:
    view = QTableView()
    view.verticalHeader().setDefaultSectionSize(theme.current().row)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().hide()
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setAlternatingRowColors(True)
    view.setModel(model)
    for number, column in enumerate(model.columns):
        view.setColumnWidth(number, theme.current().space(column.width))
    return view


def _fetch(row_ids: tuple[int, ...], on_rows: Callable[[Sequence[RegisterRow]], None]) -> None:
    on_rows([_row(each) for each in row_ids])


def _row(number: int) -> RegisterRow:
    label, tone = _STATES[number % 4]
    day = number % 28 + 1
    return RegisterRow(
        row_id=number,
        id=f"{number:032x}",
        cells=(
            f"诉〔2026〕{number}号",
            _UNITS[number * 7 % 4],
            _TITLES[number * 3 % 2],
            "12345热线",
            f"2026-05-{day:02d}",
            f"示例{number % 50}",
            f"2026-06-{day:02d}",
        ),
        state_label=label,
        tone=tone,
        due_tone="red" if number % 9 == 4 else "",
    )


def _table(ours: Figures, peer: Figures) -> str:
    lines = [f"{'':14}{'ours: median':>14}{'p99':>8}{'worst':>8}{'default: median':>18}{'p99':>8}"]
    for name, mine in ours.items():
        theirs = peer[name]
        lines.append(
            f"{name:14}{mine['median_ms']:>14}{mine['p99_ms']:>8}{mine['worst_ms']:>8}"
            f"{theirs['median_ms']:>18}{theirs['p99_ms']:>8}"
            f"   {mine['p99_ms'] / theirs['p99_ms']:.2f} of the default's p99"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
