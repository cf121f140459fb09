"""Last year's list is carried over from the register's page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.office import Office
from tests.ui.workplaces import Visit


@pytest.fixture
def visit(qtbot, office: Office) -> Iterator[Visit]:
    made = Visit(qtbot, office.folder, office.now)
    yield made
    made.close()


def test_last_years_list_becomes_drafts_in_the_register(visit, office):
    office.registered_commitment(made_on="2025-02-01", due_on="2025-12-31")
    visit.come_in("clerk", "commitment")
    visit.page.carry.click()
    visit.settle()
    assert visit.page.dialog.kind.currentText() == "期限承诺（1）"
    visit.page.dialog.take.click()
    visit.settle()
    visit.until(lambda: visit.page.list.total == 2)


def test_with_nothing_to_carry_over_the_dialog_says_so(visit):
    visit.come_in("clerk", "commitment")
    visit.page.carry.click()
    visit.settle()
    assert not visit.page.dialog.take.isEnabled()
    assert "都已经结转过了" in visit.page.dialog.refusal.text()
