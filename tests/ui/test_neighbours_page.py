"""Two desks of one township in the window: taking in, and settling what they wrote differently."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from integrity_desk.domain.units import Unit
from integrity_desk.services.workbench import ShowWorkbench
from integrity_desk.ui.dialogs.settle import SettleDialog
from integrity_desk.ui.pages.exchange import ExchangePage
from integrity_desk.ui.widgets.editor import LineEditor
from tests.exchanging import void
from tests.office import Office
from tests.services import conftest as counties
from tests.ui.registers import Sitting, sitting

county = counties.county
township = counties.township


@pytest.fixture
def sit(qtbot: Any, township: Any) -> Iterator[Callable[[str], Sitting]]:
    with sitting(qtbot, township["01"]) as made:
        yield made


@pytest.fixture
def disputed(township: Any) -> str:
    """A unit whose name both desks changed; the first has not yet taken the other's in."""
    unit: str = township.differ()
    township.send("01")
    township.send("02")
    return unit


def at_exchange(desk: Sitting) -> ExchangePage:
    desk.window.navigate("exchange")
    desk.settle()
    page = desk.window.page
    assert isinstance(page, ExchangePage)
    return page


def settling(desk: Sitting, page: ExchangePage, record: str) -> SettleDialog:
    desk.until(lambda: bool(page.neighbours.unsettled.rows))
    page.neighbours.unsettled.opened.emit(record)
    dialog = page.findChild(SettleDialog)
    desk.until(lambda: bool(dialog.boxes) and all(each.isVisible() for each in dialog.boxes))
    return dialog


def taken(desk: Sitting, township: Any) -> ExchangePage:
    page = at_exchange(desk)
    page.neighbours.take_from(township.stick)
    desk.until(lambda: bool(page.bar.sentence))
    desk.settle()
    return page


def test_the_other_desks_are_listed_with_how_far_they_came(sit, township) -> None:
    desk = sit("clerk")
    page = at_exchange(desk)
    (row,) = page.neighbours.desks.rows
    assert row.cells[2:] == ("还没有", "", "等它的第一个同步包")
    township["02"].unit(name="示例二站")
    township.send("02")
    page = taken(desk, township)
    desk.until(lambda: page.neighbours.desks.rows[0].cells[2] == "第1包")
    assert page.neighbours.desks.rows[0].cells[-1] == "已跟上"
    assert page.bar.sentence.startswith("已并入")
    page.neighbours.take_from(township.stick)
    desk.until(lambda: page.bar.sentence == "这些同步包以前收到过，没有新的内容。")


def test_what_differs_is_shown_with_desk_person_and_time_and_one_version_chosen(
    sit, township, disputed
) -> None:
    desk = sit("clerk")
    page = taken(desk, township)
    assert "1 条在两处改得不同" in page.bar.sentence
    assert page.neighbours.unsettled.rows[0].cells[-1] == "单位名称"
    dialog = settling(desk, page, disputed)
    (box,) = dialog.boxes
    assert not dialog.go.isEnabled()
    shown = [box._group.button(place).text() for place in range(2)]
    assert "999901001-02" in shown[0]
    assert "钱经办" in shown[0]
    assert shown[0].endswith("（现在显示的）")
    assert "999901001-01" in shown[1]
    box.choose(box._codes[1])
    dialog.go.click()
    desk.until(lambda: not page.neighbours.unsettled.rows)
    assert township["01"].record(disputed).name == "示例东站"


def test_a_third_wording_is_written_in_the_fields_own_editor(sit, township, disputed) -> None:
    desk = sit("clerk")
    page = taken(desk, township)
    dialog = settling(desk, page, disputed)
    (box,) = dialog.boxes
    assert isinstance(box.editor, LineEditor)
    box.editor.line.setText("示例中站")  # QTest has no keys for Chinese
    box.editor.edited.emit()
    dialog.go.click()
    desk.until(lambda: not page.neighbours.unsettled.rows)
    assert township["01"].record(disputed).name == "示例中站"


def test_a_deletion_beside_a_change_is_kept_or_followed(sit, township) -> None:
    first: Office = township["01"]
    unit = first.unit(name="示例站")
    township.exchange()
    void(first, Unit, unit)
    township["02"].amend(unit, name="示例西站")
    township.send("01")
    township.send("02")
    desk = sit("reviewer")
    page = taken(desk, township)
    dialog = settling(desk, page, unit)
    box = next(each for each in dialog.boxes if each.name == "_void")
    assert box.editor is None
    box.choose("keep")
    dialog.go.click()
    desk.until(lambda: not page.neighbours.unsettled.rows)
    assert first.record(unit).name == "示例西站"


def test_the_workbench_counts_what_waits_to_be_settled(sit, township, disputed) -> None:
    township.take("01")
    assert township["01"].as_("clerk").ask(ShowWorkbench()).unsettled == 1


def test_a_desk_without_neighbours_sees_nothing_of_them(qtbot, office, county) -> None:
    county.enrol(office)
    with sitting(qtbot, office) as sit_down:
        desk = sit_down("clerk")
        page = at_exchange(desk)
        assert page.neighbours.desks.isHidden()
        assert page.neighbours.unsettled.isHidden()
