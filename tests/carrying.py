"""What is looked at where bundles are carried to media that fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from integrity_desk.errors import MediaUnavailable
from integrity_desk.sync import media
from integrity_desk.sync.files import Files

NAME = "440000001-d02-7f3a7f3a-0000000001-p00.tsb"


class Roomy(Files):
    """Believes there is room, so that the system itself has to say no."""

    def free_bytes(self, folder: Path) -> int:
        """Return more than there is."""
        return 1 << 40


def refused(
    source: Path,
    place: Path,
    files: Files | None = None,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> str:
    """Carry in vain; return the status, whose sentence is a whole one."""
    with pytest.raises(MediaUnavailable) as told:
        media.carry(source, place, files=files, step=step)
    assert told.value.sentence.endswith("。")
    return told.value.status


def bundles_on(place: Path) -> list[str]:
    """Return the names of what looks like a whole bundle."""
    return sorted(path.name for path in place.glob("*.tsb"))
