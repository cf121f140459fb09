"""Where the keyboard begins when a dialog's content and its activation both come late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from integrity_desk.services.record_view import ReadValues
from integrity_desk.ui.dialogs.carry_over import CarryOverDialog
from integrity_desk.ui.dialogs.divide_person import DividePersonDialog
from integrity_desk.ui.dialogs.how_counted import HowCountedDialog
from integrity_desk.ui.dialogs.pledge_batches import SignPledgesDialog
from integrity_desk.ui.dialogs.settle import SettleDialog
from tests.services import conftest as counties
from tests.ui.looks.scenes import import_of_projects
from tests.ui.looks.showroom import Room
from tests.ui.workplaces import Visit

county, township = counties.county, counties.township
Beginning = tuple[Callable[[Room], QDialog], Callable[[Any], QWidget]]

BEGINNINGS: dict[str, Beginning] = {
    "carry over": (
        lambda room: CarryOverDialog(room.context, room.go("commitment")),
        lambda dialog: dialog.picker.search,
    ),
    "counted": (
        lambda room: HowCountedDialog(
            room.context, room.first("complaint", "accepted"), room.go("complaint")
        ),
        lambda dialog: dialog.days,
    ),
    "sign": (
        lambda room: SignPledgesDialog(room.context, room.go("pledge")),
        lambda dialog: dialog.boxes["signed_on"].editor.focusProxy(),
    ),
    "divide": (
        lambda room: DividePersonDialog(
            room.context, room.first("person", skip=1), "示例",
            room.desk.ask(ReadValues(id=room.first("person", skip=1))), room.go("person"),
        ),
        lambda dialog: dialog.ties,
    ),
    "import": (import_of_projects, lambda dialog: next(iter(dialog.mapping.boxes.values()))),
}  # fmt: skip


def becomes_active_late(dialog: QDialog, settle: Callable[[], None], visit: Visit) -> None:
    """Show it as a slow window manager does: all answers are there before it is active."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    dialog.show()
    settle()
    dialog.activateWindow()
    visit.until(dialog.isActiveWindow)


@pytest.mark.parametrize("name", BEGINNINGS)
def test_the_keyboard_begins_where_the_work_begins(qtbot, planted, tmp_path, name):
    build, expected = BEGINNINGS[name]
    room = Room(qtbot, planted, tmp_path / "store", "reviewer")
    dialog = build(room)
    becomes_active_late(dialog, room.settle, room.visit)
    assert dialog.focusWidget() is expected(dialog)
    room.close()


def test_settling_begins_on_the_first_version(qtbot, township):
    unit = township.differ()
    township.exchange()
    visit = Visit(qtbot, township["01"].folder, township["01"].now)
    window = visit.come_in("clerk", "exchange")
    dialog = SettleDialog(window.context, unit, window)
    becomes_active_late(dialog, visit.settle, visit)
    assert dialog.focusWidget() is dialog.boxes[0]._group.button(0)
    visit.close()
