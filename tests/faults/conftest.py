"""Children that act on a store and meet their end, and disks of their own for them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

_OPEN = """
import sys
from datetime import datetime
from pathlib import Path

from integrity_desk.domain import catalogue
from integrity_desk.domain.times import CHINA
from integrity_desk.errors import DeskError
from integrity_desk.services.opening import sign_in
from integrity_desk.services.records import EnterRecord

folder, password = Path(sys.argv[1]), sys.argv[2]


def now():
    return datetime(2026, 5, 12, 9, tzinfo=CHINA)


def enter(desk, name):
    return desk.perform(EnterRecord(type="unit", values={"name": name, "kind": "other"})).value

"""

Child = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def child() -> Child:
    """Return ``child(script, *arguments, wrapped=())``: a Python process that acts on a store."""

    def start(script: str, *arguments: object, wrapped: tuple[str, ...] = ()):
        command = [*wrapped, sys.executable, "-c", _OPEN + script, *map(str, arguments)]
        return subprocess.Popen(
            command, cwd=ROOT, text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    return start


@pytest.fixture
def own_disk(child: Child, tmp_path: Path) -> Callable[..., str]:
    """Return ``own_disk(script, folder, …, options=…, then=…)``: what the script printed.

    The script runs on a copy of ``folder`` that lies on a small disk of its own, mounted in a
    namespace of its own; ``then`` is a mount option set before the script starts ("ro").
    """
    if not _may_mount():
        pytest.skip("this machine does not let tests mount a disk of their own")

    def run(script: str, folder: Path, *arguments: object, size: str = "64m", then: str = "rw"):
        disk = tmp_path / "disk"
        disk.mkdir()
        prepare = (
            f"mount -t tmpfs -o size={size} tmpfs '{disk}' && cp -r '{folder}' '{disk}/desk'"
            f" && mount -o remount,size={size},{then} '{disk}' && exec \"$@\""
        )
        wrapped = ("unshare", "-rm", "sh", "-c", prepare, "sh")
        process = child(script, disk / "desk", *arguments, wrapped=wrapped)
        printed, complaints = process.communicate(timeout=60)
        assert process.returncode == 0, complaints
        return printed

    return run


def _may_mount() -> bool:
    if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
        return False
    attempt = "mount -t tmpfs tmpfs /mnt"
    tried = subprocess.run(
        ["unshare", "-rm", "sh", "-c", attempt], capture_output=True, check=False
    )
    return tried.returncode == 0
