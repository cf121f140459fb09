"""The county's folder: who it is, its keys under a passphrase, its ledger.

county.json      code and name, readable
profile.toml     its reporting profile, unless it uses the one that comes with the program
keys.age         signing key, age identity and ledger key under the passphrase
ledger.db        everything received (SQLCipher), unless the ledger is kept in PostgreSQL
attachments/     contents of attachments, encrypted to the county
held/            bundles that wait for earlier ones      quarantine/  bundles never applied
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from integrity_desk.county import ledger_sqlite
from integrity_desk.county.ledger import Ledger, StreamView
from integrity_desk.county.sql import Sql
from integrity_desk.domain.profiles import Profile, national_text, read_profile
from integrity_desk.errors import InvalidInput, NotFound, StoreUnavailable
from integrity_desk.sync import keys
from integrity_desk.sync.files import Files, sentences, settle, temporary_name
from integrity_desk.sync.keys import DeskKeys
from integrity_desk.sync.trust import Trust, TrustedKey
from integrity_desk.wording import _

FOLDERS = ("attachments", "held", "quarantine")

PROFILE = "profile.toml"
PROFILE_SEEN = "profile"
"""What the sha256 of the profile last numbered is noted under."""

_CARD, _KEYS, _LEDGER = "county.json", "keys.age", "ledger.db"
_SERVER = ("postgresql://", "postgres://")
_CODE = re.compile(r"[A-Za-z0-9]{1,24}").fullmatch


@dataclass(frozen=True, kw_only=True)
class Office:
    """An opened county folder; ``code`` is its organisation code, e.g. "440105"."""

    folder: Path
    code: str
    name: str
    keys: DeskKeys
    ledger: Ledger

    @cached_property
    def profile_text(self) -> str:
        """The reporting profile as it is written."""
        path = self.folder / PROFILE
        return read_text(path) if path.exists() else national_text()

    @property
    def profile(self) -> Profile:
        """The reporting profile; InvalidInput if what somebody wrote into it cannot be read."""
        return read_profile(self.profile_text)

    @property
    def trust(self) -> Trust:
        """The trust list as it stands: the county itself and every desk enrolled."""
        own = TrustedKey(
            sign=self.keys.signer.public.hex(), age=self.keys.recipient, org=self.code,
            name=self.name, streams=(f"{self.code}-to-*",),
        )  # fmt: skip
        serial, issued = self.ledger.trust_serial()
        return Trust(
            serial=serial, issued=issued, issuer=own.key, keys=(own, *self.ledger.trusted()),
            profile=self.profile_text,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Unlocked:
    """A county folder whose passphrase was given; ``kept_in`` is the ledger's key or address."""

    folder: Path
    code: str
    name: str
    keys: dict[str, Any]
    kept_in: str

    def ledger(self) -> AbstractContextManager[Ledger]:
        """Open the ledger."""
        return _ledger(self.folder, self.code, self.kept_in)


@dataclass(frozen=True, kw_only=True)
class Status:
    """What a county folder holds; ``code`` is the short code desks compare at enrolment."""

    org: str
    name: str
    code: str
    trust_serial: int
    profile: str
    revisions: int
    records: int
    streams: tuple[StreamView, ...]


def init(
    folder: Path, *, code: str, name: str, passphrase: str, now: datetime, server: str = ""
) -> Status:
    """Make a county folder with new keys; InvalidInput if it is one already or a value cannot be.

    ``code`` is [A-Za-z0-9], at most 24; ``now`` is in UTC; ``server`` is the address of a
    PostgreSQL database ("postgresql://…") that keeps the ledger instead of a file.
    """
    if not _CODE(code):
        raise InvalidInput("code", _("县级代码只能由字母和数字组成，最多24位。"))
    if not name.strip() or "\n" in name:
        raise InvalidInput("name", _("请填写县级单位的名称。"))
    if len(passphrase) < 8:
        raise InvalidInput("passphrase", _("口令至少8个字符。"))
    if (folder / _CARD).exists():
        raise InvalidInput("folder", _("“{folder}”里已经有县级接收端。").format(folder=folder))
    if server and not server.startswith(_SERVER):
        raise InvalidInput("ledger", _("数据库地址应以 postgresql:// 开头。"))
    made, where = DeskKeys.generate(), server or secrets.token_bytes(32).hex()
    with sentences(folder):
        for each in FOLDERS:
            (folder / each).mkdir(parents=True, exist_ok=True, mode=0o700)
        with _ledger(folder, code, where, create=True) as ledger:
            ledger.renew_trust(stamp(now))
            ledger.note(PROFILE_SEEN, read_profile(national_text()).sha256)
        write_file(folder / _KEYS, keys.wrap({"desk": made.secrets(), "ledger": where}, passphrase))
        card = json.dumps({"code": code, "name": name.strip()}, ensure_ascii=False)
        write_file(folder / _CARD, card.encode())
    return status(folder, passphrase=passphrase)


