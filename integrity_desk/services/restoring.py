"""Going back to a backup: the copy is proved whole first, and what stood there is kept aside."""

from __future__ import annotations

from pathlib import Path

from integrity_desk.domain.times import Now, system_now
from integrity_desk.errors import StoreUnavailable
from integrity_desk.services.desk import Desk
from integrity_desk.services.opening import sign_in
from integrity_desk.storage import backups
from integrity_desk.storage.keyring import Keyring
from integrity_desk.storage.store import keyring
from integrity_desk.wording import _


def restore(
    folder: Path, backup: Path, login: str, password: str, *, now: Now = system_now
) -> Desk:
    """Put a backup in the place of the store in ``folder`` and sign in to it.

    Today's passwords open it where the keyring is still there, else those of the backup's day.
    The store goes on as a new incarnation. Raises SignInRefused for the password, and
    StoreUnavailable for a backup that is damaged or a store that is in use; then nothing changed.
    """
    ring = _keyring_for(folder, backup)
    key = ring.unwrap(login.strip(), password)
    backups.prove_whole(backup, key)
    backups.put_back(backup, ring.path, folder, key, now())
    return sign_in(folder, login, password, now=now)


def _keyring_for(folder: Path, backup: Path) -> Keyring:
    for ring in (keyring(folder), Keyring(path=backups.keyring_of(backup))):
        if ring.path.is_file():
            return ring
    raise StoreUnavailable(
        _("找不到与此备份配套的密钥文件：{path}。请把两个文件放在一起再试。").format(
            path=backups.keyring_of(backup)
        )
    )
