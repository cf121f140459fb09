"""Where files lie: ``resource(name)`` is the only door to ``resources/``.

The environment variable INTEGRITY_DESK_HOME puts data, settings and logs under one folder.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

HOME_VARIABLE = "INTEGRITY_DESK_HOME"

_APP = "integrity-desk"


def resource(name: str) -> Path:
    """Return the path of a bundled file, e.g. ``resource("rules/clocks.toml")``."""
    return _resource_root() / name


def data_folder() -> Path:
    """Return the folder of the default store (not created here)."""
    return _under_home("data") or Path(platformdirs.user_data_dir(_APP, appauthor=False))


def config_folder() -> Path:
    """Return the folder of the settings file (not created here)."""
    return _under_home("config") or Path(platformdirs.user_config_dir(_APP, appauthor=False))


def marks_folder() -> Path:
    """Return the folder of the marks by which a copied store is told from the original.

    Never inside the data folder, which on Windows is also the settings folder: a copy of that
    folder must not bring the mark along.
    """
    return config_folder().with_name(f"{_APP}-marks")


def log_folder() -> Path:
    """Return the folder of logs and crash reports (not created here)."""
    return _under_home("log") or Path(platformdirs.user_log_dir(_APP, appauthor=False))


def program() -> list[str]:
    """Return the words that start this program anew: a delivered copy is its own interpreter."""
    return [sys.executable] if _frozen_root() else [sys.executable, "-m", "integrity_desk"]


def _under_home(name: str) -> Path | None:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home) / name if home else None


def _resource_root() -> Path:
    frozen = _frozen_root()
    if frozen:
        return Path(frozen) / "resources"
    packaged = Path(__file__).parent / "_resources"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "resources"


def _frozen_root() -> str:
    """Return where a folder made by PyInstaller lies; "" when Python runs the source."""
    return getattr(sys, "_MEIPASS", "")
