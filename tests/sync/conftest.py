from __future__ import annotations

import pytest

from tests.bundles import SendingDesk, sending_desk


@pytest.fixture
def desk() -> SendingDesk:
    """Return an invented desk with a county to write to."""
    return sending_desk()
