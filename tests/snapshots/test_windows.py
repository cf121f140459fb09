"""The main screens look as they did: light, dark and large."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from integrity_desk.county import enrolment
from integrity_desk.county import office as county
from integrity_desk.domain.complaints import Complaint
from integrity_desk.domain.records import type_named
from integrity_desk.services.county_trust import ImportTrust, ShowTrust, WriteEnrolment
from integrity_desk.services.evaluation import GiveScores
from integrity_desk.services.exchange import CarryBundles, SealBundle
from integrity_desk.ui.dialogs.import_rows import ImportRowsDialog
from integrity_desk.ui.dialogs.settle import SettleDialog
from integrity_desk.ui.dialogs.sheet_preview import SheetPreviewDialog
from tests.office import Office
from tests.snapshots.pictures import hold
from tests.ui.workplaces import Visit

CALM = 6
"""A picture is finished when it comes out the same so many times."""
SECRET = "示例县级口令一二三"


@pytest.fixture
def visit(qtbot, office, tmp_path, monkeypatch) -> Iterator[Visit]:
    """A visit to a folder whose name on the screen is the same in every run."""
    monkeypatch.chdir(tmp_path)
    made = Visit(qtbot, Path(office.folder.name), office.now)
    made.settings.change(bundled_fonts=True)
    yield made
    made.close()


@pytest.fixture
def hall(office) -> Office:
    """An office with something in most of its piles."""
    office.registered_commitment(subject="十个工作日内办结养老认证", due_on="2026-05-01")
    office.registered_commitment(subject="示例路路灯十日内修复", due_on="2026-05-20")
    office.walk(office.registered_commitment(subject="公园停车位年底前增加一百个"), "start")
    office.commitment(subject="老旧电梯更换补助一次告知")
    office.walk(office.complaint(subject="反映示例村道路维修拖延"), "accept")
    office.complaint(subject="反映示例工程款逾期未付")
    office.step(office.integrity_record(), "submit")
    return office


@pytest.fixture
def screen(visit, hall) -> Callable[..., QWidget]:
    """Return ``screen(page, login)``: the window at a page, with the keyboard's attention."""

    def at(page: str, login: str = "clerk", *, scheme: str = "light", large: bool = False):
        window = visit.come_in(login, page)
        window.resize(1366, 768)
        window.dress(scheme, large=large)
        window.activateWindow()
        visit.until(window.isActiveWindow)
        return window

    return at


def test_the_front_door_looks_as_it_did(visit):
    visit.door.activateWindow()
    visit.until(visit.door.isActiveWindow)
    hold("sign-in", rested(visit, visit.door))


@pytest.mark.parametrize("page", ["workbench", "commitment"])
@pytest.mark.parametrize("look", ["light", "dark", "large"])
def test_a_page_looks_as_it_did_in_every_look(screen, visit, page, look):
    scheme = "dark" if look == "dark" else "light"
    window = screen(page, scheme=scheme, large=look == "large")
    hold(f"{page}-{look}", rested(visit, window))


def test_an_opened_record_looks_as_it_did(screen, visit, hall):
    window = screen("complaint")
    rec = hall.reading().find(Complaint)[0].id
    visit.page.show_record(rec)
    hold("record", rested(visit, window))


def test_a_form_looks_as_it_did(screen, visit):
    window = screen("complaint")
    visit.page.act("new")
    hold("form", rested(visit, window))


def test_the_preview_of_a_notice_looks_as_it_did(screen, visit, hall):
    window = screen("notice")
    dialog = SheetPreviewDialog(window.context, hall.enter("notice"), window)
    dialog.show()
    hold("notice-preview", rested(visit, dialog))


PROJECTS = """示例镇2026年民生实事清单
实事项目,建设内容,牵头单位,责任人,公布日期,完成时限,总投资（万元）
示例路改造,改造示例路一公里。,示例镇便民服务中心,王示例,1月5日,11月30日,"1,250"
社区食堂,新建社区食堂两处。,示例镇便民服务中心,王示例,1月5日,年底前,80
老旧电梯更换,更换老旧电梯六部。,示例镇便民服务中心,王示例,1月5日,12月20日,300
"""


