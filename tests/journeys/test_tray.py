"""While the window is away the tray says how much is due, and brings the window back."""

from __future__ import annotations

import shutil

import pytest

REMINDER = "有1项已逾期。"
WINDOW = "诚信台账"


@pytest.fixture
def tray(screen):
    """A system tray, and where an icon in it is."""
    if shutil.which("trayer") is None:
        pytest.skip("there is no system tray here: install trayer")
    with screen.tray() as place:
        yield place


def test_the_tray_reminds_of_what_is_late_and_a_click_brings_the_window_back(
    screen, tray, start, office
):
    office.registered_commitment(subject="到期未办的承诺", due_on="2026-05-01")
    program = start()
    program.sign_in("clerk")
    screen.see("到期未办的承诺", part=True)
    before = screen.see(WINDOW, "frame").place
    assert not screen.sees(REMINDER)
    screen.minimise(WINDOW)
    screen.see(REMINDER)  # how much, never what or whose
    assert screen.is_away(WINDOW)
    screen.click_at(*tray)
    screen.until(lambda: not screen.is_away(WINDOW), "the window to come back")
    assert screen.see(WINDOW, "frame").place == before
    assert program.leave() == 0
