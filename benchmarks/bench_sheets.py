"""Spreadsheets beside plain openpyxl: ``python -m benchmarks.bench_sheets [--rows 100000]``.

The floor reads or writes the same cells and does nothing with them. Ours also holds every row
against the rules, or keeps it with its revision and search text. Memory is the peak of the
process after the whole list beside that after a quarter of it: flat when they are alike.
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook, load_workbook

from benchmarks import big_store
from benchmarks.big_store import START
from benchmarks.report import Row, cpu_seconds, table
from integrity_desk.services.desk import Desk
from integrity_desk.services.registers import Filter
from integrity_desk.services.spreadsheet_imports import CheckImport, ImportRows
from integrity_desk.services.spreadsheets import ExportRegister

_FULL_SIZE = 100_000
_SMALLEST = 1_000
_HEADINGS = (
    "来源渠道", "来源编号", "收到日期", "事由", "事项类别", "反映的事实", "诉求", "被反映单位",
)  # fmt: skip
_UNITS = 200
_FLAT = 1.25
"""How much more memory four times the rows may take."""


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What an act took: processor seconds, and the most memory up to its end in MB."""

    cpu: float
    peak: float


def rows(scale: float) -> list[Row]:
    """Measure lists of ``scale`` times a hundred thousand rows."""
    count = max(_SMALLEST, int(scale * _FULL_SIZE))
    with TemporaryDirectory(prefix="bench-sheets-") as name:
        folder = Path(name)
        made = big_store.make(folder / "desk", 10)
        desk = Desk(made.store, made.actor, lambda: START)
        try:
            quarter = _written(folder / "quarter.xlsx", count // 4, first=count)
            whole = _written(folder / "whole.xlsx", count)
            measured = _ours(desk, quarter, whole, folder / "out.xlsx")
            return [*_beside_floors(measured, whole, folder), *_memory(measured, count)]
        finally:
            made.store.close()


def _ours(desk: Desk, quarter: Path, whole: Path, out: Path) -> dict[str, Spent]:
    """Run everything of ours before any floor, whose rows would count in the peak of memory."""
    imports = {path: ImportRows(type="complaint", path=path) for path in (quarter, whole)}
    export = ExportRegister(filter=Filter(type="complaint"), path=out)
    acts: dict[str, Callable[[], object]] = {
        "begin": lambda: None,
        "dry quarter": lambda: desk.ask(CheckImport(type="complaint", path=quarter)),
        "dry run": lambda: desk.ask(CheckImport(type="complaint", path=whole)),
        "import quarter": lambda: desk.perform(imports[quarter]),
        "import": lambda: desk.perform(imports[whole]),
        "export": lambda: desk.perform(export),
        "take back": lambda: desk.ask(CheckImport(type="complaint", path=out)),
    }
    return {name: Spent(cpu=cpu_seconds(act), peak=_peak()) for name, act in acts.items()}


def _beside_floors(measured: dict[str, Spent], whole: Path, folder: Path) -> Iterator[Row]:
    out = folder / "out.xlsx"
    reading, reading_back = cpu_seconds(lambda: _read(whole)), cpu_seconds(lambda: _read(out))
    cells = _read(out)
    writing = cpu_seconds(lambda: _plain(folder / "plain.xlsx", cells))
    floors = {
        "dry run": ("openpyxl, reading the cells", reading),
        "import": ("openpyxl, reading the cells", reading),
        "export": ("openpyxl, writing the cells", writing),
        "take back": ("openpyxl, reading the cells", reading_back),
    }
    for name, (against, floor) in floors.items():
        yield Row(name=f"{name} (CPU)", ours=measured[name].cpu, peer=floor, against=against)


def _memory(measured: dict[str, Spent], count: int) -> Iterator[Row]:
    pairs = {"dry run": "dry quarter", "import": "import quarter", "export": "import"}
    for name, before in pairs.items():
        yield Row(
            name=f"peak memory, {name} of {count:,} rows", unit="MB", ours=measured[name].peak,
            peer=measured[before].peak, goal=_FLAT,
            against="before it" if name == "export" else "with a quarter of the rows",
        )  # fmt: skip


def _peak() -> float:
    """The most memory this process has had, in MB; ru_maxrss is in bytes on macOS."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _listed(count: int, first: int) -> Iterator[tuple[str, ...]]:
    names = list(big_store._unit_names())
    facts = "路灯长期损坏无人维护，夜间通行不便，已多次反映，请依法核实并书面答复。"
    for number in range(first, first + count):
        yield (
            "12345热线", f"SX2026{number:07d}", f"2026-01-0{number % 4 + 1}",
            f"示例事项{number}号路灯损坏", "其他", f"示例村{number % 30}组{facts}" * 2,
            "请限期整改并公开结果", names[number % _UNITS],
        )  # fmt: skip


def _written(path: Path, count: int, first: int = 0) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    sheet.append(_HEADINGS)
    for row in _listed(count, first):
        sheet.append(row)
    book.save(path)
    return path


def _read(path: Path) -> list[tuple[object, ...]]:
    book = load_workbook(path, read_only=True, data_only=True)
    sheet = book["数据"]
    sheet.reset_dimensions()
    cells = list(sheet.iter_rows(values_only=True))
    book.close()
    return cells


def _plain(path: Path, cells: list[tuple[object, ...]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    for row in cells:
        sheet.append(row)
    book.save(path)


def main() -> None:
    """Print the comparison as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=_FULL_SIZE)
    print(table(rows(parser.parse_args().rows / _FULL_SIZE)))


if __name__ == "__main__":
    main()
