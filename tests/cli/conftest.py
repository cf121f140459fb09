"""The command line as a script has it: words in; exit code, two streams and files out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from integrity_desk.__main__ import main
from integrity_desk.sync import age
from integrity_desk.wording import set_language
from tests.office import PASSWORD, Office

SOURCES = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, for a script."""
        return json.loads(self.out)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Ran]]:
    """Return ``run(word, …)``: the command line in this process."""

    def act(*words: object) -> Ran:
        capfd.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 1
        told = capfd.readouterr()
        return Ran(code, told.out, told.err)

    yield act
    set_language("zh")


@pytest.fixture
def program() -> Callable[..., Ran]:
    """Return ``program(word, …)``: the command line as a process of its own."""

    def act(*words: object, **environment: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "integrity_desk", *map(str, words)],
            cwd=SOURCES, env={**os.environ, "PYTHONUTF8": "1", **environment},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8",
            check=False,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    return act


@pytest.fixture
def desk(run: Callable[..., Ran], office: Office, monkeypatch: Any) -> Callable[..., Ran]:
    """Return ``desk(word, …, by="clerk")``: a command on the office's store, signed in."""

    def act(*words: object, by: str = "clerk") -> Ran:
        monkeypatch.setenv("INTEGRITY_DESK_PASSWORD", PASSWORD)
        return run(*words, "--store", office.folder, "--login", by)

    return act


@pytest.fixture
def passphrase(monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a county's passphrase that costs nothing to check (tested for real elsewhere)."""
    wrapped: dict[tuple[bytes, str], Any] = {}

    def wrap(secret: Any, phrase: str) -> bytes:
        token = f"{len(wrapped)}".encode()
        wrapped[token, phrase] = secret
        return token

    monkeypatch.setattr(age, "wrap", wrap)
    monkeypatch.setattr(age, "unwrap", lambda token, phrase: wrapped[token, phrase])
    return "示例县级口令一二三"


@pytest.fixture
def county(run: Callable[..., Ran], passphrase: str, tmp_path: Path, monkeypatch: Any) -> Any:
    """Return ``county(act, word, …)``: a command of the county's, which is set up at first."""
    folder = tmp_path / "county"

    def act(name: str, *words: object) -> Ran:
        monkeypatch.setenv("INTEGRITY_DESK_PASSWORD", passphrase)
        return run("county", name, folder, *words)

    made = act("init", "--code", "999901", "--name", "示例县信用办", "--json")
    assert made.code == 0, made.err
    act.code = made.json["code"]  # type: ignore[attr-defined]
    return act


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Return the folder that stands for the stick."""
    path = tmp_path / "stick"
    path.mkdir()
    return path


@pytest.fixture
def enrolled(desk: Callable[..., Ran], county: Any, stick: Path, office: Office) -> Any:
    """Return ``desk``, let in at the county."""
    office.unit(name="示例甲单位")
    said = desk("enrol", "export", stick, "--json")
    assert said.code == 0, said.err
    trust = county(
        "enrol", said.json["path"], "--code", said.json["code"], "--out", stick, "--json"
    )
    assert trust.code == 0, trust.err
    taken = desk("enrol", "import", trust.json["path"], "--county-code", county.code)
    assert taken.code == 0, taken.err
    return desk
