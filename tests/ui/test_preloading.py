"""What comes after the sign-in window is loaded behind it, and Qt's classes on its thread alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from integrity_desk.paths import HOME_VARIABLE

SOURCES = Path(__file__).parents[2]
WATCHED = """
import sys, threading
from pathlib import Path

elsewhere = []


def watch(event, arguments):
    if event == "import" and arguments[0].startswith("integrity_desk.ui"):
        if threading.current_thread() is not threading.main_thread():
            elsewhere.append(arguments[0])


sys.addaudithook(watch)
from PySide6.QtCore import QTimer
from integrity_desk import app


def look():
    wanted = {"integrity_desk.ui.workplace", "integrity_desk.services.front_door"}
    if wanted <= sys.modules.keys():
        application.quit()


building = app.build


def build(options):
    global application
    application, session = building(options)
    timer = QTimer(application)
    timer.timeout.connect(look)
    timer.start(20)
    return application, session


app.build = build
code = app.open_window(app.Options(store=Path(sys.argv[1])))
print(code, elsewhere)
"""


def test_the_desk_is_loaded_behind_the_sign_in_window_and_on_its_thread(tmp_path):
    told = subprocess.run(
        [sys.executable, "-c", WATCHED, str(tmp_path / "store")],
        cwd=SOURCES, env={**os.environ, HOME_VARIABLE: str(tmp_path)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert told.stdout.splitlines()[-1] == "0 []", told.stderr
