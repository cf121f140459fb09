from __future__ import annotations

import os
from pathlib import Path

import pytest

from integrity_desk.errors import BundleRefused
from integrity_desk.sync import bundle_reader
from tests.bundles import SendingDesk, attachment, sending_desk
from tests.carrying import NAME
from tests.forging import taken_apart


@pytest.fixture
def desk() -> SendingDesk:
    """Return an invented desk with a county to write to."""
    return sending_desk()


@pytest.fixture
def genuine(desk, tmp_path):
    """(path, envelope, members) of an honest volume."""
    lines = [desk.line(number) for number in range(1, 4)]
    (written,) = desk.write(tmp_path / "out", lines, attachments=[attachment()])
    return written.path, *taken_apart(desk, written.path)


@pytest.fixture
def refused(desk, tmp_path):
    """Return ``refused(data)``: the code with which these bytes are refused whole."""

    def judge(data, known=None, secrets=None):
        path = tmp_path / "hostile.tsb"
        path.write_bytes(data)
        staging = tmp_path / "staging"
        with pytest.raises(BundleRefused) as caught:
            bundle_reader.read(
                path,
                secrets or desk.county.age_secrets,
                desk.known if known is None else known,
                staging,
            )
        assert not staging.exists()
        assert caught.value.sentence.endswith("。")
        return caught.value.code

    return judge


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a file of five MiB that looks like a bundle from outside."""
    path = tmp_path / NAME
    path.write_bytes(os.urandom(5 << 20))
    return path
