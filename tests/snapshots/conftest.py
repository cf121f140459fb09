"""Pictures are taken of the windows that ``tests/ui`` tests, and of the sheets of documents."""

from __future__ import annotations

from tests.documents.conftest import fonts
from tests.services.conftest import county, township
from tests.ui.conftest import dressed, qapp_cls

__all__ = ["county", "dressed", "fonts", "qapp_cls", "township"]
