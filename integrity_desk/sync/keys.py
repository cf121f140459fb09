"""A desk's keys: Ed25519 to sign with, age X25519 to be written to, and how they are shown.

People compare a short code, read aloud or on stamped paper; they never handle a certificate.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from integrity_desk.errors import BundleRefused
from integrity_desk.sync import age, canonical, seal
from integrity_desk.sync.envelope import MOMENT_PATTERN
from integrity_desk.wording import _

_ENROL_FORMAT = "TSB-ENROL/1"
_MAX_ENROL_BYTES = 16 * 1024
_CODE_GROUPS, _CODE_DIGITS = 6, 4
_INCARNATION_DIGITS = 8
_ENROL_SHAPE: dict[str, type | tuple[type, ...]] = {
    "age": str, "created": str, "desk": str, "format": str, "name": str, "org": str,
    "replica": str, "sign": str,
}  # fmt: skip
_PATTERNS = {
    "created": MOMENT_PATTERN,
    "desk": r"[A-Za-z0-9]{1,12}",
    "name": r".{1,100}",
    "org": r"[A-Za-z0-9]{1,24}",
    "replica": r"[0-9a-f]{16}",
    "sign": r"[0-9a-f]{64}",
}


@dataclass(frozen=True)
class DeskKeys:
    """The private keys of a desk or county: 32-byte seed, age identities (newest first).

    Old age identities stay, so that files already on their way can still be opened.
    """

    seed: bytes
    age_secrets: tuple[str, ...]

    @classmethod
    def generate(cls) -> DeskKeys:
        """Make new keys from the system's randomness."""
        return cls(secrets.token_bytes(32), (age.new_secret(),))

    @classmethod
    def from_secrets(cls, kept: Mapping[str, Any]) -> DeskKeys:
        """Return the keys that ``secrets`` gave."""
        return cls(bytes.fromhex(kept["seed"]), tuple(kept["age"]))

    def renewed(self) -> DeskKeys:
        """Return new keys that still open what was sealed for the old ones."""
        made = DeskKeys.generate()
        return DeskKeys(made.seed, (*made.age_secrets, *self.age_secrets))

    def secrets(self) -> dict[str, Any]:
        """Return everything secret as JSON values, for the encrypted store and nowhere else."""
        return {"age": list(self.age_secrets), "seed": self.seed.hex()}

    @cached_property
    def signer(self) -> seal.Ed25519Signer:
        """Signs bundles with the Ed25519 key."""
        return seal.Ed25519Signer(self.seed)

    @property
    def recipient(self) -> str:
        """The address others encrypt to: "age1…"."""
        return age.recipient_of(self.age_secrets[0])

    @property
    def code(self) -> str:
        """The short code by which people compare both public keys."""
        return short_code(self.signer.public, self.recipient)


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """What a desk tells the county of itself: ids, name, public keys (``sign`` in hex)."""

    age: str
    created: str
    desk: str
    name: str
    org: str
    replica: str
    sign: str

    @property
    def stream(self) -> str:
        """The stream this incarnation of the desk will send."""
        return stream_of(self.org, self.desk, self.replica)

    @property
    def key(self) -> str:
        """The fingerprint of the signing key."""
        return seal.fingerprint(bytes.fromhex(self.sign))

    @property
    def code(self) -> str:
        """The short code to compare with the one the desk shows."""
        return short_code(bytes.fromhex(self.sign), self.age)


def stream_of(org: str, desk: str, replica: str) -> str:
    """Return the stream of one incarnation: org-desk-incarnation, all [A-Za-z0-9]."""
    return f"{org}-{desk}-{replica[:_INCARNATION_DIGITS]}"


def short_code(public: bytes, recipient: str) -> str:
    """Return six groups of four digits (80 bits) that stand for both public keys."""
    number = int.from_bytes(sha256(public + recipient.encode()).digest(), "big")
    digits = f"{number % 10 ** (_CODE_GROUPS * _CODE_DIGITS):0{_CODE_GROUPS * _CODE_DIGITS}d}"
    return " ".join(digits[at : at + _CODE_DIGITS] for at in range(0, len(digits), _CODE_DIGITS))


def enrolment(
    keys: DeskKeys, *, org: str, desk: str, replica: str, name: str, created: str
) -> bytes:
    """Return the enrol file: canonical JSON that signs itself; ``name`` is the desk's in words."""
    said = {
        "age": keys.recipient, "created": created, "desk": desk, "format": _ENROL_FORMAT,
        "name": name, "org": org, "replica": replica, "sign": keys.signer.public.hex(),
    }  # fmt: skip
    signature = keys.signer.sign(canonical.dumps(said), seal.ENROL_NAMESPACE)
    return canonical.dumps({**said, "signature": signature.decode()})


def read_enrolment(path: Path) -> Enrolment:
    """Return what an enrol file says; BundleRefused unless it is sound and signs itself."""
    with path.open("rb") as file:
        data = file.read(_MAX_ENROL_BYTES + 1)
    if len(data) > _MAX_ENROL_BYTES:
        raise _not_an_enrolment()
    said = canonical.loads(data)
    signature = said.pop("signature", None)
    if not isinstance(signature, str) or not canonical.fitting(said, _ENROL_SHAPE):
        raise _not_an_enrolment()
    public = seal.verify(signature.encode(), canonical.dumps(said), seal.ENROL_NAMESPACE)
    sound = all(re.fullmatch(pattern, said[name]) for name, pattern in _PATTERNS.items())
    if not sound or said.pop("format") != _ENROL_FORMAT or public.hex() != said["sign"]:
        raise _not_an_enrolment()
    if not age.is_recipient(said["age"]):
        raise _not_an_enrolment()
    return Enrolment(**said)


def wrap(kept: Mapping[str, Any], passphrase: str) -> bytes:
    """Return secrets under a passphrase, as an age file that any age tool opens."""
    return age.wrap(canonical.dumps(kept), passphrase)


def unwrap(wrapped: bytes, passphrase: str) -> dict[str, Any]:
    """Return the secrets that ``wrap`` hid; SignInRefused for the wrong passphrase."""
    return canonical.loads(age.unwrap(wrapped, passphrase))


def _not_an_enrolment() -> BundleRefused:
    return BundleRefused("enrol", _("这不是有效的登记点开通文件，请在登记点重新导出。"))
