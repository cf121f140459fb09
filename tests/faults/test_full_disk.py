"""A full disk: a sentence, nothing half-written, and everything acknowledged still there."""

from __future__ import annotations

import pytest

from integrity_desk.domain.units import Unit
from integrity_desk.errors import StoreFull
from integrity_desk.services.checking import CheckStore
from tests.office import PASSWORD

FILLING = """
desk = sign_in(folder, "clerk", password, now=now)
told = []
try:
    for number in range(100_000):
        told.append(enter(desk, f"示例单位{number}" * 8))
except DeskError as error:
    print(type(error).__name__, error)
print("ballast kept:", (folder / "ballast").exists())
print(enter(desk, "释放备用空间之后"))
desk.close()
from integrity_desk.domain.units import Unit
from integrity_desk.services.checking import CheckStore
again = sign_in(folder, "clerk", password, now=now)
report = again.ask(CheckStore())
print(report.sound, report.sentence)
with again._store.reader(actor=again.actor, now=now()) as reader:
    kept = {each.id for each in reader.find(Unit)}
print("lost:", len(set(told) - kept), "told:", len(told) > 0)
again.close()
"""

FULL_FROM_THE_START = """
def fill(name):
    with (folder / name).open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass


fill("filler")
from integrity_desk.services.accounts import ListAccounts, SetPassword
from integrity_desk.storage.keyring import Cost
desk = sign_in(folder, "clerk", password, now=now)
print("signed in", (folder / "ballast").exists())
fill("second filler")
me = desk.actor.account_id
cheap = Cost(memory_kib=64, iterations=1, lanes=1)
for act in (
    lambda: desk.perform(SetPassword(
        account_id=me, current=password, password="another one", cost=cheap
    )),
    desk.back_up,
):
    try:
        act()
    except DeskError as error:
        print(type(error).__name__, error)
    else:
        print("done")
desk.close()
print("half copies:", len(list((folder / "backups").glob("*"))))
(folder / "filler").unlink()
sign_in(folder, "clerk", password, now=now).close()
"""


def test_a_store_that_may_not_grow_says_so_and_keeps_what_it_has(office):
    conn = office.store.database.conn
    pages = conn.execute("PRAGMA page_count").fetchone()[0]
    conn.execute(f"PRAGMA max_page_count = {pages + 8}")
    told = []

    def fill():
        for number in range(10_000):
            told.append(office.unit(name=f"示例单位{number}" * 8))

    with pytest.raises(StoreFull, match="磁盘已满"):
        fill()
    assert not (office.folder / "ballast").exists()
    conn.execute("PRAGMA max_page_count = 1000000")
    told.append(office.unit(name="又有了空间"))
    assert {each.id for each in office.reading().find(Unit)} >= set(told)
    report = office.as_("viewer").ask(CheckStore())
    assert report.sound, report.sentence
    office.reopen()
    assert (office.folder / "ballast").exists()


def test_a_disk_that_fills_up_loses_nothing_acknowledged(office, own_disk):
    office.close()
    lines = own_disk(FILLING, office.folder, PASSWORD, size="12m").splitlines()
    assert lines[0] == "StoreFull 磁盘已满，本次修改没有保存。请清理磁盘后重试，已保存的内容完好。"
    assert lines[1] == "ballast kept: False"
    assert len(lines[2]) == 32
    assert lines[3].startswith("True 检查通过")
    assert lines[4] == "lost: 0 told: True"


def test_keys_and_backups_on_a_full_disk_fail_in_a_sentence_and_do_no_harm(office, own_disk):
    office.close()
    lines = own_disk(FULL_FROM_THE_START, office.folder, PASSWORD, size="9m").splitlines()
    assert lines[0] == "signed in False"
    assert [line.split()[0] for line in lines[1:3]] == ["StoreFull", "StoreFull"]
    assert lines[3] == "half copies: 0"
