"""The repository needs nothing outside itself but what its lock files name."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source_files import ROOT

PINNED = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)
FOLDERS = (
    "integrity_desk",
    "resources",
    "tests",
    "tools",
    "docs",
    "packaging",
    "benchmarks",
    ".ci",
)
OUTSIDE = ("." * 2 + "/shared", "/work" + "/", "/home" + "/", "/root" + "/")


def test_no_file_speaks_of_a_place_on_somebodys_machine():
    speaking = [
        (path.relative_to(ROOT).as_posix(), place)
        for path in own_files()
        if (text := text_of(path)) is not None
        for place in OUTSIDE
        if place in text
    ]
    assert speaking == []


def test_no_link_leads_outside():
    links = [path for path in own_files() if path.is_symlink()]
    assert [link for link in links if not link.resolve().is_relative_to(ROOT)] == []


def test_the_lock_files_satisfy_the_declared_dependencies():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = [*project["project"]["dependencies"]]
    declared += project["project"]["optional-dependencies"]["county"]
    declared += [each for group in project["dependency-groups"].values() for each in group]
    locked = {
        canonicalize_name(name): version
        for lock in (ROOT / "requirements").glob("*.txt")
        for name, version in PINNED.findall(lock.read_text(encoding="utf-8"))
    }
    unmet = [
        str(wanted)
        for wanted in map(Requirement, declared)
        if not wanted.specifier.contains(locked.get(canonicalize_name(wanted.name), "0"))
    ]
    assert unmet == []


def own_files() -> list[Path]:
    """Return the files at the repository's root and all files in its folders."""
    found = [path for path in ROOT.iterdir() if path.is_file()]
    found += [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    found = [path for path in found if path.name != ".git"]  # a linked work tree has such a file
    return [path for path in found if path.is_file() and "__pycache__" not in path.parts]


def text_of(path: Path) -> str | None:
    """Return a file's text, or None for a binary one."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
