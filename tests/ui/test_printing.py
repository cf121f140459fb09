"""Printing through a real process: a small ``lp`` on PATH that writes down what it was given."""

from __future__ import annotations

import json
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter

from integrity_desk.domain.sheets import Paper
from integrity_desk.services.sheets import PreviewSheet
from integrity_desk.ui.dialogs.system_printing import SystemPrintDialog, options_from
from integrity_desk.ui.printing import (
    LpJob,
    Printers,
    PrintOptions,
    RasterJob,
    Spooler,
    lp_arguments,
    printer_for,
    printers_in,
)
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.trays import Trays, trays_in

LPSTAT = """\
printer 大厅_HP is idle.  enabled since Tue May 12 09:00:00 2026
printer Poster disabled since Mon May 11 17:00:00 2026 -
\tUnplugged or turned off
system default destination: 大厅_HP
"""

OPTIONS = PrintOptions(
    printer="大厅_HP", paper=Paper.A3, title="示例公示", pages=3, first=2, last=3, copies=2,
    two_sided=True,
)  # fmt: skip


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in front of PATH for programs of the test's own."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


def install(programs: Path, name: str, body: str) -> None:
    path = programs / name
    path.write_text(f"#!{sys.executable}\nimport json, pathlib, sys\n{body}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


RECORDING = """
here = pathlib.Path(__file__).parent
here.joinpath("arguments.json").write_text(json.dumps(sys.argv[1:]))
here.joinpath("given.pdf").write_bytes(sys.stdin.buffer.read())
"""


def test_lp_gets_the_very_bytes_and_every_choice(qtbot: Any, programs: Path, tasks: Tasks) -> None:
    install(programs, "lp", RECORDING)
    pdf = b"%PDF-1.7 " + bytes(200_000)
    spooler = Spooler(tasks)
    with qtbot.waitSignal(spooler.sent):
        spooler.send(pdf, OPTIONS)
    assert (programs / "given.pdf").read_bytes() == pdf
    given = json.loads((programs / "arguments.json").read_text())
    assert given == [
        "-d", "大厅_HP", "-n", "2", "-t", "示例公示", "-o", "media=A3",
        "-o", "sides=two-sided-long-edge", "-o", "collate=true", "-P", "2-3",
    ]  # fmt: skip


def test_a_whole_sheet_once_needs_no_page_list() -> None:
    whole = PrintOptions(printer="HP", paper=Paper.A4, title="示例", pages=3, first=1, last=3)
    assert lp_arguments(whole) == [
        "-d", "HP", "-n", "1", "-t", "示例", "-o", "media=A4", "-o", "sides=one-sided",
    ]  # fmt: skip


def test_a_tray_is_asked_for_by_the_name_the_printer_gives_it() -> None:
    arguments = lp_arguments(replace(OPTIONS, tray="Tray2"))
    assert arguments[arguments.index("InputSlot=Tray2") - 1] == "-o"
    assert not any("InputSlot" in each for each in lp_arguments(OPTIONS))


def test_trays_are_asked_of_the_system(qtbot: Any, programs: Path) -> None:
    install(programs, "lpoptions", """
assert sys.argv[1:] == ["-p", "大厅_HP", "-l"]
print("PageSize/Media Size: *A4 A3")
print("InputSlot/Media Source: Auto *Tray1 Tray2 Manual Riser")
""")  # fmt: skip
    trays = Trays()
    with qtbot.waitSignal(trays.found) as found:
        trays.look("大厅_HP")
    name, known = found.args
    assert name == "大厅_HP"
    assert [(each.code, each.label, each.default) for each in known] == [
        ("Auto", "自动选择", False), ("Tray1", "纸盒1", True), ("Tray2", "纸盒2", False),
        ("Manual", "手动进纸", False), ("Riser", "Riser", False),
    ]  # fmt: skip


def test_a_printer_without_trays_leaves_no_choice() -> None:
    assert trays_in("PageSize/Media Size: *A4\n") == ()


def test_what_the_system_dialog_sets_is_what_is_printed() -> None:
    printer = printer_for(OPTIONS)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(1, 2)
    printer.setCopyCount(3)
    printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
    taken = options_from(printer, OPTIONS)
    assert (taken.first, taken.last, taken.copies, taken.two_sided) == (1, 2, 3, False)
    printer.setPrintRange(QPrinter.PrintRange.AllPages)
    assert (options_from(printer, OPTIONS).first, options_from(printer, OPTIONS).last) == (1, 3)


def test_the_system_dialog_never_writes_a_file(qtbot: Any, tmp_path: Path) -> None:
    dialog = SystemPrintDialog(OPTIONS)
    qtbot.addWidget(dialog)
    printer = dialog.printer()
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    with qtbot.waitSignal(dialog.refused) as refused:
        dialog.accepted.emit(printer)
    assert "另存为PDF" in refused.args[0]


def test_a_refusal_of_lp_is_told_in_one_sentence(qtbot: Any, programs: Path) -> None:
    install(programs, "lp", "sys.exit('lp: The printer is not responding.')")
    job = LpJob()
    with qtbot.waitSignal(job.failed) as refused:
        job.start(b"%PDF", OPTIONS)
    assert refused.args[0].startswith("打印机“大厅_HP”没有接受打印任务：lp: The printer is not")
    assert refused.args[0].endswith("请确认打印机已开机、已连接后再试。")


def test_a_machine_without_lp_is_told_what_to_do(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    job, printers = LpJob(), Printers()
    with qtbot.waitSignal(job.failed) as refused:
        job.start(b"%PDF", OPTIONS)
    assert "另存为PDF" in refused.args[0]
    with qtbot.waitSignal(printers.found) as found:
        printers.look()
    assert found.args[0] == ()


def test_printers_are_asked_of_the_system_the_default_one_first(qtbot: Any, programs: Path) -> None:
    (programs / "said.txt").write_text(LPSTAT, "utf-8")
    install(programs, "lpstat", """
import os
assert os.environ["LC_ALL"].startswith("C") and sys.argv[1:] == ["-p", "-d"]
sys.stdout.buffer.write(pathlib.Path(__file__).with_name("said.txt").read_bytes())
""")  # fmt: skip
    printers = Printers()
    with qtbot.waitSignal(printers.found) as found:
        printers.look()
    default, off = found.args[0]
    assert (default.name, default.default, default.ready) == ("大厅_HP", True, True)
    assert (off.name, off.ready, off.note) == ("Poster", False, "Unplugged or turned off")


def test_a_system_without_printers_says_so() -> None:
    assert printers_in("no system default destination\n") == ()


def test_pages_are_drawn_at_300_dpi_where_there_is_no_cups(
    qtbot: Any, office: Any, tmp_path: Path
) -> None:
    notice = office.enter("notice", from_on="2026-05-12", until_on="2026-05-19")
    desk = office.as_("clerk")
    pdf = desk.ask(PreviewSheet(notice_id=notice, bundled_fonts=True))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setFullPage(True)
    tasks = Tasks(office.as_("clerk").again)
    try:
        job = RasterJob(tasks, printer)
        options = PrintOptions(printer="", paper=Paper.A4, title="", pages=1, first=1, last=1)
        with qtbot.waitSignal(job.sent):
            job.start(pdf, options)
    finally:
        tasks.close()
    drawn, kept = pages_of((tmp_path / "out.pdf").read_bytes()), pages_of(pdf)
    assert len(drawn) == 1
    assert darkness(drawn[0]) == pytest.approx(darkness(kept[0]), rel=0.05)


def pages_of(pdf: bytes) -> list[Any]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=1).to_pil().convert("L") for page in document]


def darkness(page: Any) -> float:
    """Return how much ink is on a page."""
    return sum((255 - shade) * count for shade, count in enumerate(page.histogram())) / 255
