"""Progress of long work, and the way it is stopped."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told how far long work has come; raises Cancelled once the person has pressed Stop."""

    def step(self, done: int, total: int, label: str = "") -> None:
        """Say that ``done`` of ``total`` pieces are finished; total 0 when it is not known."""


class _Silent:
    def step(self, done: int, total: int, label: str = "") -> None:
        """Say nothing."""


SILENT: Progress = _Silent()
