"""Seeing, printing and checking a sheet: the real drawer, a small ``lp`` of the test's own."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from integrity_desk.domain.notices import PrintedSheet
from integrity_desk.domain.sheets import Paper
from integrity_desk.services.sheets import PrintSheet
from integrity_desk.ui.dialogs.print_sheet import PrintSheetDialog
from integrity_desk.ui.dialogs.sheet_preview import SheetPreviewDialog
from integrity_desk.ui.dialogs.system_printing import SystemPrintDialog
from integrity_desk.ui.dialogs.verify_sheet import VerifySheetDialog
from tests.office import Office
from tests.ui.registers import Sitting

PROGRAMS = {
    "lpstat": """
print("printer Hall is idle.  enabled since Tue May 12 09:00:00 2026")
print("printer Off disabled since Tue May 12 09:00:00 2026 -")
print("\\tUnplugged or turned off")
print("system default destination: Hall")
""",
    "lp": """
here = pathlib.Path(__file__).parent
if here.joinpath("jammed").exists():
    sys.exit("lp: The printer is not responding.")
here.joinpath("given.pdf").write_bytes(sys.stdin.buffer.read())
here.joinpath("copies").write_text(sys.argv[sys.argv.index("-n") + 1])
""",
}


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printer at hand and one that is off, behind programs of the test's own."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, body in PROGRAMS.items():
        path = folder / name
        path.write_text(f"#!{sys.executable}\nimport pathlib, sys\n{body}", "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


@pytest.fixture
def notice(office: Office) -> str:
    """An approved notice of many items, so that it takes several pages."""
    items = [office.registered_commitment(subject=f"示例承诺事项{n}") for n in range(20)]
    made = office.enter("notice", kind="commitment", item_ids=items)
    return office.walk(made, "submit", "approve")


def seen(desk: Sitting, notice_id: str) -> SheetPreviewDialog:
    page: Any = desk.open_record("notice", notice_id)
    desk.window.actions_table["print"].trigger()
    preview: SheetPreviewDialog = page.preview
    desk.until(lambda: preview.viewer.count > 0 and not preview.viewer.sheet.pixmap().isNull())
    return preview


def printing(desk: Sitting, preview: SheetPreviewDialog) -> PrintSheetDialog:
    preview.open_print()
    dialog = preview.findChild(PrintSheetDialog)
    desk.until(lambda: dialog.printer.count() > 0)
    return dialog


def printings(office: Office) -> list[PrintedSheet]:
    return office.reading().find(PrintedSheet)


def test_pages_are_turned_by_keys_and_drawn_for_the_width(sit, notice):
    desk = sit("clerk")
    preview = seen(desk, notice)
    pages = preview.viewer.count
    assert pages > 1
    fitted = preview.viewer.sheet.pixmap().width()
    assert abs(fitted - preview.viewer.desk.viewport().width()) < 60
    desk.qtbot.keyClick(preview.viewer, Qt.Key.Key_PageDown)
    assert preview.viewer.page == 1
    desk.qtbot.keyClick(preview.viewer, Qt.Key.Key_End)
    assert preview.viewer.page == pages - 1
    desk.qtbot.keyClick(preview.viewer, Qt.Key.Key_PageDown)
    assert preview.viewer.page == pages - 1
    preview.viewer.set_zoom("true")
    true_width = round(210 / 25.4 * preview.logicalDpiX())
    desk.until(lambda: abs(preview.viewer.sheet.pixmap().width() - true_width) <= 2)


def test_the_poster_is_one_press_away(sit, notice):
    desk = sit("clerk")
    preview = seen(desk, notice)
    small = preview.viewer._sizes[0]
    preview.paper.choose(Paper.A3.value)
    preview.paper.chosen.emit(Paper.A3.value)
    desk.until(lambda: preview.viewer.count > 0 and preview.viewer._sizes[0] > small)


def test_what_is_printed_is_noted_with_its_copies_and_printing_again_keeps_the_version(
    sit, office, notice, programs
):
    desk = sit("clerk")
    dialog = printing(desk, seen(desk, notice))
    assert dialog.printer.currentText() == "Hall"
    dialog.copies.setValue(3)
    dialog.go.click()
    desk.until(lambda: (programs / "copies").exists())
    desk.until(lambda: "第1印次，3份" in desk.window.status.message.sentence)
    (first,) = printings(office)
    assert (first.copies, first.version) == (3, 1)
    assert len(pypdfium2.PdfDocument(programs / "given.pdf")) == first.pages
    desk.settle()
    again = seen(desk, notice)
    desk.until(lambda: again.print.text() == "再次打印")
    dialog = printing(desk, again)
    dialog.go.click()
    desk.until(lambda: "第1印次，1份" in desk.window.status.message.sentence)
    assert len(printings(office)) == 2
    assert {(each.version, each.code) for each in printings(office)} == {(1, first.code)}


def test_the_trays_of_the_printer_are_offered_and_used(sit, office, notice, programs):
    (programs / "lpoptions").write_text("#!/bin/sh\necho 'InputSlot/Source: *Tray1 Tray2'\n")
    (programs / "lpoptions").chmod(0o755)
    desk = sit("clerk")
    dialog = printing(desk, seen(desk, notice))
    desk.until(lambda: dialog.tray.count() == 2)
    dialog.tray.setCurrentIndex(1)
    assert dialog.options.tray == "Tray2"


def test_the_systems_own_dialog_is_one_press_away_and_prints_as_it_says(
    sit, office, notice, programs
):
    desk = sit("clerk")
    dialog = printing(desk, seen(desk, notice))
    dialog.system.click()
    asked = dialog.findChild(SystemPrintDialog)
    assert asked.isVisible()
    asked.reject()
    assert printings(office) == []
    asked.chosen.emit(replace(dialog.options, copies=2, first=2, last=2))
    desk.until(lambda: "第1印次，2份" in desk.window.status.message.sentence)
    (printed,) = printings(office)
    assert printed.copies == 2


def test_a_printer_that_is_off_is_told_before_anything_is_noted(sit, office, notice, programs):
    desk = sit("clerk")
    dialog = printing(desk, seen(desk, notice))
    dialog.printer.setCurrentText("Off")
    assert "Unplugged or turned off" in dialog.note.text()
    dialog.go.click()
    assert dialog.refusal.text().startswith("打印机“Off”已停用或没有开机。")
    assert printings(office) == []


def test_a_jammed_printer_is_told_and_the_second_try_notes_no_second_printing(
    sit, office, notice, programs
):
    desk = sit("clerk")
    dialog = printing(desk, seen(desk, notice))
    (programs / "jammed").touch()
    dialog.go.click()
    desk.until(lambda: "The printer is not responding" in dialog.refusal.text())
    (programs / "jammed").unlink()
    dialog.go.click()
    desk.until(lambda: "已送往打印机" in desk.window.status.message.sentence)
    assert (programs / "given.pdf").exists()
    assert len(printings(office)) == 1


def test_a_saved_sheet_is_noted_so_that_it_proves_genuine(sit, office, notice, tmp_path):
    desk = sit("clerk")
    preview = seen(desk, notice)
    preview.save_to(tmp_path / "公示.pdf")
    desk.until(lambda: (tmp_path / "公示.pdf").exists())
    (noted,) = printings(office)
    text = "".join(
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(tmp_path / "公示.pdf")
    )
    assert noted.code in text


def test_a_character_no_face_has_is_named_in_place_of_the_page(sit, office):
    made = office.enter("notice", title="示例\U0001f600公示")
    desk = sit("clerk")
    page: Any = desk.open_record("notice", made)
    desk.window.actions_table["print"].trigger()
    preview = page.preview
    desk.until(lambda: "U+1F600" in preview.viewer.empty._words.text())
    assert not preview.save.isEnabled()


def verified(desk: Sitting, **typed: str) -> VerifySheetDialog:
    desk.window.actions_table["verify_sheet"].trigger()
    dialog = desk.window.findChild(VerifySheetDialog)
    for name, text in typed.items():
        getattr(dialog, name).text = text
    desk.qtbot.keyClick(dialog.code.line, Qt.Key.Key_Return)
    desk.settle()
    return dialog


def test_a_genuine_sheet_reads_green_and_leads_to_its_notice(sit, office, notice):
    printed = office.as_("clerk").perform(PrintSheet(notice_id=notice)).value
    desk = sit("clerk")
    dialog = verified(desk, qr=printed.qr_text)
    assert dialog.verdict.words.text() == "真实有效"
    assert dialog.verdict.property("tone") == "green"
    dialog.verdict.open.click()
    page: Any = desk.page
    desk.until(lambda: page.panel.view is not None and page.panel.view.id == notice)


def test_a_changed_sheet_reads_red(sit, office, notice):
    printed = office.as_("clerk").perform(PrintSheet(notice_id=notice)).value
    dialog = verified(sit("clerk"), number=printed.number, code="0000-0000-0000")
    assert dialog.verdict.words.text() == "校验码不符"
    assert dialog.verdict.property("tone") == "red"


def test_a_sheet_taken_down_reads_amber(sit, office, notice):
    printed = office.as_("clerk").perform(PrintSheet(notice_id=notice)).value
    office.walk(notice, "post", "take_down")
    dialog = verified(sit("clerk"), number=printed.number, code=printed.code.lower())
    assert dialog.verdict.property("tone") == "amber"


def test_nothing_typed_is_told_at_the_field(sit, office):
    dialog = verified(sit("clerk"))
    assert dialog.code.sentence == "请输入公示单的编号和校验码，或扫描二维码。"
