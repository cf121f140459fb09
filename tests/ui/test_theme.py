"""The look: one base size, two schemes, icons and a font that are always there."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontMetrics, QIcon
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from integrity_desk.paths import resource
from integrity_desk.ui import theme
from integrity_desk.ui.theme.tokens import DARK, LIGHT, tokens_for


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_its_ground(colours):
    pairs = [
        (colours.text, colours.surface),
        (colours.text, colours.selected),
        (colours.muted, colours.surface),
        (colours.muted, colours.window),
        (colours.muted, colours.selected),
        *((colours.faint, each) for each in (colours.surface, colours.sunken, colours.window)),
        (colours.on_accent, colours.accent),
        (colours.accent, colours.surface),
        (colours.accent, colours.accent_soft),
        (colours.nav_muted, colours.nav),
        (colours.nav_text, colours.nav_selected),
        (colours.on_alarm, colours.alarm),
        *((tone.ink, tone.ground) for tone in colours.tones.values()),
    ]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_outlines_and_what_rests_can_still_be_made_out(colours):
    pairs = [
        (colours.border_strong, colours.surface),
        (colours.accent, colours.surface),
        (colours.disabled, colours.surface),
        (colours.disabled, colours.sunken),
    ]
    assert [pair for pair in pairs if contrast(*pair) < 3] == []


def test_large_text_grows_every_size_by_the_same_measure():
    normal, large = tokens_for("light"), tokens_for("light", large=True)
    for size in ("small", "heading", "title", "icon", "control", "row", "radius"):
        assert getattr(large, size) / getattr(normal, size) == pytest.approx(18 / 14, abs=0.08)


def test_an_unknown_scheme_is_a_bug():
    with pytest.raises(ValueError, match="sepia"):
        tokens_for("sepia")


def test_the_style_sheet_has_no_name_left_open(qapp):
    for scheme in ("light", "dark"):
        theme.apply(qapp, scheme=scheme, large=True)
        sheet = qapp.styleSheet()
        assert "$" not in sheet
        for path in re.findall(r'url\("([^"]+)"\)', sheet):
            assert QIcon(path).availableSizes() or not QIcon(path).isNull(), path


def test_rare_characters_of_names_are_not_boxes(qapp):
    metrics = QFontMetrics(theme.font(14))
    assert [letter for letter in "喆堃镕龘〔〕℃№" if not metrics.inFont(letter)] == []


def test_every_icon_draws_something_in_the_colour_asked_for(qapp):
    for path in sorted(resource("icons").glob("*.svg")):
        picture = theme.picture(path.stem, "#ff0000", 24).toImage()
        inks = {
            picture.pixelColor(x, y).name()
            for x in range(24)
            for y in range(24)
            if picture.pixelColor(x, y).alpha() > 200
        }
        assert inks == {"#ff0000"}, path.stem


def test_bound_icons_and_properties_follow_a_switch(qtbot, qapp):
    button = QPushButton()
    qtbot.addWidget(button)
    theme.set_icon(button, "plus")
    before = button.icon().cacheKey()
    theme.apply(qapp, scheme="dark")
    assert button.icon().cacheKey() != before
    words = QLabel("x")
    qtbot.addWidget(words)
    theme.mark(words, kind="error")
    words.ensurePolished()
    assert words.palette().windowText().color().name() == DARK.tones["red"].ink


class Counting(QWidget):
    """Counts how often it is told of another style."""

    told = 0

    def changeEvent(self, event: QEvent) -> None:
        self.told += event.type() == QEvent.Type.StyleChange
        super().changeEvent(event)


def test_a_switch_does_not_dress_a_widget_again_for_each_widget_above_it(qtbot, qapp):
    theme.apply(qapp)
    whole = QWidget()
    qtbot.addWidget(whole)
    above = whole
    for _step in range(10):
        inside = QWidget()
        QVBoxLayout(above).addWidget(inside)
        above = inside
    deepest = Counting()
    QVBoxLayout(above).addWidget(deepest)
    whole.show()
    deepest.told = 0
    theme.apply(qapp, scheme="dark")
    assert 1 <= deepest.told <= 2
    assert deepest.palette().windowText().color().name() == DARK.text
