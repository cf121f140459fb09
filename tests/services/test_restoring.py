"""Going back to a backup: proved first, nothing lost, a new incarnation afterwards."""

from __future__ import annotations

import shutil

import pytest

from integrity_desk.domain.units import Unit
from integrity_desk.errors import SignInRefused, StoreUnavailable
from integrity_desk.services.backups import copies
from integrity_desk.services.checking import CheckStore
from integrity_desk.services.exchange import SealBundle
from integrity_desk.services.restoring import restore
from integrity_desk.storage.backups import keyring_of
from tests.office import PASSWORD


@pytest.fixture
def backup(office):
    """Return a backup that holds one unit, of a store that has gone on to a second."""
    office.unit(name="备份前的单位")
    made = office.store.back_up(office.now())
    office.unit(name="备份后的单位")
    return made


def names(desk):
    with desk._store.reader(actor=desk.actor, now=desk._now()) as reader:
        return {each.name for each in reader.find(Unit)}


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_backup_takes_the_place_of_the_store(office, backup):
    office.close()
    desk = restore(office.folder, backup, "clerk", PASSWORD, now=office.now)
    assert "备份前的单位" in names(desk)
    assert "备份后的单位" not in names(desk)
    assert desk.ask(CheckStore()).sound
    desk.close()


def test_a_store_that_sealed_bundles_since_goes_on_as_a_new_incarnation(office, county, backup):
    county.enrol(office)
    replica = office.store.identity.replica
    office.as_("clerk").perform(SealBundle())
    office.close()
    desk = restore(office.folder, backup, "clerk", PASSWORD, now=office.now)
    assert desk._store.identity.replica != replica
    desk.close()


def test_what_stood_there_is_kept_aside_whole(office, backup):
    office.close()
    restore(office.folder, backup, "clerk", PASSWORD, now=office.now).close()
    (aside,) = (office.folder / "aside").iterdir()
    desk = restore(office.folder, aside, "clerk", PASSWORD, now=office.now)
    assert {"备份前的单位", "备份后的单位"} <= names(desk)
    desk.close()


def test_a_wrong_password_changes_nothing(office, backup):
    office.close()
    before = files(office.folder)
    with pytest.raises(SignInRefused):
        restore(office.folder, backup, "clerk", "a wrong guess", now=office.now)
    assert files(office.folder) == before


def test_a_damaged_backup_is_refused_and_changes_nothing(office, backup):
    office.close()
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    before = files(office.folder)
    with pytest.raises(StoreUnavailable):
        restore(office.folder, backup, "clerk", PASSWORD, now=office.now)
    assert files(office.folder) == before


def test_a_store_that_is_open_elsewhere_is_not_replaced(office, backup):
    with pytest.raises(StoreUnavailable, match="正被另一个程序占用"):
        restore(office.folder, backup, "clerk", PASSWORD, now=office.now)
    assert "备份后的单位" in {each.name for each in office.reading().find(Unit)}
    assert not (office.folder / "store.restoring").exists()


def test_a_damaged_store_gives_way_to_its_backup(office, backup):
    office.close()
    (office.folder / "store.db").write_bytes(b"no longer a store")
    desk = restore(office.folder, backup, "clerk", PASSWORD, now=office.now)
    assert "备份前的单位" in names(desk)
    desk.close()


def test_a_backup_opens_on_another_computer_with_its_own_keyring(office, backup, tmp_path):
    elsewhere = tmp_path / "stick"
    elsewhere.mkdir()
    for path in (backup, keyring_of(backup)):
        shutil.copy(path, elsewhere)
    desk = restore(tmp_path / "new", elsewhere / backup.name, "clerk", PASSWORD, now=office.now)
    assert "备份前的单位" in names(desk)
    desk.close()


def test_a_backup_without_any_keyring_says_what_is_missing(office, backup, tmp_path):
    keyring_of(backup).unlink()
    with pytest.raises(StoreUnavailable, match="配套的密钥文件"):
        restore(tmp_path / "new", backup, "clerk", PASSWORD, now=office.now)


def test_the_copies_beside_a_store_are_listed(office, backup):
    assert [each.path for each in copies(office.folder)] == [backup]
