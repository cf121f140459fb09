"""A screen nobody sees: X server, window manager, bus, keyboard, mouse, clipboard, and eyes."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from PySide6.QtGui import QImage

SIZE = "1366x768x24"
PATIENCE_S = 30.0
"""How long anything may take on a machine that tests on all its cores."""

_LOOK_EVERY_S = 0.05
_DOUBLE_CLICK_S, _ONE_PLACE_PX = 0.5, 20
"""No hand presses two buttons at one place sooner, with a dialog between them."""
_ONLOOKER = Path(__file__).with_name("onlooker.py")

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Node:
    """One thing in sight, as the accessibility tree tells it."""

    id: int
    """Tells it apart from others of its name; the same for as long as it is there."""
    name: str
    role: str
    text: str
    place: tuple[int, int, int, int]
    """Left, top, width, height on the screen."""
    enabled: bool
    checked: bool

    @property
    def middle(self) -> tuple[int, int]:
        """Where to click."""
        left, top, width, height = self.place
        return left + width // 2, top + height // 2


class Screen:
    """One display of the size that township offices have; programs run in ``environment``."""

    def __init__(self) -> None:
        self._ending = ExitStack()
        self._memory = self._ending.enter_context(TemporaryDirectory(prefix="screen-"))
        self.environment = {**os.environ, "LANG": "C.UTF-8"}
        self._clicked: tuple[tuple[int, int], float] = ((-100, -100), 0.0)
        for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "QT_FONT_DPI"):
            self.environment.pop(name, None)
        xvfb = ("Xvfb", "-screen", "0", SIZE, "-nolisten", "tcp", "-fbdir", self._memory)
        self.environment["DISPLAY"] = ":" + self._first_line(*xvfb, "-displayfd", "1")
        bus = self._first_line("dbus-daemon", "--session", "--nofork", "--print-address=1")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus
        self.environment["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
        self._start("openbox")
        self._onlooker = self._start(
            sys.executable, str(_ONLOOKER), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._onlooker.stdout is not None
        self._onlooker.stdout.readline()  # it listens from now on

    @contextmanager
    def tray(self) -> Iterator[tuple[int, int]]:
        """Put a system tray at the top right; yields where its one icon will be."""
        place = ("--edge", "top", "--align", "right", "--width", "10", "--height", "26")
        tray = self._start("trayer", *place, "--SetDockType", "true")
        self.until(lambda: self._windows("panel"), "the tray to stand")
        yield int(SIZE.partition("x")[0]) - 12, 13
        tray.terminate()
        tray.wait(PATIENCE_S)

    # Looking

    def look(self, **question: Any) -> list[Node]:
        """Ask the onlooker; without a question it tells everything in sight."""
        assert self._onlooker.stdin is not None
        assert self._onlooker.stdout is not None
        self._onlooker.stdin.write(json.dumps(question) + "\n")
        self._onlooker.stdin.flush()
        found = json.loads(self._onlooker.stdout.readline())
        return [Node(**{**each, "place": tuple(each["place"])}) for each in found]

    def until(self, holds: Callable[[], T | None], what: str) -> T:
        """Wait until ``holds()`` is true and return it; AssertionError naming ``what`` else."""
        ends = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends:
            found = holds()
            if found:
                return found
            time.sleep(_LOOK_EVERY_S)
        raise AssertionError(f"not within {PATIENCE_S:.0f} s: {what}")

    def see(self, words: str, role: str = "", *, part: bool = False) -> Node:
        """Wait for something of that name, or with it in its name; the last one in sight."""
        (found,) = self.until(
            lambda: self.look(words=words, role=role, part=part), f"to see {words!r} {role}"
        )
        return found

    def sees(self, words: str, *, part: bool = False) -> bool:
        """Whether that is in sight now."""
        return bool(self.look(words=words, role="", part=part))

    def gone(self, words: str, *, part: bool = False) -> None:
        """Wait until nothing of that name is in sight."""
        self.until(lambda: not self.sees(words, part=part), f"{words!r} to go")

    def focus(self) -> list[Node]:
        """What the keyboard speaks to, and what that stands in."""
        return self.look(focus=True)

    def focus_is_on(self, words: str) -> None:
        """Wait until the keyboard speaks to something of that name."""
        self.until(lambda: _among(words, self.focus()), f"the focus on {words!r}")

    # Doing

    def keys(self, *keys: str) -> None:
        """Press keys, e.g. ``keys("ctrl+n", "Tab")``."""
        self._do("xdotool", "key", "--delay", "2", *keys)

    def write(self, text: str) -> None:
        """Type what a keyboard can; put the rest in through the clipboard."""
        if text.isascii():
            self._do("xdotool", "type", "--delay", "2", "--", text)
        else:
            self._copy(text)
            self.keys("ctrl+v")

    def click(self, words: str, role: str = "", *, part: bool = False) -> None:
        """Click on something once it is there, may be used, and rests."""

        def resting() -> Node | None:
            first, second = (self.see(words, role, part=part) for _ in range(2))
            return second if second.enabled and first.place == second.place else None

        self.click_at(*self.until(resting, f"{words!r} to be usable").middle)

    def click_at(self, left: int, top: int) -> None:
        """Click there; a second time at one place not so soon that it would be a double click."""
        place, clicked = self._clicked
        if abs(place[0] - left) + abs(place[1] - top) <= _ONE_PLACE_PX:
            time.sleep(max(0.0, clicked + _DOUBLE_CLICK_S - time.monotonic()))
        self._clicked = (left, top), time.monotonic()
        self._do("xdotool", "mousemove", str(left), str(top), "click", "1")

    def fill(self, words: str, text: str) -> None:
        """Click into the field of that name and replace what it holds."""
        self.click(words, "text")
        self.focus_is_on(words)
        self.keys("ctrl+a")
        self.write(text)

    def fill_whole(self, words: str, text: str) -> None:
        """Fill a field in and wait until the words have come from the clipboard."""
        self.fill(words, text)
        self.until(lambda: self.see(words, "text").text == text, f"{text!r} in {words!r}")

    def tab_to(self, words: str) -> None:
        """Go on with the tab key until the keyboard speaks to that."""
        passed: list[int] = []
        at = self.until(self.focus, "something to have the focus")
        while not _among(words, at):
            assert at[0].id not in passed, f"the tab key went round without reaching {words!r}"
            passed.append(at[0].id)
            self.keys("Tab")
            at = self._focus_after(at[0].id)

    def type_into(self, words: str, text: str) -> None:
        """Tab to a field, replace what it holds, and wait until it holds the words."""
        self.tab_to(words)
        self.keys("ctrl+a")
        self.write(text)
        self.until(lambda: _holds(words, text, self.focus()), f"{text!r} in {words!r}")

    def choose(self, words: str, choice: str) -> None:
        """Tab to a field that offers a list, type into it, and take what it offers first.

        A list in which something is chosen already goes by the name of that.
        """
        self.tab_to(words)
        before = self._windows()
        self.write(choice)
        self.until(lambda: self._windows() - before, f"{words!r} to offer {choice!r}")
        self.keys("Down", "Return")
        self.until(lambda: self._windows() <= before, "the list to close")

    def picture(self, path: Path) -> None:
        """Save what the screen shows, from the memory the X server draws into."""
        path.parent.mkdir(parents=True, exist_ok=True)
        dump = (Path(self._memory) / "Xvfb_screen0").read_bytes()
        header = struct.unpack(">20I", dump[:80])
        width, height, line, colours = header[4], header[5], header[12], header[19]
        pixels = dump[header[0] + 12 * colours :]
        QImage(pixels, width, height, line, QImage.Format.Format_RGB32).save(str(path))

    def close(self) -> None:
        """End everything that was started."""
        self._ending.close()

    def _copy(self, text: str) -> None:
        """Put text into the clipboard; xclip returns before it has told the X server."""
        clipboard, nowhere = ["xclip", "-selection", "clipboard"], subprocess.DEVNULL
        subprocess.run(
            [*clipboard, "-in"], input=text.encode(), stdout=nowhere, stderr=nowhere, check=True,
            env=self.environment,
        )  # fmt: skip

        def lies_there() -> bool:
            found = subprocess.run(
                [*clipboard, "-out"], capture_output=True, check=False, env=self.environment
            )
            return found.stdout == text.encode()

        self.until(lies_there, "the clipboard to hold what was copied")

    def _focus_after(self, before: int) -> list[Node]:
        def moved() -> list[Node]:
            now = self.focus()
            return now if now[0].id != before else []

        return self.until(moved, "the focus to move")

    def is_away(self, words: str) -> bool:
        """Whether no window of that name is in sight, minimised ones not being."""
        return not self._windows(words)

    def minimise(self, words: str) -> None:
        """Put the window of that name away."""
        self._do("xdotool", "search", "--onlyvisible", "--name", words, "windowminimize")

    def _windows(self, name: str = "") -> set[str]:
        """The windows in sight; lists that pop up are in no accessibility tree."""
        command = ("xdotool", "search", "--onlyvisible", "--name", name)
        found = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        return set(found.stdout.split())

    def _do(self, *command: str) -> None:
        subprocess.run(command, check=True, env=self.environment)

    def _first_line(self, *command: str) -> str:
        """Start a server and return the line with which it says that it listens."""
        server = self._start(*command, stdout=subprocess.PIPE, text=True)
        assert server.stdout is not None
        return str(server.stdout.readline()).strip()

    def _start(self, *command: str, **streams: Any) -> subprocess.Popen[Any]:
        started = subprocess.Popen(
            command, env=self.environment, stderr=subprocess.DEVNULL, **streams
        )
        self._ending.callback(_end, started)
        return started


def _among(words: str, nodes: list[Node]) -> bool:
    return any(each.name == words for each in nodes)


def _holds(words: str, text: str, nodes: list[Node]) -> bool:
    return any(each.name == words and each.text == text for each in nodes)


def _end(process: subprocess.Popen[Any]) -> None:
    process.terminate()
    process.wait(PATIENCE_S)
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
