"""The sample township's store, as all pictures and fittings of one run see it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from integrity_desk.services.sample import load_sample
from tests.office import CHEAP

TODAY = date(2026, 5, 20)


def plant(folder: Path) -> Path:
    """Make it once; rooms take copies of it."""
    return load_sample(folder, today=TODAY, cost=CHEAP).folder
