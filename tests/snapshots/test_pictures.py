"""The comparison itself: what it refuses, what it lets pass, and what it leaves to look at."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage

from tests.snapshots import pictures


@pytest.fixture
def folders(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(pictures, "FAILED", tmp_path / "failed")
    with monkeypatch.context() as recording:
        recording.setenv("UPDATE_SNAPSHOTS", "1")
        pictures.hold("screen", blank())
    monkeypatch.delenv("UPDATE_SNAPSHOTS", raising=False)
    return tmp_path


def blank(rows_in_black=0):
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for y in range(rows_in_black):
        for x in range(100):
            image.setPixelColor(x, y, QColor("black"))
    return image


def test_the_same_picture_passes_and_leaves_nothing(folders):
    pictures.hold("screen", blank())
    assert not (folders / "failed").exists()


def test_another_picture_is_refused_and_lies_there_with_the_difference(folders):
    with pytest.raises(AssertionError, match=r"screen: 1\.00% differs"):
        pictures.hold("screen", blank(rows_in_black=1))
    written = {path.name for path in (folders / "failed").iterdir()}
    assert written == {"screen.png", "screen-difference.png"}


def test_another_size_is_refused(folders):
    with pytest.raises(AssertionError, match=r"100\.00% differs"):
        pictures.hold("screen", blank().copy(0, 0, 100, 99))


def test_a_difference_nobody_sees_passes(folders):
    image = blank()
    image.setPixelColor(0, 0, QColor("black"))
    pictures.hold("screen", image)


def test_a_picture_that_was_never_kept_is_asked_for(folders):
    with pytest.raises(AssertionError, match="UPDATE_SNAPSHOTS=1"):
        pictures.hold("other", blank())
