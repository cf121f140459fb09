"""The program is left: what still runs is let go, whatever a person or the system closes first."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from integrity_desk.paths import HOME_VARIABLE
from integrity_desk.ui.dialogs.backing_up import BackingUpDialog
from tests.office import Office
from tests.ui.workplaces import Visit

LEFT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from integrity_desk import app
from integrity_desk.ui.reporting import CrashDialog


def err():
    raise ValueError


{leave}


application, session = app.build(app.Options(store=Path(sys.argv[1])))
session.show_sign_in()
looking = QTimer(interval=20)
looking.timeout.connect(leave)
looking.start()
{begin}
print(application.exec())
"""
BY_THE_SYSTEM = LEFT.format(
    leave="""
def leave():
    if session.idle:
        application.exit(0)
""",
    begin="",
)
WITH_A_REPORT_SHOWN = LEFT.format(
    leave="""
def leave():
    if isinstance(QApplication.activeModalWidget(), CrashDialog):
        looking.stop()
        session.close()
""",
    begin="QTimer.singleShot(0, err)",
)


@pytest.fixture
def visit(qtbot, office: Office) -> Iterator[Visit]:
    made = Visit(qtbot, office.folder, office.now)
    yield made
    made.close()


def backing_up() -> BackingUpDialog:
    (dialog,) = (
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, BackingUpDialog) and each.isVisible()
    )
    return dialog


def test_whoever_closes_the_backups_window_leaves_all_the_same(visit, office):
    visit.come_in("clerk")
    visit.window.close()
    backing_up().close()
    visit.until(lambda: visit.ended == [True])
    assert list((office.folder / "backups").glob("*.db"))


def test_a_refused_backup_is_told_though_its_window_was_closed(visit, office):
    (office.folder / "backups").write_text("in the way", "utf-8")
    visit.come_in("clerk")
    visit.window.close()
    backing_up().close()
    visit.until(lambda: visit.session._backing_up.refused)
    assert not visit.ended
    backing_up().close()
    visit.until(lambda: visit.ended == [True])


@pytest.mark.parametrize("script", [BY_THE_SYSTEM, WITH_A_REPORT_SHOWN], ids=["system", "report"])
def test_the_process_ends_well(script, tmp_path):
    told = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", script, str(tmp_path / "store")],
        cwd=Path(__file__).parents[2], env={**os.environ, HOME_VARIABLE: str(tmp_path)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (told.returncode, told.stdout) == (0, "0\n"), told.stderr
