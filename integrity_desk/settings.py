"""What a person chose for this program on this machine: one frozen dataclass, one JSON file."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from integrity_desk.errors import StoreUnavailable
from integrity_desk.wording import _

VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Nothing here is needed to read a record; losing the file loses comfort only."""

    language: str = "zh"
    scheme: str = "light"
    """"light" or "dark"."""
    large: bool = False
    bundled_fonts: bool = False
    """Print with the bundled faces only, so that sheets are the same on every machine."""
    store: str = ""
    """Folder of the store last signed in to; "" for the default folder."""
    login: str = ""
    """Login name last used."""
    export_folder: str = ""
    """Where a file was last saved."""
    watched_folder: str = ""
    """A shared folder that is looked into for receipts and neighbours' bundles; "" for none."""
    closed_groups: str = "考评和查询"
    """Groups of the navigation that are closed, by their captions as declared, divided by commas.

    What is worked at a few times a year is closed at first, so that a low screen shows the rest.
    """
    geometry: str = ""
    """The main window's place, as Qt wrote it, in hexadecimal."""


class SettingsFile:
    """The settings in force and the file that keeps them; fields it does not know stay there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.complaint = ""
        """Why the file could not be read, as a sentence; "" when it could."""
        self._kept = self._read()
        try:
            self.current = _from_plain(self._kept)
        except TypeError:
            self._set_aside()
            self._kept, self.current = {}, Settings()

    def change(self, **values: Any) -> None:
        """Set these fields and write the file; StoreUnavailable when it cannot be written."""
        self.current = replace(self.current, **values)
        self._kept |= {"version": VERSION, **asdict(self.current)}
        fresh = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("w", encoding="utf-8") as file:
                json.dump(self._kept, file, ensure_ascii=False, indent=1, sort_keys=True)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
        except OSError as error:
            raise StoreUnavailable(
                _("设置没有保存，只在本次运行中有效：无法写入{path}。").format(path=self._path)
            ) from error

    def _read(self) -> dict[str, Any]:
        try:
            content = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            content = None
        if isinstance(content, dict):
            return content
        self._set_aside()
        return {}

    def _set_aside(self) -> None:
        """Keep the damaged file for whoever wants to look, and go on with the defaults."""
        aside = self._path.with_suffix(".damaged")
        try:
            self._path.replace(aside)
        except OSError:
            aside = self._path
        self.complaint = _("设置文件已损坏，已改用默认设置；原文件留在{path}。").format(path=aside)


def _from_plain(content: dict[str, Any]) -> Settings:
    """Take the known fields; TypeError when one has the wrong type."""
    known: dict[str, Any] = {}
    for field in fields(Settings):
        if field.name in content:
            value = content[field.name]
            if type(value) is not type(field.default):
                raise TypeError(field.name)
            known[field.name] = value
    return Settings(**known)
