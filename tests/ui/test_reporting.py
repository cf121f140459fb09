"""Bugs are logged, numbered and reported without anybody's data."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication

from integrity_desk.errors import NotFound
from integrity_desk.ui.reporting import CrashDialog, Reporter, report_of, show_failure

SECRET = "110101199003070000"


@pytest.fixture
def reporter(qapp, tmp_path):
    made = Reporter()
    made.install(tmp_path)
    yield made
    made.uninstall()


def crash() -> Exception:
    try:
        try:
            int(f"编号{SECRET}")
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError as error:
        return error
    raise AssertionError


def test_a_report_names_places_and_kinds_but_no_values():
    text = report_of(crash()).text
    assert SECRET not in text
    assert "tests/ui/test_reporting.py:" in text
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "PySide6" in text


@pytest.mark.qt_no_exception_capture
def test_a_crash_in_any_thread_is_logged_and_shown_once(reporter, qtbot, tmp_path):
    def fail() -> None:
        raise crash()

    with qtbot.waitSignal(reporter.crashed) as crashed:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    sys.excepthook(KeyError, crash(), None)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), CrashDialog))
    dialog = QApplication.activeModalWidget()
    assert crashed.args[0].number in dialog.informativeText()
    assert crashed.args[0].number in (tmp_path / "integrity-desk.log").read_text("utf-8")
    dialog.save_to(tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text("utf-8") == crashed.args[0].text
    dialog.reject()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


@pytest.mark.no_qt_log
def test_qt_messages_go_to_the_log(reporter, tmp_path):
    qWarning("示例")
    assert "WARNING Qt: 示例" in (tmp_path / "integrity-desk.log").read_text("utf-8")


def test_an_expected_failure_shows_its_sentence(qtbot):
    dialog = show_failure(NotFound("没有这条登记，请刷新。"))
    qtbot.addWidget(dialog)
    assert dialog.text() == "没有这条登记，请刷新。"
    dialog.reject()