@contextmanager
def opened(folder: Path, passphrase: str) -> Iterator[Office]:
    """Open a county folder; NotFound, SignInRefused or StoreUnavailable."""
    with opened_by(unlock(folder, passphrase)) as office:
        yield office


@contextmanager
def opened_by(unlocked: Unlocked) -> Iterator[Office]:
    """Open a county folder whose passphrase was given already; StoreUnavailable."""
    with unlocked.ledger() as ledger:
        yield Office(
            folder=unlocked.folder, code=unlocked.code, name=unlocked.name,
            keys=DeskKeys.from_secrets(unlocked.keys), ledger=ledger,
        )  # fmt: skip


def ledger_opener(
    folder: Path, passphrase: str
) -> tuple[str, Callable[[], AbstractContextManager[Ledger]]]:
    """Return the county's name, and what opens its ledger again for every question of a page."""
    unlocked = unlock(folder, passphrase)
    with unlocked.ledger():
        pass  # what stands in the way is said before the page is served
    return unlocked.name, unlocked.ledger


def status(folder: Path, *, passphrase: str) -> Status:
    """Return what the county holds, stream by stream."""
    with opened(folder, passphrase) as office:
        revisions, records = office.ledger.counts()
        return Status(
            org=office.code, name=office.name, code=office.keys.code,
            trust_serial=office.trust.serial, profile=office.profile.label, revisions=revisions,
            records=records, streams=office.ledger.streams(),
        )  # fmt: skip


def stamp(now: datetime) -> str:
    """Return a UTC moment as bundles write it."""
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")


def unlock(folder: Path, passphrase: str) -> Unlocked:
    """Return who a county folder is and what its passphrase keeps; NotFound, SignInRefused."""
    if not (folder / _CARD).is_file():
        raise NotFound(_("“{folder}”里没有县级接收端，请先新建。").format(folder=folder))
    with sentences(folder):
        card: dict[str, Any] = json.loads((folder / _CARD).read_text("utf-8"))
        kept = keys.unwrap((folder / _KEYS).read_bytes(), passphrase)
    return Unlocked(
        folder=folder, code=card["code"], name=card["name"], keys=kept["desk"],
        kept_in=kept["ledger"],
    )  # fmt: skip


@contextmanager
def _ledger(folder: Path, code: str, where: str, *, create: bool = False) -> Iterator[Ledger]:
    """Open the ledger: on the server whose address this is, else in the file with this key."""
    if where.startswith(_SERVER):
        with _server(where, code, create=create) as sql:
            yield Ledger(sql)
    else:
        file = folder / _LEDGER
        with ledger_sqlite.open_file(file, bytes.fromhex(where), create=create) as sql:
            yield Ledger(sql)


def _server(address: str, code: str, *, create: bool) -> AbstractContextManager[Sql]:
    try:
        # lazy: a county with a ledger of its own file does not need the library
        from integrity_desk.county.ledger_postgres import open_server  # noqa: PLC0415
    except ImportError as error:
        raise StoreUnavailable(
            _("缺少连接PostgreSQL的组件。请联系维护人员安装 psycopg 后再试。")
        ) from error
    return open_server(address, code, create=create)


def read_text(path: Path) -> str:
    """Return the text of a profile's file, whatever its line ends; InvalidInput if it is none."""
    with sentences(path):
        try:
            return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise InvalidInput(
                "profile", _("报送方案不是UTF-8编码的文本，请另存为UTF-8后再试。")
            ) from error


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole under its name, or leave what was there."""
    temporary = temporary_name(path)
    temporary.write_bytes(data)
    settle(Files(), temporary, path)
