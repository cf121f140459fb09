"""How long until a painted window, beside a bare Qt window: ``python -m benchmarks.bench_start``.

Every start is a process of its own, measured from before it is spawned until its first frame is
painted; the kinds take turns, and the fastest of each is compared. "enter" is from pressing
登录 to the filled workbench, after everything was loaded behind the sign-in window, as the
program does while somebody types a password; "straight" presses it 50 ms after the sign-in window
is painted. The password costs next to nothing to prove; at a real desk that takes half a second
more.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.report import Row

_PASSWORD = "start as fast as you can"
_NAMES = ("bare", "sign-in", "enter", "straight")


def main() -> None:
    """Print the table; run with ``--child`` it is one of the processes measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--child", choices=_NAMES)
    parser.add_argument("--store", type=Path)
    options = parser.parse_args()
    if options.child:
        _CHILDREN[options.child](options.store)
    else:
        _print(_compare(options.times), options.times)


def rows(scale: float) -> list[Row]:
    """Start each kind at least twice, twenty times at full scale."""
    taken = _compare(max(2, round(20 * scale)))
    bare = min(taken["bare"])[0] * 1000
    return [
        Row(
            name=f"{name}, painted", unit="ms", ours=min(taken[name])[0] * 1000, peer=bare,
            against="bare Qt window",
        )
        for name in _NAMES[1:]
    ]  # fmt: skip


def _compare(times: int) -> dict[str, list[tuple[float, float]]]:
    """Return (seconds, megabytes) of every start of every kind."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_STATE_HOME"] = folder
        store = Path(folder) / "store"
        _make_store(store)
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in _NAMES}
        for name in _NAMES:
            _start(name, store)
        for _turn in range(times):
            for name in _NAMES:
                taken[name].append(_start(name, store))
    return taken


def _print(taken: dict[str, list[tuple[float, float]]], times: int) -> None:
    bare = min(taken["bare"])[0]
    print(f"{'':<12}{'ms':>8}{'ratio':>8}{'MB':>8}   (fastest of {times})")
    for name, each in taken.items():
        seconds, megabytes = min(each)
        print(f"{name:<12}{seconds * 1000:>8.0f}{seconds / bare:>8.2f}{megabytes:>8.0f}")


def _start(name: str, store: Path) -> tuple[float, float]:
    """Return seconds until the window was painted, and the process's megabytes then."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "benchmarks.bench_start", "--child", name]
    done = subprocess.run([*command, "--store", str(store)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    pressed, painted, kilobytes = done.stdout.split()
    return float(painted) - (float(pressed) or begun), int(kilobytes) / 1024


def _make_store(folder: Path) -> None:
    from integrity_desk.services.opening import NewDesk, begin  # noqa: PLC0415  (parent only)
    from integrity_desk.storage.keyring import Cost  # noqa: PLC0415

    new = NewDesk(
        org="999901001", desk="01", name="示例镇政务服务大厅", login="admin",
        administrator="示例管理员", password=_PASSWORD,
    )  # fmt: skip
    begin(folder, new, cost=Cost(memory_kib=64, iterations=1, lanes=1)).desk.close()


def _tell_and_leave(pressed: float = 0.0) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(pressed, time.monotonic(), peak, flush=True)
    os._exit(0)


def _bare(_store: Path) -> None:
    from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415  (each child loads only its own)
    from PySide6.QtWidgets import QApplication, QLabel  # noqa: PLC0415

    application = QApplication([])
    window = QLabel("诚信台账", alignment=Qt.AlignmentFlag.AlignCenter)
    window.resize(1366, 768)
    window.show()
    window.repaint()
    QTimer.singleShot(0, _tell_and_leave)
    application.exec()


def _sign_in(store: Path) -> None:
    from integrity_desk.app import Options, build  # noqa: PLC0415

    application, session = build(Options(store=store))
    session.show_sign_in()
    session.window.repaint()
    _tell_and_leave()
    application.exec()


def _enter(store: Path) -> None:
    _workbench(store, wait=True)


def _straight(store: Path) -> None:
    _workbench(store, wait=False)


def _workbench(store: Path, *, wait: bool) -> None:
    import shiboken6  # noqa: PLC0415
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    from integrity_desk.app import Options, build, preload  # noqa: PLC0415

    application, session = build(Options(store=store))
    session.show_sign_in()
    session.window.repaint()
    loading = preload(application, session)
    door = session.window
    looking = QTimer(interval=1)
    pressed: list[float] = []

    def look() -> None:
        loaded = session.idle and not shiboken6.isValid(loading)
        if not pressed and (loaded or not wait):
            pressed.append(time.monotonic())
            door.sign_in.fill("admin", _PASSWORD)
            door.sign_in.enter.click()
        elif session.window is not door and session.idle:
            session.window.repaint()
            _tell_and_leave(pressed[0] if wait else 0.0)

    QTimer.singleShot(50, looking.start)
    looking.timeout.connect(look)
    application.exec()


_CHILDREN: dict[str, Callable[[Path], None]] = {
    "bare": _bare, "sign-in": _sign_in, "enter": _enter, "straight": _straight,
}  # fmt: skip


if __name__ == "__main__":
    main()
