"""Whatever was acknowledged is there after the program was killed."""

from __future__ import annotations

import random
import signal

import pytest

from integrity_desk.domain.units import Unit
from integrity_desk.services.checking import CheckStore
from integrity_desk.services.opening import sign_in, store_exists
from integrity_desk.storage.backups import newest_first
from integrity_desk.storage.database import connect
from integrity_desk.storage.revisions import first_break
from tests.office import PASSWORD, START

ENTERING = """
desk = sign_in(folder, "clerk", password, now=now)
for number in range(100_000):
    print(enter(desk, f"示例单位{number}"), flush=True)
"""

BACKING_UP = """
desk = sign_in(folder, "clerk", password, now=now)
print("begun", flush=True)
while True:
    desk.back_up()
"""


def entered_until_killed(process, after):
    told = []
    for line in process.stdout:
        if not line.endswith("\n"):
            break
        told.append(line.strip())
        if len(told) == after:
            process.kill()
    assert process.wait() == -signal.SIGKILL, process.stderr.read()
    process.stdout.close()
    process.stderr.close()
    return told


@pytest.mark.parametrize("killing", range(4))
def test_no_acknowledged_record_is_lost_to_a_kill(office, child, killing):
    office.close()
    process = child(ENTERING, office.folder, PASSWORD)
    told = entered_until_killed(process, random.Random(killing).randint(1, 60))
    desk = office.sign_in("clerk")
    office.reopen()
    kept = {each.id for each in office.reading().find(Unit)}
    assert told
    assert set(told) <= kept
    report = desk.ask(CheckStore())
    assert report.sound, report.sentence
    desk.close()


def test_numbers_go_on_after_a_kill(office, child):
    office.close()
    entered_until_killed(child(ENTERING, office.folder, PASSWORD), 5)
    office.reopen()
    first = office.record(office.registered_commitment()).number
    second = office.record(office.registered_commitment()).number
    assert (first, second) == ("诺2026-01-0001", "诺2026-01-0002")


def test_a_kill_during_a_backup_leaves_no_half_backup(office, child):
    office.close()
    process = child(BACKING_UP, office.folder, PASSWORD)
    assert process.stdout.readline() == "begun\n"
    process.kill()
    process.communicate()
    office.reopen()
    for copy in newest_first(office.folder / "backups"):
        opened = connect(copy, office.key, read_only=True)
        assert first_break(opened) is None
        opened.close()
    assert office.store.back_up(office.now()).is_file()


BEGINNING = """
import os, signal
from integrity_desk.services.opening import NewDesk, begin
from integrity_desk.storage.keyring import Cost

asked = 0


def deadly_now():
    global asked
    asked += 1
    if asked == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    return now()


new = NewDesk(org="999901001", desk="01", name="示例镇", login="admin",
              administrator="示例管理员", password=password)
begin(folder, new, now=deadly_now, cost=Cost(memory_kib=64, iterations=1, lanes=1)).desk.close()
print("begun", flush=True)
"""


@pytest.mark.parametrize("moment", [1, 2, 3])
def test_a_kill_while_a_store_is_begun_leaves_one_that_opens_or_none(child, tmp_path, moment):
    folder = tmp_path / "new"
    entered_until_killed(child(BEGINNING, folder, PASSWORD, moment), after=1)
    if store_exists(folder):
        sign_in(folder, "admin", PASSWORD, now=lambda: START).close()
        return
    again = child(BEGINNING, folder, PASSWORD, 0)
    printed, complaints = again.communicate(timeout=60)
    assert printed.strip() == "begun", complaints
    sign_in(folder, "admin", PASSWORD, now=lambda: START).close()
    assert not (folder / "unfinished").exists()
