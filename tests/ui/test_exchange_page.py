"""Reporting from the window to a county of the program's own, and its receipts back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QMessageBox

from integrity_desk.county import asking
from integrity_desk.services.county_trust import ShowTrust
from integrity_desk.services.exchange import CarryBundles, SealBundle
from integrity_desk.sync.receipt import BundleVerdict, Receipt, RevisionVerdict
from integrity_desk.ui.dialogs.carry_bundles import CarryBundlesDialog
from integrity_desk.ui.dialogs.inspect_bundle import InspectBundleDialog
from integrity_desk.ui.dialogs.paper_preview import PaperPreview
from integrity_desk.ui.pages.exchange import ExchangePage
from tests.services import conftest as counties
from tests.ui.registers import Sitting, button

county = counties.county


def at_exchange(desk: Sitting) -> ExchangePage:
    desk.window.navigate("exchange")
    desk.settle()
    page = desk.window.page
    assert isinstance(page, ExchangePage)
    return page


def carried(desk: Sitting, page: ExchangePage, folder: Path) -> CarryBundlesDialog:
    page.seal.click()
    dialog = page.findChild(CarryBundlesDialog)
    dialog.choose(folder)
    desk.until(lambda: dialog.go.isEnabled())
    dialog.go.click()
    desk.until(lambda: dialog.close_button.isEnabled())
    return dialog


def is_enrolled(page: ExchangePage) -> bool:
    return page._stack.currentIndex() == 1


def test_a_desk_is_enrolled_by_two_files_and_two_codes(
    sit, office, county: counties.CountyEnd
) -> None:
    desk = sit("clerk")
    page = at_exchange(desk)
    assert not is_enrolled(page)
    assert page.enrolment.code.text() == office.as_("clerk").ask(ShowTrust()).desk_code
    page.enrolment.write_to(county.stick)
    desk.until(lambda: "已写入" in page.enrolment.done.text())
    trust = county.admit(office)
    page.enrolment.county_code.text = "0000 0000 0000 0000 0000 0000"
    page.enrolment.take_in(trust)
    desk.until(lambda: "县级校验码不符" in page.enrolment.county_code.sentence)
    assert not is_enrolled(page)
    page.enrolment.county_code.text = county.status.code
    page.enrolment.take_in(trust)
    desk.until(lambda: is_enrolled(page))
    assert page.county.name.text() == "示例县信用办"


def test_what_waits_is_sealed_carried_read_back_and_receipted(sit, office, county) -> None:
    county.enrol(office)
    office.registered_commitment()
    desk = sit("clerk")
    page = at_exchange(desk)
    waiting = int(page.waiting.text())
    assert waiting > 0
    dialog = carried(desk, page, county.stick)
    assert dialog.words.text().startswith("已读回核对，可以拔出")
    (bundle,) = county.stick.glob("999901001-*.tsb")
    assert bundle.name in dialog.files.text()
    dialog.reject()
    desk.until(lambda: (page.waiting.text(), page.awaiting.text()) == ("0", "1"))
    desk.until(lambda: page.bundles.rows[0].cells[-1] == "已带走，待回执")
    county.receive(office)
    page.receive_from(county.stick)
    desk.until(lambda: page.bar.sentence.startswith("回执已导入：接收"))
    desk.until(lambda: page.bundles.rows[0].cells[-1] == "县级已接收")
    assert page.receipt_age.text() == "最近一次回执：今天"


def test_what_the_county_sent_back_is_listed_with_its_reason_and_opens(
    sit,
    office,
    county,
) -> None:
    county.enrol(office)
    promise = office.registered_commitment(subject="退回的示例承诺")
    clerk = office.as_("clerk")
    bundle = clerk.perform(SealBundle()).value
    clerk.perform(CarryBundles(folder=county.stick))
    dot = office.reading().history(promise)[-1].dot
    told = Receipt(
        stream=bundle.stream, through_seq=1, content_through=bundle.content,
        bundles=(BundleVerdict(seq=1, content=bundle.content, state="partly"),),
        revisions=(
            RevisionVerdict(
                dot=dot, rec=promise, state="rejected", code="field.required", field="due_on",
                message_zh="缺少兑现期限。",
            ),
        ),
        held=(), missing=(), missing_blobs=(), trust_serial=1,
    )  # fmt: skip
    path = county.say(office, told)
    desk = sit("clerk")
    page = at_exchange(desk)
    page.receive_from(path)
    desk.until(lambda: bool(page.rejected.rows))
    assert page.rejected.rows[0].cells[2:] == ("退回的示例承诺", "缺少兑现期限。")
    assert page.bundles.rows[0].cells[-1] == "部分退回"
    page.rejected.opened.emit(promise)
    opened: Any = desk.window.page
    desk.until(lambda: opened.panel.view is not None and opened.panel.view.id == promise)


def test_a_medium_that_cannot_be_written_is_told_and_the_bundle_waits(
    sit,
    office,
    county,
    tmp_path,
) -> None:
    county.enrol(office)
    office.registered_commitment()
    desk = sit("clerk")
    page = at_exchange(desk)
    dialog = carried(desk, page, tmp_path / "拔掉的U盘")
    assert dialog.card.property("tone") == "red"
    assert "拔掉的U盘" in dialog.words.text()
    dialog.reject()
    desk.until(lambda: page.awaiting.text() == "1")
    assert page.bundles.rows[0].cells[-1] == "已封包，未带走"


def test_a_place_without_receipts_is_told(sit, office, county, tmp_path) -> None:
    county.enrol(office)
    desk = sit("clerk")
    at_exchange(desk).receive_from(tmp_path)
    desk.until(lambda: bool(desk.window.findChildren(QMessageBox)))
    (told,) = desk.window.findChildren(QMessageBox)
    assert "没有发给本登记点的回执" in told.text()
    button(told, "知道了").click()


def test_a_bundle_file_is_looked_at_without_being_opened(sit, office, county) -> None:
    county.enrol(office)
    office.registered_commitment()
    desk = sit("clerk")
    page = at_exchange(desk)
    trust = next(county.stick.glob("*.tsb"))
    whole = InspectBundleDialog(desk.tasks, trust, page)
    desk.until(lambda: whole.card.property("tone") == "green")
    assert "示例县信用办" in whole.words.text()
    broken = county.stick / "broken.tsb"
    broken.write_bytes(trust.read_bytes()[:-2000])
    damaged = InspectBundleDialog(desk.tasks, broken, page)
    desk.until(lambda: damaged.card.property("tone") == "red")


def test_a_slip_to_sign_is_offered_after_carrying(sit, office, county) -> None:
    county.enrol(office)
    office.registered_commitment()
    desk = sit("clerk")
    page = at_exchange(desk)
    dialog = carried(desk, page, county.stick)
    assert dialog.slip.isVisible()
    dialog.slip.click()
    preview = page.findChild(PaperPreview)
    desk.until(lambda: preview.print.isEnabled())
    assert preview.viewer.count == 1
    preview.reject()


def test_everything_again_is_asked_for_in_the_menu_and_sealed_next(sit, office, county) -> None:
    county.enrol(office)
    office.registered_commitment()
    desk = sit("clerk")
    page = at_exchange(desk)
    carried(desk, page, county.stick).reject()
    county.receive(office)
    page.receive_from(county.stick)
    desk.until(lambda: page.awaiting.text() == "0")
    assert not page.seal.isEnabled()
    page.county.more.click()
    page.county._menu.actions()[-1].trigger()
    desk.until(lambda: "全部内容" in page.due.text() and page.seal.isEnabled())


def test_what_the_county_asks_for_again_is_told_on_the_page(sit, office, county) -> None:
    county.enrol(office)
    office.registered_commitment()
    desk = sit("clerk")
    page = at_exchange(desk)
    carried(desk, page, county.stick).reject()
    county.receive(office)
    asking.ask_for_everything(
        county.folder, (), county.stick, passphrase=counties.PASSPHRASE, now=office.now()
    )
    page.receive_from(county.stick)
    desk.until(lambda: "县级要求全部重报" in page.bar.sentence)
    desk.until(lambda: "要求全部重报" in page.due.text() and page.seal.isEnabled())


def test_a_restored_desk_is_enrolled_again_beside_what_it_was(
    sit, office, county, tmp_path
) -> None:
    county.enrol(office)
    desk = sit("clerk")
    page = at_exchange(desk)
    page.county.more.click()
    assert [each.text() for each in page.county._menu.actions()] == [
        "查看同步包…", "导入信任名单…", "导出开通文件…",
        "全部重报（县级丢失数据时）",
    ]  # fmt: skip
    page.county._menu.close()
    page.county.enrol_again(tmp_path)
    desk.until(lambda: page.bar.sentence.startswith("开通文件已写入"))
    (written,) = tmp_path.glob("999901001-*.enrol.json")
    assert str(written) in page.bar.sentence
    assert is_enrolled(page)


def test_who_may_not_report_has_no_such_page(sit) -> None:
    assert "exchange" not in sit("viewer").window._entries
