"""Changing a desk's keys: the old key vouches for the new ones, and says from which bundle on.

Nobody compares a code again: the statement lies beside the bundles on the stick until the
county's trust list names the new key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from integrity_desk.errors import BundleRefused
from integrity_desk.sync import age, canonical, seal
from integrity_desk.sync.keys import DeskKeys
from integrity_desk.wording import _

ENDING = ".rotate.json"
"""How a statement's file name ends."""

_FORMAT = "TSB-ROTATE/1"
_MAX_BYTES = 16 * 1024
_SHAPE: dict[str, type | tuple[type, ...]] = {
    "after": int, "age": str, "created": str, "format": str, "replaces": str, "sign": str,
    "stream": str,
}  # fmt: skip
_PATTERNS = {
    "created": r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z",
    "replaces": r"[0-9a-f]{64}",
    "sign": r"[0-9a-f]{64}",
    "stream": r"[A-Za-z0-9]{1,24}-[A-Za-z0-9]{1,12}-[0-9a-f]{8}",
}


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """What a desk says: bundles of ``stream`` after number ``after`` carry the new key.

    ``replaces`` and ``sign`` are Ed25519 keys in hex, ``age`` the new address.
    """

    after: int
    age: str
    created: str
    replaces: str
    sign: str
    stream: str

    @property
    def file_name(self) -> str:
        """The name of the statement's file; one key has one statement."""
        return f"{self.stream}-{self.sign[:8]}{ENDING}"


def statement(old: DeskKeys, new: DeskKeys, *, stream: str, after: int, created: str) -> bytes:
    """Return the statement: canonical JSON, signed by the old key and by the new one."""
    said = {
        "after": after, "age": new.recipient, "created": created, "format": _FORMAT,
        "replaces": old.signer.public.hex(), "sign": new.signer.public.hex(), "stream": stream,
    }  # fmt: skip
    message = canonical.dumps(said)
    signatures = {
        name: keys.signer.sign(message, seal.ROTATE_NAMESPACE).decode()
        for name, keys in (("signature", old), ("signature_new", new))
    }
    return canonical.dumps({**said, **signatures})


def read(path: Path) -> Rotation:
    """Return what a statement file says; see ``parse``."""
    with path.open("rb") as file:
        return parse(file.read(_MAX_BYTES + 1))


def parse(data: bytes) -> Rotation:
    """Return what a statement says; BundleRefused unless both keys have signed it."""
    if len(data) > _MAX_BYTES:
        raise _not_a_statement()
    said = canonical.loads(data)
    old, new = said.pop("signature", None), said.pop("signature_new", None)
    if not canonical.fitting(said, _SHAPE) or not (isinstance(old, str) and isinstance(new, str)):
        raise _not_a_statement()
    sound = all(re.fullmatch(pattern, said[name]) for name, pattern in _PATTERNS.items())
    if not sound or said["after"] < 0 or not age.is_recipient(said["age"]):
        raise _not_a_statement()
    if not (_signed(said, old, "replaces") and _signed(said, new, "sign")):
        raise _not_a_statement()
    if said.pop("format") != _FORMAT or said["replaces"] == said["sign"]:
        raise _not_a_statement()
    return Rotation(**said)


def _signed(said: dict[str, Any], signature: str, by: str) -> bool:
    public = seal.verify(signature.encode(), canonical.dumps(said), seal.ROTATE_NAMESPACE)
    return bool(public.hex() == said[by])


def _not_a_statement() -> BundleRefused:
    return BundleRefused("rotate", _("这不是有效的换密钥声明，已拒收。请登记点重新带来。"))