def test_the_mapping_of_a_list_and_its_dry_run_look_as_they_did(screen, visit):
    window = screen("commitment")
    path = Path("示例镇2026年民生实事.csv")
    path.write_text(PROJECTS, "utf-8-sig")
    dialog = ImportRowsDialog(window.context, type_named("commitment"), path, window)
    dialog.show()
    visit.until(lambda: dialog.go.isEnabled())
    hold("import-columns", rested(visit, dialog))
    dialog.go.click()
    visit.until(lambda: dialog.again.isVisible() and dialog.again.isEnabled())
    hold("import-problems", rested(visit, dialog))
    dialog.only_sound.click()
    dialog.review.chips.choose("added")
    dialog.review.chips.chosen.emit("added")
    hold("import-review", rested(visit, dialog))


def test_reporting_to_the_county_looks_as_it_did(screen, visit, hall, tmp_path):
    enrol(hall, tmp_path / "county", tmp_path / "stick")
    window = screen("exchange")
    visit.settle()
    visit.page.county.codes.setText(
        "县级校验码 0000 0000\n本点校验码 0000 0000\n信任名单第 1 号\n"
        "通用报送方案（2026.1版）\n密码算法 Ed25519, age (X25519)"
    )
    hold("exchange", rested(visit, window))


@pytest.mark.parametrize("chip", ["board", "month"])
def test_the_deadline_board_and_its_month_look_as_they_did(screen, visit, chip):
    window = screen("due")
    visit.page.views.choose(chip)
    visit.page.views.chosen.emit(chip)
    hold(f"due-{chip}", rested(visit, window))


def test_an_integrity_file_looks_as_it_did(screen, visit, hall):
    record = hall.walk(hall.integrity_record(), "submit", "approve")
    window = screen("unit")
    visit.page.show_record(hall.record(record).subject_id)
    visit.until(lambda: visit.page.panel.view is not None)
    visit.page.act("file")
    visit.until(lambda: visit.page.work is not None and visit.page.work.file is not None)
    hold("file", rested(visit, window))


def test_a_score_sheet_looks_as_it_did(screen, visit, hall):
    villages = [hall.unit(name=name) for name in ("示例甲村民委员会", "示例乙村民委员会")]
    scheme = hall.enter("evaluation_scheme", unit_ids=villages)
    measured = hall.enter("indicator", evaluation_scheme_id=scheme, name="民主评议", weight=100)
    hall.step(scheme, "open")
    points = {villages[0]: 9_250, villages[1]: 5_800}
    hall.as_("clerk").perform(GiveScores(indicator_id=measured, values=points))
    hall.step(scheme, "compute")
    window = screen("evaluation_scheme")
    visit.page.show_record(scheme)
    visit.until(lambda: visit.page.panel.view is not None)
    visit.page.take_own(visit.page.own_acts(visit.page.panel.view)[0].code)
    visit.until(lambda: visit.page.work is not None and visit.page.work.sheet is not None)
    hold("score-sheet", rested(visit, window))


def test_what_two_desks_wrote_differently_looks_as_it_did(qtbot, township):
    unit = township.differ()
    township.exchange()
    desk = Visit(qtbot, township["01"].folder, township["01"].now)
    window = desk.come_in("clerk", "exchange")
    dialog = SettleDialog(window.context, unit, window)
    dialog.show()
    dialog.activateWindow()
    desk.until(lambda: bool(dialog.boxes) and dialog.isActiveWindow())
    dialog.close_button.setFocus()
    hold("settle", rested(desk, dialog))
    desk.close()


def test_the_settings_look_as_they_did(screen, visit):
    hold("settings", rested(visit, screen("settings", "admin")))


def rested(visit: Visit, widget: QWidget) -> QImage:
    """The picture once everything asked for has come and nothing moves any more."""
    taken = [QImage()]

    def calm() -> bool:
        taken.append(widget.grab().toImage())
        return len(taken) > CALM and all(each == taken[-1] for each in taken[-CALM:])

    visit.settle()
    visit.until(calm)
    return taken[-1]


def enrol(office: Office, folder: Path, stick: Path) -> None:
    """Make the desk known to a county, and let one bundle be on its way."""
    stick.mkdir()
    status = county.init(folder, code="999901", name="示例县", passphrase=SECRET, now=office.now())
    admin = office.as_("admin")
    introduced = admin.perform(WriteEnrolment(folder=stick)).value
    code = admin.ask(ShowTrust()).desk_code
    trust = enrolment.enrol(
        folder, introduced, stick, passphrase=SECRET, code=code, now=office.now()
    )
    admin.perform(ImportTrust(path=trust, county_code=status.code))
    admin.perform(SealBundle())
    admin.perform(CarryBundles(folder=stick))
