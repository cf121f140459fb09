"""The Python files of the repository, read and parsed once each."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """One Python file of the project."""

    path: Path

    @cached_property
    def text(self) -> str:
        """Return the file's text."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Return the parsed file."""
        return ast.parse(self.text, str(self.path))

    @property
    def name(self) -> str:
        """Return the path from the repository's root, with slashes."""
        return self.path.relative_to(ROOT).as_posix()


def sources(*folders: str) -> list[Source]:
    """Return the Python files below the named folders of the repository."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [Source(path) for path in found]
