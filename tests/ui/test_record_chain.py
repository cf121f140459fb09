"""The chain on the opened record, walked by mouse and by keys in both directions."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from integrity_desk.ui.pages.record_chain import ChainBlock
from tests.ui.registers import Sitting, button


@pytest.fixture
def chain(office) -> tuple[str, ...]:
    """A broken promise, the complaint about it, and the record that followed."""
    promise = office.registered_commitment(subject="路灯十日内修复")
    case = office.complaint(subject="反映路灯没有修复", about_commitment_id=promise)
    record = office.effective_record(source_kind="complaint", source_id=case)
    return promise, case, record


def links(desk: Sitting) -> list[str]:
    """The names of the chain's lines that lead somewhere."""
    desk.words()
    (block,) = desk.page.panel.findChildren(ChainBlock)
    found = block.findChildren(type(button(block, block_names(block)[0])))
    return [each.accessibleName() for each in found if each.isEnabled()]


def block_names(block: ChainBlock) -> list[str]:
    return [each.accessibleName() for each in block.children() if hasattr(each, "code")]


def shows(desk: Sitting, rec: str) -> bool:
    view = desk.page.panel.view
    return view is not None and view.id == rec and desk.page.drawer.is_open


def test_a_click_leads_to_any_record_of_the_chain(sit, office, chain):
    promise, case, record = chain
    desk = sit("reviewer")
    desk.open_record("complaint", case)
    there, back = links(desk)
    assert "路灯十日内修复" in there
    assert "诚信记录" in back
    button(desk.page.panel, back).click()
    desk.until(lambda: desk.page.declared.name == "integrity_record" and shows(desk, record))
    names = links(desk)
    assert [name[:4] for name in names] == ["公开承诺", "投诉举报"]
    button(desk.page.panel, names[0]).click()
    desk.until(lambda: desk.page.declared.name == "commitment" and shows(desk, promise))


def test_alt_with_the_arrows_walks_it_to_both_ends_and_no_further(sit, office, chain, qtbot):
    desk = sit("reviewer")
    desk.open_record("commitment", chain[0])

    def press(key: Qt.Key, to: str) -> None:
        desk.until(desk.window.isActiveWindow)
        desk.settle()
        view = desk.page.list.table.view
        view.setFocus()
        qtbot.keyClick(view, key, Qt.KeyboardModifier.AltModifier)
        desk.until(lambda: shows(desk, to))

    for rec in chain[1:]:
        press(Qt.Key.Key_Down, rec)
    press(Qt.Key.Key_Down, chain[-1])
    for rec in reversed(chain[:-1]):
        press(Qt.Key.Key_Up, rec)
    press(Qt.Key.Key_Up, chain[0])


def test_what_stands_in_the_chain_is_not_listed_twice(sit, office, chain):
    desk = sit("reviewer")
    desk.open_record("complaint", chain[1])
    assert "来龙去脉" in desk.words()
    assert "相关登记" not in desk.words()


def test_that_somebody_must_keep_out_is_said_at_the_head(sit, office):
    case = office.complaint(about_unit_id=office.hall)
    desk = sit("clerk")
    desk.open_record("complaint", case)
    assert "您须回避本件，只能登记和转送。" in desk.words()
