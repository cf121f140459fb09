"""Where files lie: ``resource(name)`` is the only door to ``resources/``."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

_APP = "integrity-desk"


def resource(name: str) -> Path:
    """Return the path of a bundled file, e.g. ``resource("rules/clocks.toml")``."""
    return _resource_root() / name


def data_folder() -> Path:
    """Return the folder of the default store (not created here)."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False))


def config_folder() -> Path:
    """Return the folder of the settings file (not created here)."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False))


def log_folder() -> Path:
    """Return the folder of logs and crash reports (not created here)."""
    return Path(platformdirs.user_log_dir(_APP, appauthor=False))


def _resource_root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    packaged = Path(__file__).parent / "_resources"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "resources"
