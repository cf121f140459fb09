"""Bad input gets one sentence in its place that says what to do; nothing entered is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox

from integrity_desk.storage import database
from tests.office import Office
from tests.services import conftest as counties
from tests.ui.registers import Sitting, button, sitting, typed
from tests.ui.workplaces import Visit

county = counties.county


@pytest.fixture
def visit(qtbot: Any, office: Office) -> Iterator[Visit]:
    made = Visit(qtbot, office.folder, office.now)
    yield made
    made.close()


# At the door


def test_a_store_of_a_newer_program_is_told_at_the_door_and_left_alone(visit, office):
    office.store.database["_sqlite_migrations"].insert(
        {"migration_set": "integrity_desk", "name": "m9999_future", "applied_at": "2030-01-01"}
    )
    office.close()
    visit.try_to_come_in("clerk")
    assert visit.door.sign_in.refusal.text() == (
        "此数据库由更新版本的程序建立，请安装新版本后再打开，未作任何改动。"
    )


def test_a_foreign_store_is_told_at_the_door(visit, office, another_office):
    other = another_office(desk="02")
    other.close()
    office.close()
    shutil.copy(other.folder / "store.db", office.folder / "store.db")
    visit.try_to_come_in("clerk")
    assert "密钥不对" in visit.door.sign_in.refusal.text()
    assert visit.door.sign_in.isEnabled()


# In a form


@pytest.mark.parametrize(
    ("register", "wrong", "field", "words"),
    [
        ("person", {"citizen_id": "110101199003070010"}, "citizen_id", "校验位"),
        ("commitment", {"made_on": "2026-05-01", "due_on": "2026-04-01"}, "due_on", "早"),
        ("integrity_record", {"facts": ""}, "facts", "请填写“事实”"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_all_that_was_typed_stays(
    sit, office, register, wrong, field, words
):
    desk = sit("clerk")
    desk.open(register).act("new")
    form = desk.form()
    form.set_values(typed(form, {**office.values(register), **wrong}))
    values = form.values()
    form.submit()
    desk.settle()
    assert words in form._boxes[field].sentence
    assert form.values() == values
    assert not desk.window.findChildren(QMessageBox)


def test_a_step_without_its_ground_is_told_at_the_ground(sit, office):
    case = office.walk(office.complaint(), "accept", "verify")
    desk = sit("clerk")
    desk.open_record("complaint", case)._take_step("suspend")
    form = desk.dialog().form
    form.submit()
    desk.settle()
    assert form._boxes["suspension_ground"].sentence.startswith("请填写")
    assert office.state_of(case) == "verifying"


def test_a_store_that_another_program_uses_is_told_below_the_form(sit, office, monkeypatch):
    monkeypatch.setattr(database, "_BUSY_TIMEOUT_S", 0.05)
    desk = sit("clerk")
    form, values = begun(desk, office)
    actor = office.account("clerk").actor
    with office.store.unit_of_work(actor=actor, command="Try", now=office.now()):
        form.submit()
        desk.settle()
    assert "被另一个程序占用" in form._refusal.text()
    assert form.values() == values
    form.submit()
    desk.until(lambda: desk.page.forms.view is None)
    assert desk.rows() == ["示例路路灯十日内修复"]


def test_a_full_disk_is_told_below_the_form(qtbot, office, monkeypatch):
    whole = office.sign_in

    def on_a_full_disk(login: str) -> Any:
        signed_in = whole(login)
        conn = signed_in._store.database.conn
        pages = conn.execute("PRAGMA page_count").fetchone()[0]
        conn.execute(f"PRAGMA max_page_count = {pages}")
        return signed_in

    monkeypatch.setattr(office, "sign_in", on_a_full_disk)
    with sitting(qtbot, office) as sit:
        desk = sit("clerk")
        form, values = begun(desk, office, content="十日内修复。" * 300)
        form.submit()
        desk.settle()
        assert form._refusal.text().startswith("磁盘已满")
        assert form.values() == values


def begun(desk: Sitting, office: Office, **more: Any) -> tuple[Any, dict[str, Any]]:
    """Return the form of a commitment that is filled in, and what was filled in."""
    desk.open("commitment").act("new")
    form = desk.form()
    subject = "示例路路灯十日内修复"
    form.set_values(typed(form, office.values("commitment", subject=subject, **more)))
    return form, form.values()


# On the stick


def _tampered(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


SPOILT = {
    "tampered": _tampered,
    "truncated": lambda data: data[: len(data) // 2],
    "foreign": lambda _data: b"PK\x03\x04 something else",
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_receipt_is_told_and_the_whole_one_is_still_taken(sit, office, county, how):
    county.enrol(office)
    office.registered_commitment()
    desk = sit("clerk")
    desk.window.navigate("exchange")
    desk.settle()
    page = desk.window.page
    before = set(county.stick.iterdir())
    county.bring(office)
    (receipt,) = set(county.stick.glob("999901-to-*.tsb")) - before
    whole = receipt.read_bytes()
    receipt.write_bytes(SPOILT[how](whole))
    page.receive_from(receipt)
    desk.until(lambda: bool(desk.window.findChildren(QMessageBox)))
    (told,) = desk.window.findChildren(QMessageBox)
    assert "已整份拒收。请" in told.text()
    button(told, "知道了").click()
    receipt.write_bytes(whole)
    page.receive_from(receipt)
    desk.until(lambda: page.bar.sentence.startswith("回执已导入：接收"))
