"""The keyring file: the store key, wrapped once per account and once for the recovery sheet.

The store is encrypted with one random 32-byte key. Beside it, ``keyring.json`` holds that key
wrapped with AES-256-GCM under what Argon2id makes of each account's password and of the
recovery code. Without one of these nobody opens the store, its maker included.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from integrity_desk.errors import SignInRefused, StoreUnavailable
from integrity_desk.storage.database import files_in_words
from integrity_desk.wording import _

RECOVERY = "#recovery"
"""The entry of the recovery code; no login name begins with #."""

_VERSION = 1
_CODE_BYTES = 20
_CODE_GROUP = 4


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a guess costs: about half a second on an office PC."""

    memory_kib: int = 128 * 1024
    iterations: int = 4
    lanes: int = 2


@dataclass(frozen=True, kw_only=True)
class Keyring:
    """Reads and writes one keyring file."""

    path: Path
    cost: Cost = Cost()

    def create(self) -> bytes:
        """Begin an empty keyring for a new store; return the new store key."""
        self._write({"version": _VERSION, "entries": {}})
        return secrets.token_bytes(32)

    def wrap(self, store_key: bytes, login: str, password: str) -> None:
        """Let ``login`` open the store with this password from now on."""
        content = self._read()
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        wrapped = AESGCM(_derive(password, salt, self.cost)).encrypt(
            nonce, store_key, login.encode()
        )
        content["entries"][login] = {
            **asdict(self.cost), "salt": salt.hex(), "nonce": nonce.hex(), "key": wrapped.hex()
        }  # fmt: skip
        self._write(content)

    def unwrap(self, login: str, password: str) -> bytes:
        """Return the store key; SignInRefused when account and password do not match."""
        entry = self._read()["entries"].get(login)
        refused = SignInRefused(_("账号或密码不对，请重试。"))
        if entry is None:
            _derive(password, bytes(16), self.cost)
            raise refused
        cost = Cost(**{name: entry[name] for name in asdict(self.cost)})
        key = _derive(password, bytes.fromhex(entry["salt"]), cost)
        try:
            return AESGCM(key).decrypt(
                bytes.fromhex(entry["nonce"]), bytes.fromhex(entry["key"]), login.encode()
            )
        except InvalidTag:
            raise refused from None

    def forget(self, login: str) -> None:
        """Take an account's entry away."""
        content = self._read()
        content["entries"].pop(login, None)
        self._write(content)

    def enact_recovery_code(self, store_key: bytes, code: str) -> None:
        """Let ``code`` open the store from now on, in place of an earlier one."""
        self.wrap(store_key, RECOVERY, code.replace("-", ""))

    def unwrap_recovery(self, code: str) -> bytes:
        """Return the store key for a typed recovery code; spaces, dashes and case do not matter."""
        letters = "".join(each for each in code.upper() if each.isalnum())
        letters = letters.replace("0", "O").replace("1", "I").replace("8", "B")
        try:
            return self.unwrap(RECOVERY, letters)
        except SignInRefused:
            raise SignInRefused(_("恢复码不对，请对照恢复单逐组核对后重试。")) from None

    def _read(self) -> dict[str, Any]:
        try:
            content: dict[str, Any] = json.loads(self.path.read_bytes())
            content["entries"].keys()
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise StoreUnavailable(
                _("找不到或读不出密钥文件：{path}。请从备份恢复，或请维护人员把它放回去。").format(
                    path=self.path
                )
            ) from error
        return content

    def _write(self, content: dict[str, Any]) -> None:
        fresh = self.path.with_suffix(".new")
        with files_in_words():
            with fresh.open("w", encoding="utf-8") as file:
                json.dump(content, file, indent=1, sort_keys=True)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)


@dataclass(frozen=True)
class OpenKeyring:
    """The keyring of an open store: it can let others in, because the store key is at hand."""

    path: Path
    store_key: bytes

    def opens(self, login: str, password: str) -> bool:
        """Whether this account and password open the store."""
        try:
            return Keyring(path=self.path).unwrap(login, password) == self.store_key
        except SignInRefused:
            return False

    def unlock_more(self, login: str, password: str, cost: Cost) -> None:
        """Let one more account open this store, or change its password."""
        Keyring(path=self.path, cost=cost).wrap(self.store_key, login, password)

    def forget(self, login: str) -> None:
        """Take an account's entry away."""
        Keyring(path=self.path).forget(login)

    def enact_recovery_code(self, code: str, cost: Cost) -> None:
        """Let ``code`` open the store from now on; the earlier one stops working."""
        Keyring(path=self.path, cost=cost).enact_recovery_code(self.store_key, code)


def fresh_recovery_code() -> str:
    """Return a random recovery code in groups of four; it opens nothing until it is enacted."""
    letters = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode()
    groups = (letters[i : i + _CODE_GROUP] for i in range(0, len(letters), _CODE_GROUP))
    return "-".join(groups)


def _derive(password: str, salt: bytes, cost: Cost) -> bytes:
    kdf = Argon2id(
        salt=salt, length=32, iterations=cost.iterations, lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )  # fmt: skip
    return kdf.derive(password.encode())
