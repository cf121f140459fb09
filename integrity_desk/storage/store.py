"""The store on disk: one folder with the database, its keyring, the outbox and the backups.

FOLDER/store.db       SQLCipher, WAL
FOLDER/keyring.json   the store key, wrapped per account
FOLDER/outbox/        sealed bundles not yet acknowledged
FOLDER/backups/       whole copies
FOLDER/ballast        released when the disk is full, so that closing and deleting still work
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from integrity_desk.domain import catalogue  # noqa: F401  (every record type is declared)
from integrity_desk.domain.accounts import Actor
from integrity_desk.domain.ids import RandomBytes
from integrity_desk.domain.progress import SILENT, Progress
from integrity_desk.errors import StoreFull, StoreUnavailable
from integrity_desk.paths import marks_folder
from integrity_desk.storage import backups, incarnation, meta, migrations, volumes
from integrity_desk.storage.database import (
    Database,
    connect,
    files_in_words,
    foreign_words,
    in_words,
    snapshot,
    transaction,
)
from integrity_desk.storage.keyring import Cost, Keyring, OpenKeyring
from integrity_desk.storage.reader import Identity, Reader
from integrity_desk.storage.search_index import SearchIndex
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _

_BALLAST_BYTES = 4 << 20


def keyring(folder: Path, cost: Cost = Cost()) -> Keyring:  # noqa: B008  (frozen)
    """Return the keyring of the store in ``folder``."""
    return Keyring(path=_keyring_path(folder), cost=cost)


def _marks() -> Path:
    return marks_folder()


def _keyring_path(folder: Path) -> Path:
    return folder / "keyring.json"


def _make_private(folder: Path) -> None:
    """Make a folder, and the one it lies in, for this account of the machine alone.

    One that is there already keeps its rights: whoever maintains the machine gave them.
    """
    for each in (folder.parent, folder):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)


def exists(folder: Path) -> bool:
    """Whether a store lies in ``folder``."""
    return (folder / "store.db").is_file()


def refuse_existing(folder: Path) -> None:
    """Raise StoreUnavailable when a store lies in ``folder`` already."""
    if exists(folder):
        raise StoreUnavailable(_("此文件夹里已有数据库：{path}").format(path=folder))


class Store:
    """An open store: one connection, used by one thread."""

    def __init__(self, folder: Path, key: bytes, *, create: bool = False) -> None:
        volumes.refuse_unsafe(folder)
        self.folder = folder
        self._make_room()
        self._key = key
        self.database = connect(folder / "store.db", key, create=create)
        self.random_bytes: RandomBytes = secrets.token_bytes

    @classmethod
    def create(cls, folder: Path, ring: Keyring, *, org: str, desk: str, name: str) -> Store:
        """Make a new store and its keyring; StoreUnavailable when a store is there already."""
        refuse_existing(folder)
        with files_in_words():
            _make_private(folder)
        store = cls(folder, ring.create(), create=True)
        migrations.upgrade(store.database)
        with transaction(store.database):
            for entry, value in {
                "org": org, "desk": desk, "name": name, "replica": secrets.token_hex(8),
                "store": secrets.token_hex(8),
            }.items():  # fmt: skip
                meta.put(store.database, entry, value.encode())
            meta.put(store.database, "search_secret", secrets.token_bytes(32))
        store._keep_ballast()
        store.remember()
        return store

    @classmethod
    def open(cls, folder: Path, key: bytes, at: datetime) -> Store:
        """Open the store; an older one is backed up and brought up to date first."""
        store = cls(folder, key)
        try:
            with in_words():
                store._bring_up_to_date(at)
        except BaseException:
            store.close()
            raise
        store._keep_ballast()
        return store

    def settled(self, folder: Path) -> Store:
        """Move a store that was made in a folder of its own to where it shall stand; open it there.

        The database comes last: until it is there, no store is.
        """
        self.close()
        with files_in_words():
            for name in ("keyring.json", "ballast", "store.db"):
                if (self.folder / name).exists():
                    (self.folder / name).replace(folder / name)
            shutil.rmtree(self.folder)
        return Store(folder, self._key)

    def again(self) -> Store:
        """Open the same store a second time, for another thread."""
        return Store(self.folder, self._key)

    @property
    def identity(self) -> Identity:
        """Which desk this is."""
        return Identity(
            org=self._word("org"), desk=self._word("desk"), replica=self._word("replica")
        )

    @property
    def name(self) -> str:
        """The desk's name as people know it: 示例镇政务服务大厅."""
        return self._word("name")

    @property
    def index(self) -> SearchIndex:
        """The search index."""
        secret = meta.get(self.database, "search_secret")
        assert secret is not None
        return SearchIndex(self.database, secret)

    @property
    def keys(self) -> OpenKeyring:
        """The keyring beside this store, able to let others in."""
        return OpenKeyring(_keyring_path(self.folder), self._key)

    @contextmanager
    def unit_of_work(
        self, *, actor: Actor, command: str, now: datetime, progress: Progress = SILENT
    ) -> Iterator[UnitOfWork]:
        """Open the transaction of one act."""
        with self._releasing_ballast(), transaction(self.database):
            work = UnitOfWork(
                self.database,
                identity=self.identity,
                index=self.index,
                folder=self.folder,
                actor=actor,
                now=now,
                progress=progress,
                keyring=self.keys,
                command=command,
                random_bytes=self.random_bytes,
            )
            yield work
            work.finish()

    @contextmanager
    def reader(
        self, *, actor: Actor, now: datetime, progress: Progress = SILENT
    ) -> Iterator[Reader]:
        """Open one consistent view for a question."""
        with snapshot(self.database):
            yield Reader(
                self.database,
                identity=self.identity,
                index=self.index,
                folder=self.folder,
                actor=actor,
                now=now,
                progress=progress,
            )

    def remember(self) -> None:
        """Let this machine know how far the store has come, so that a copy is told apart."""
        incarnation.remember(self.database, _marks())

    def back_up(self, at: datetime) -> Path:
        """Write a whole copy into ``backups/``; return its path."""
        return backups.back_up(
            self.database, _keyring_path(self.folder), self.folder / "backups", at
        )

    def close(self) -> None:
        """Fold the log into the database file and let go of it."""
        self.database.close()

    def _bring_up_to_date(self, at: datetime) -> None:
        if migrations.pending(self.database):
            self.back_up(at)
        migrations.upgrade(self.database)
        incarnation.settle(self.database, _marks())

    def _word(self, entry: str) -> str:
        value = meta.get(self.database, entry)
        if value is None:
            raise StoreUnavailable(foreign_words())
        return value.decode()

    def _keep_ballast(self) -> None:
        ballast = self.folder / "ballast"
        if not ballast.exists() and self._free_bytes() > 2 * _BALLAST_BYTES:
            with suppress(OSError):
                ballast.write_bytes(bytes(_BALLAST_BYTES))

    def _make_room(self) -> None:
        """Release the ballast on a full disk, where not even opening would succeed."""
        if self.folder.is_dir() and self._free_bytes() < _BALLAST_BYTES:
            self._release_ballast()

    def _release_ballast(self) -> None:
        with suppress(OSError):
            (self.folder / "ballast").unlink(missing_ok=True)

    def _free_bytes(self) -> int:
        return shutil.disk_usage(self.folder).free

    @contextmanager
    def _releasing_ballast(self) -> Iterator[None]:
        try:
            yield
        except StoreFull:
            self._release_ballast()
            raise


__all__ = ["Database", "Store", "exists", "keyring", "refuse_existing"]
