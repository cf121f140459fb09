"""The program's source, read once for all tests of its shape."""

from __future__ import annotations

import pytest

from tests.architecture.source_files import ROOT, Source, sources


@pytest.fixture(scope="session")
def program() -> list[Source]:
    """Return every module of the program."""
    return sources("integrity_desk")


@pytest.fixture(scope="session")
def everything() -> list[Source]:
    """Return every Python file of the repository that people maintain."""
    scripts = [Source(ROOT / "run.py"), Source(ROOT / "setup.py")]
    return scripts + sources("integrity_desk", "tests", "tools", "benchmarks", "packaging")
