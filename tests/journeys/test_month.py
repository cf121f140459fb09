"""Two desks and a county in a month with one stick: what goes wrong, and how it is put right."""

from __future__ import annotations

import pytest

from integrity_desk.domain.units import Unit
from integrity_desk.services.county_trust import ShowTrust
from integrity_desk.services.exchange import CarryBundles, ImportReceipts, SealBundle
from tests.journeys.county import acts
from tests.journeys.pulled_stick import PULLED

PAGE = "上报与回执"
REVOKED = "县级已停用本登记点的密钥，只认到第1包，以后的包一律拒收"


@pytest.fixture
def desk(office, county):
    """A desk that its county knows."""
    county.enrol(office)
    return office


def test_a_stick_pulled_while_it_is_written_is_named_and_writing_again_brings_everything(
    screen, start, desk, county
):
    desk.registered_commitment(subject="十日内修复示例路路灯")
    program = start(module="tests.journeys.pulled_stick")
    program.sign_in("clerk")
    program.open(PAGE)
    program.write_to(county.stick)
    screen.see("时存储介质被拔出，没写完的不算数。请重新插好再写一次", part=True)
    assert not screen.sees("可以拔出", part=True)
    county.stick.with_name(PULLED).rename(county.stick)
    screen.click("封包并写入", "button")
    program.pull_out()
    assert acts(county.receive()) == ["apply"]
    assert program.leave() == 0


def test_a_receipt_that_was_lost_comes_again_with_the_same_bundle(screen, start, desk, county):
    desk.registered_commitment(subject="十日内修复示例路路灯")
    program = start()
    program.sign_in("clerk")
    program.open(PAGE)
    program.write_to(county.stick)
    program.pull_out()
    screen.see("已带走，待回执", "table cell", part=True)
    assert acts(county.receive()) == ["apply"]
    for path in county.stick.iterdir():  # somebody wanted the stick for something else
        path.unlink()
    program.write_to(county.stick)
    program.pull_out()
    assert acts(county.receive()) == ["duplicate"]
    program.take_receipts(county.stick)
    screen.see("回执已导入", part=True)
    screen.see("县级已接收", "table cell", part=True)
    assert program.leave() == 0


def test_a_record_sent_back_is_opened_from_the_list_put_right_and_accepted(
    screen, start, desk, county
):
    with desk.store.unit_of_work(
        actor=desk.account("clerk").actor, command="EnterRecord", now=desk.now()
    ) as work:  # as a program did that did not ask for the category yet
        unit = work.add(Unit(name="示例第一便民服务站", state="active")).id
    program = start()
    program.sign_in("clerk")
    program.open(PAGE)
    program.write_to(county.stick)
    program.pull_out()
    assert county.receive()["rejected"] == 1
    program.take_receipts(county.stick)
    screen.see("县级退回 1 项", part=True)
    screen.see("“单位类别”必须填写。", "table cell", part=True)
    screen.click("示例第一便民服务站", "table cell", part=True)
    screen.keys("Return")
    screen.click("修改", "button", part=True)
    screen.choose("单位类别", "事业单位")
    screen.keys("ctrl+s")
    screen.until(lambda: desk.record(unit).kind is not None, "the category to be kept")
    program.open(PAGE)
    program.write_to(county.stick)
    program.pull_out()
    assert acts(county.receive()) == ["duplicate", "apply"]
    program.take_receipts(county.stick)
    screen.gone("县级退回", part=True)
    assert program.leave() == 0


def test_what_two_desks_wrote_into_one_field_is_settled_side_by_side_and_shown_at_both(
    screen, start, desk, county, another_office
):
    other = another_office(desk="02")
    county.enrol(desk, other)
    unit = desk.unit(name="示例便民服务站")
    carry(desk, county)
    program = start(other.folder)
    program.sign_in("reviewer")
    program.open(PAGE)
    take_neighbours(screen, program, county)
    screen.see("已并入", part=True)
    desk.amend(unit, name="示例东站")
    other.now.advance(hours=1)
    other.amend(unit, name="示例西站")  # the later one, so it is the one shown
    carry(desk, county)
    take_neighbours(screen, program, county)
    screen.see("1 条登记在两处改得不同，请打开裁定", part=True)
    screen.click("示例西站", "table cell", part=True)
    screen.keys("Return")
    screen.see("裁定两处不同的内容", part=True)
    assert screen.sees("示例东站", part=True)
    assert screen.sees("示例西站", part=True)
    screen.until(
        lambda: any("现在显示的" in each.name for each in screen.focus()),
        "the keyboard to be on the first version",
    )
    screen.keys("Down", "space")
    screen.click("裁定", "button")
    screen.gone("1 条登记在两处改得不同", part=True)
    settled = other.record(unit).name
    program.write_to(county.stick)
    program.pull_out()
    assert program.leave() == 0

    program = start(desk.folder)
    program.sign_in("clerk")
    program.open(PAGE)
    take_neighbours(screen, program, county)
    screen.see("已并入", part=True)
    assert not screen.sees("两处改得不同", part=True)
    assert desk.record(unit).name == settled
    assert program.leave() == 0


def test_a_desk_that_was_revoked_is_told_so_by_its_own_stick(screen, start, desk, county):
    desk.unit(name="示例第一站")
    carry(desk, county)
    county.receive()
    desk.as_("clerk").perform(ImportReceipts(path=county.stick))
    stream = desk.as_("clerk").ask(ShowTrust()).stream
    county.run("revoke", stream, "--after", "1", "--out", county.stick.with_name("astray"))
    desk.unit(name="示例第二站")
    program = start()
    program.sign_in("clerk")
    program.open(PAGE)
    program.write_to(county.stick)
    program.pull_out()
    assert acts(county.receive()) == ["duplicate", "refused"]
    program.take_receipts(county.stick)
    screen.see(REVOKED, part=True)
    desk.unit(name="示例第三站")
    screen.keys("F5")
    program.write_to(county.stick)
    screen.until(
        lambda: sum(REVOKED in each.name for each in screen.look()) == 2,
        "the sentence in the dialog, too",
    )
    screen.keys("Escape")
    screen.gone("封包并写入")
    assert program.leave() == 0


def carry(office, county):
    """Seal what is due and put all of it onto the stick, without a window."""
    office.as_("clerk").perform(SealBundle())
    office.as_("clerk").perform(CarryBundles(folder=county.stick, everything=True))


def take_neighbours(screen, program, county):
    """On the page of bundles: take in what the other desk left on the stick."""
    screen.click("导入其他登记点的同步包…", "button")
    screen.keys("Down", "Return")
    program.name_folder(county.stick)
