"""The real program in a process of its own, worked as a clerk works it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from integrity_desk.paths import HOME_VARIABLE
from tests.journeys.screen import PATIENCE_S, Screen
from tests.office import PASSWORD

WORKBENCH = "工作台"


class Program:
    """One start of the program on a screen, at the store of ``folder``."""

    def __init__(self, screen: Screen, folder: Path, said: Path, module: str) -> None:
        self.screen = screen
        self._said = said
        with said.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, "--store", str(folder)],
                env={
                    **screen.environment,
                    **{name: os.environ[name] for name in (HOME_VARIABLE, "PATH")},
                    "PYTHONFAULTHANDLER": "1",
                },
                stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            )  # fmt: skip

    @property
    def said(self) -> str:
        """What it wrote where nobody looks; nothing, when all is well."""
        return self._said.read_text(encoding="utf-8")

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        """Fill in the sign-in window and wait for the workbench."""
        self.screen.fill("登录名", login)
        self.screen.fill("密码", password)
        self.screen.keys("Return")
        try:
            self.screen.see(WORKBENCH, "label")
        except AssertionError as unseen:
            ended = self._process.poll()
            raise AssertionError(f"{unseen}; exit code {ended}; said {self.said!r}") from unseen

    def open(self, register: str) -> None:
        """Click on a register in the navigation and wait for its name in the head."""
        self.screen.click(register, "check box", part=True)
        self.screen.see(register, "label")

    def open_newest(self, register: str) -> None:
        """Open the newest record of a register."""
        self.open(register)
        self.screen.keys("Down", "Return")

    def is_told(self, words: str) -> None:
        """Wait for a message that holds the words, and close it."""
        self.screen.see(words, part=True)
        self.screen.focus_is_on("知道了")
        self.screen.keys("Return")
        self.screen.gone(words, part=True)

    def name_file(self, path: Path) -> None:
        """Answer the file dialog that has been asked for."""
        self.screen.see("文件名", part=True)
        self.screen.keys("ctrl+a")
        self.screen.write(str(path))
        self.screen.keys("Return")

    def name_folder(self, path: Path) -> None:
        """Answer the folder dialog that has been asked for."""
        self.screen.see("目录", part=True)
        self.screen.keys("ctrl+a")
        self.screen.write(str(path))
        self.screen.keys("Return")

    def write_to(self, stick: Path) -> None:
        """On the page of bundles: seal what is due and write it to the stick."""
        self.screen.click("封包并写入U盘…", "button")
        self.screen.click("选择文件夹…", "button")
        self.name_folder(stick)
        self.screen.click("封包并写入", "button")

    def pull_out(self) -> None:
        """Wait until the stick may be pulled out."""
        self.screen.see("已读回核对，可以拔出", part=True)
        self.screen.keys("Escape")
        self.screen.gone("已读回核对，可以拔出", part=True)

    def take_receipts(self, stick: Path) -> None:
        """On the page of bundles: take in what the county left on the stick."""
        self.screen.click("导入回执…", "button")
        self.screen.keys("Down", "Down", "Return")
        self.name_folder(stick)

    def leave(self) -> int:
        """Close the program by its key and return its exit code."""
        self.screen.keys("ctrl+q")
        return self._process.wait(PATIENCE_S)

    def pull_the_plug(self) -> None:
        """End the program as a power cut does."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(PATIENCE_S)

    def end(self) -> None:
        """Make sure that it is gone."""
        if self._process.poll() is None:
            self.pull_the_plug()
