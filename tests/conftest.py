"""What every test shares: no window on the screen, and the same examples in every run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.office import Office

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile(
    "same_every_time",
    derandomize=True,
    deadline=None,  # two workers share two cores: slow is not wrong
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same_every_time"))


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings, logs and marks of every test in its own folder."""
    monkeypatch.setenv("INTEGRITY_DESK_HOME", str(tmp_path / "home"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Return an invented office with a real encrypted store; see ``tests/office.py``."""
    with closing(Office(tmp_path / "desk")) as made:
        yield made


@pytest.fixture
def another_office(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Return ``another_office(desk="02")``: a second desk of the township, with its own store."""
    made: list[Office] = []

    def build(**which: str) -> Office:
        made.append(Office(tmp_path / f"desk-{len(made) + 2}", **which))
        return made[-1]

    yield build
    for each in made:
        each.close()
