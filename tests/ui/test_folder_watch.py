"""A shared folder beside the work: told in the status line, taken in by one click."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from integrity_desk.ui.folder_watch import FolderWatch
from tests.office import Office
from tests.services import conftest as counties
from tests.ui.workplaces import Visit

county = counties.county
township = counties.township


@pytest.fixture
def visit(qtbot, office: Office) -> Iterator[Visit]:
    made = Visit(qtbot, office.folder, office.now)
    yield made
    made.close()


@pytest.fixture
def share(tmp_path):
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def watch_of(visit: Visit) -> FolderWatch:
    return visit.window.findChild(FolderWatch)


def looked(visit: Visit, times: int = 2) -> None:
    """Look so often, as the timer would."""
    watch = watch_of(visit)
    for _again in range(times):
        watch.look()
        visit.until(lambda: not watch._looking)


def answered(office, county, share):
    county.enrol(office)
    office.unit()
    county.bring(office)
    for path in county.stick.glob("*-to-*.tsb"):
        shutil.copy(path, share)


def test_a_receipt_in_the_shared_folder_is_offered_and_taken_in_by_one_click(
    visit, office, county, share
):
    answered(office, county, share)
    visit.come_in("clerk", "settings")
    visit.page.shared.watch(str(share))
    line = visit.window.status
    looked(visit, 1)
    assert line.arrived.isHidden()
    looked(visit, 1)
    assert line.arrived.text() == "回执已到：1份，点此导入"
    assert not line.arrived.isHidden()
    line.arrived.click()
    visit.until(lambda: visit.page.title == "上报与回执")
    visit.until(lambda: visit.page.bar.sentence.startswith("回执已导入"))
    visit.until(lambda: line.arrived.isHidden())
    visit.page.bar.hide()
    looked(visit)
    assert line.arrived.isHidden()


def test_nothing_is_taken_in_that_nobody_clicked(visit, office, county, share):
    answered(office, county, share)
    visit.settings.change(watched_folder=str(share))
    visit.come_in("clerk")
    looked(visit, 5)
    assert not visit.window.status.arrived.isHidden()
    assert office.as_("clerk").ask(counties.ListBundles())[0].receipted_at is None


def test_a_share_that_went_is_named_quietly_and_comes_back_by_itself(visit, office, county, share):
    answered(office, county, share)
    visit.settings.change(watched_folder=str(share))
    visit.come_in("clerk")
    looked(visit)
    line = visit.window.status
    away = share.with_name("away")
    share.rename(away)
    looked(visit, 1)
    assert line._share.text() == "共享文件夹连不上"
    assert "找不到" in line._share.toolTip()
    assert line.arrived.isHidden()
    away.rename(share)
    looked(visit, 1)
    assert line._share.isHidden()
    assert not line.arrived.isHidden()


def test_a_folder_left_again_says_nothing_more(visit, office, county, share):
    answered(office, county, share)
    visit.settings.change(watched_folder=str(share))
    visit.come_in("clerk", "settings")
    looked(visit)
    visit.page.shared.leave.click()
    assert visit.settings.current.watched_folder == ""
    watch_of(visit).look()
    assert visit.window.status.arrived.isHidden()
    assert visit.page.shared.folder.text() == "没有选定"


def test_who_may_not_report_neither_sees_nor_chooses_the_folder(visit, office, county, share):
    answered(office, county, share)
    visit.settings.change(watched_folder=str(share))
    visit.come_in("viewer", "settings")
    assert visit.page.shared.isHidden()
    watch_of(visit).look()
    visit.settle()
    assert not watch_of(visit)._looking
    assert visit.window.status.arrived.isHidden()


def test_a_neighbours_bundle_is_offered_after_the_countys_answer(qtbot, township, share):
    first, second = township["01"], township["02"]
    first.unit(name="示例东站")
    township.send("01")
    for path in township.stick.glob(f"{first.reading().identity.org}-01-*.tsb"):
        shutil.copy(path, share)
    visit = Visit(qtbot, second.folder, second.now)
    visit.settings.change(watched_folder=str(share))
    visit.come_in("clerk")
    looked(visit)
    line = visit.window.status
    assert line.arrived.text() == "其他登记点的同步包已到：1个，点此导入"
    line.arrived.click()
    visit.until(lambda: visit.page.bar.sentence.startswith("已并入"))
    visit.until(lambda: line.arrived.isHidden())
    visit.close()
