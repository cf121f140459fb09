"""Files that are missing, foreign, damaged, locked or not to be written: always a sentence."""

from __future__ import annotations

import shutil

import pytest

from integrity_desk.errors import DeskError, StoreUnavailable
from integrity_desk.services.checking import CheckStore
from integrity_desk.services.opening import NewDesk, begin
from integrity_desk.storage import database
from integrity_desk.storage.store import Store
from tests.office import CHEAP, PASSWORD

READ_ONLY = """
try:
    desk = sign_in(folder, "clerk", password, now=now)
    print(enter(desk, "写不进去"))
except DeskError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture
def closed(office):
    """Return the office with its store closed."""
    office.close()
    return office


def begin_in(folder, now):
    new = NewDesk(
        org="999901001", desk="01", name="示例镇", login="admin", administrator="示例",
        password=PASSWORD,
    )  # fmt: skip
    return begin(folder, new, now=now, cost=CHEAP)


def test_a_missing_store_is_told(closed):
    (closed.folder / "store.db").unlink()
    with pytest.raises(StoreUnavailable, match="找不到数据库文件"):
        closed.sign_in("clerk")
    assert not (closed.folder / "store.db").exists()


def test_a_missing_keyring_is_told(closed):
    (closed.folder / "keyring.json").unlink()
    with pytest.raises(StoreUnavailable, match="密钥文件"):
        closed.sign_in("clerk")


@pytest.mark.parametrize("content", [b"", b"\x89PNG not a store", b"x" * 100_000])
def test_a_foreign_file_is_told_and_left_alone(closed, content):
    store = closed.folder / "store.db"
    store.write_bytes(content)
    with pytest.raises(StoreUnavailable):
        closed.sign_in("clerk")
    assert store.read_bytes() == content


def test_a_store_of_somebody_else_is_told_and_left_alone(closed, another_office):
    other = another_office(desk="02")
    other.close()
    shutil.copy(other.folder / "store.db", closed.folder / "store.db")
    before = (closed.folder / "store.db").read_bytes()
    with pytest.raises(StoreUnavailable, match="密钥不对"):
        closed.sign_in("clerk")
    assert (closed.folder / "store.db").read_bytes() == before


@pytest.mark.parametrize("page", [3, 40, 100])
def test_a_damaged_page_is_told_when_it_is_read(closed, page):
    with (closed.folder / "store.db").open("rb+") as file:
        file.seek(page * 4096 + 100)
        file.write(bytes(64))

    def use():
        desk = closed.sign_in("viewer")
        try:
            report = desk.ask(CheckStore())
        finally:
            desk.close()
        assert not report.sound
        raise StoreUnavailable(report.sentence)

    with pytest.raises(StoreUnavailable, match=r"损坏|不是本程序"):
        use()


def test_a_cut_off_store_is_told(closed):
    with (closed.folder / "store.db").open("rb+") as file:
        file.truncate(50 * 4096)

    def use():
        desk = closed.sign_in("viewer")
        try:
            report = desk.ask(CheckStore())
        finally:
            desk.close()
        raise StoreUnavailable(report.sentence if not report.sound else "")

    with pytest.raises(StoreUnavailable, match="损坏"):
        use()


def test_a_second_writer_is_told_to_wait(office, monkeypatch):
    monkeypatch.setattr(database, "_BUSY_TIMEOUT_S", 0.05)
    impatient = Store.open(office.folder, office.key, office.now())
    actor = office.account("clerk").actor
    with (
        office.store.unit_of_work(actor=actor, command="Try", now=office.now()),
        pytest.raises(StoreUnavailable, match="被另一个程序占用"),
        impatient.unit_of_work(actor=actor, command="Try", now=office.now()),
    ):
        pass
    with impatient.unit_of_work(actor=actor, command="Try", now=office.now()) as work:
        assert work.today
    impatient.close()


def test_readers_go_on_while_somebody_writes(office):
    desk = office.sign_in("viewer")
    actor = office.account("clerk").actor
    with office.store.unit_of_work(actor=actor, command="Try", now=office.now()) as work:
        work.next_number("诺")
        assert desk.ask(CheckStore()).sound
    desk.close()


def test_a_store_is_not_begun_over_another(closed):
    before = (closed.folder / "keyring.json").read_bytes()
    with pytest.raises(StoreUnavailable, match="已有数据库"):
        begin_in(closed.folder, closed.now)
    assert (closed.folder / "keyring.json").read_bytes() == before
    closed.sign_in("clerk").close()


def test_a_store_is_not_begun_where_no_folder_can_be(closed, tmp_path):
    (tmp_path / "a file").write_bytes(b"")
    with pytest.raises(DeskError):
        begin_in(tmp_path / "a file" / "desk", closed.now)


def test_a_folder_that_may_not_be_written_is_told(closed, own_disk):
    (line,) = own_disk(READ_ONLY, closed.folder, PASSWORD, then="ro").splitlines()
    assert line.startswith("StoreUnavailable ")
    assert "文件夹" in line
