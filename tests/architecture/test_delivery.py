"""What is delivered is complete: the wheel carries every module and every resource."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from integrity_desk import paths
from tests.architecture.source_files import ROOT

PARTS = ("integrity_desk", "resources")
FILES = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    copy = tmp_path_factory.mktemp("copy")
    for part in PARTS:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / part, copy / part, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, copy)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--wheel-dir", str(copy / "dist"), str(copy)]
    subprocess.run(command, check=True)
    (built,) = (copy / "dist").glob("*.whl")
    with zipfile.ZipFile(built) as opened:
        return set(opened.namelist())


def test_the_wheel_carries_every_module(wheel, program):
    assert {source.name for source in program} - wheel == set()


def test_the_wheel_carries_every_resource(wheel):
    folder = ROOT / "resources"
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    shipped = {name.removeprefix("integrity_desk/_resources/") for name in wheel}
    assert files - shipped == set()


def test_a_delivered_copy_starts_itself_without_an_interpreter(monkeypatch):
    assert paths.program() == [sys.executable, "-m", "integrity_desk"]
    monkeypatch.setattr(sys, "_MEIPASS", "/opt/integrity-desk/_internal", raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/integrity-desk/integrity-desk")
    assert paths.program() == ["/opt/integrity-desk/integrity-desk"]
    assert paths.resource("rules") == Path("/opt/integrity-desk/_internal/resources/rules")
