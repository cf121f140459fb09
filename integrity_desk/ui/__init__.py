"""The window: pages, dialogs, models and widgets; the only home of PySide6.

PySide6 puts an ``import`` of its own in the place of Python's, for other spellings of its names
and for star imports; nothing here uses either. It would read the source of every module imported
from then on, of whatever library, and keep its lines: Python's own is put back.

Loading makes very many objects that stay. Python's collector would look through them again and
again, 5 ms of the start; it looks less often, and never again at what was there when everything
was loaded (``ui.preloading``).
"""

from __future__ import annotations

import builtins
import gc
import importlib

_OBJECTS_BETWEEN_LOOKS = 20_000
"""A look at so many new objects takes less than a millisecond."""


def _load_binding() -> None:
    """Load PySide6 so that it leaves ``import`` as it was."""
    own = builtins.__import__
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = own


gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)
_load_binding()
