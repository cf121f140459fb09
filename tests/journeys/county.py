"""The county's end, worked by its own command line as the county's engineers work it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from integrity_desk.cli.console import PASSWORD_VARIABLE
from integrity_desk.services.county_trust import ImportTrust, ShowTrust, WriteEnrolment
from tests.office import Office

_SECRET = "示例县级口令一二三"


class County:
    """An invented county; ``stick`` is the folder that is carried to and fro."""

    def __init__(self, root: Path) -> None:
        self._folder, self.stick = root / "county", root / "stick"
        self.stick.mkdir()
        self._code: str = self.run("init", "--code", "999901", "--name", "示例县")["code"]

    def enrol(self, *offices: Office) -> None:
        """Let desks and county know each other, and the desks one another."""
        for office in offices:
            self._let_in(office)
        for office in offices[:-1]:
            self._let_in(office)

    def receive(self) -> dict[str, Any]:
        """Take in what lies on the stick and write the receipts onto it."""
        return self.run("receive", self.stick, "--out", self.stick)

    def run(self, action: str, *words: str | Path) -> dict[str, Any]:
        """Run one command of the county; return what it says. Refused files are no failure."""
        begin = (sys.executable, "-m", "integrity_desk", "county", action, self._folder)
        environment = {**os.environ, PASSWORD_VARIABLE: _SECRET}
        done = subprocess.run(
            [*begin, *words, "--json"], env=environment, capture_output=True, check=False
        )
        assert done.returncode in (0, 1), done.stderr.decode()
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def _let_in(self, office: Office) -> None:
        admin = office.as_("admin")
        introduced = admin.perform(WriteEnrolment(folder=self.stick)).value
        said = admin.ask(ShowTrust()).desk_code
        told = self.run("enrol", introduced, "--code", said, "--out", self.stick)
        admin.perform(ImportTrust(path=Path(told["path"]), county_code=self._code))
        for path in self.stick.iterdir():
            path.unlink()


def acts(told: dict[str, Any]) -> list[str]:
    """Return what became of the files of one receiving, in their order."""
    return [line["act"] for line in told["lines"]]
