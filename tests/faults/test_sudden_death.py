"""Whatever was acknowledged is there after the program was killed."""

from __future__ import annotations

import random
import signal

import pytest

from integrity_desk.domain.units import Unit
from integrity_desk.services.checking import CheckStore
from integrity_desk.storage.backups import newest_first
from integrity_desk.storage.database import connect
from integrity_desk.storage.revisions import first_break
from tests.office import PASSWORD

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
