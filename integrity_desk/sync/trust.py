"""The trust list: which keys may send which streams, issued and numbered by the county.

Revocation is by sequence number (``revoked_after``), because an offline signer controls its
clock. A list with a lower serial than the one kept is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from integrity_desk.errors import BundleRefused
from integrity_desk.sync import age, canonical, seal
from integrity_desk.sync.envelope import Facts
from integrity_desk.wording import _

_SHAPE: dict[str, type | tuple[type, ...]] = {
    "issued": str, "issuer": str, "keys": list, "profile": str, "serial": int,
}  # fmt: skip
_KEY_SHAPE: dict[str, type | tuple[type, ...]] = {
    "age": str, "audiences": list, "name": str, "org": str, "revoked_after": (int, type(None)),
    "sign": str, "streams": list, "valid_from": str, "valid_to": str,
}  # fmt: skip
_HEX_64 = re.compile(r"[0-9a-f]{64}").fullmatch


@dataclass(frozen=True, kw_only=True)
class TrustedKey:
    """One key and how far it is trusted.

    ``sign`` Ed25519 key in hex; ``age`` its owner's address; ``streams`` it may send, one of
    which may end in "*"; ``audiences`` it may write to ("*" for any); ``valid_from`` and
    ``valid_to`` "YYYY-MM-DD" ("" for open); ``revoked_after`` the last sequence number that
    still counts, or None.
    """

    sign: str
    age: str
    org: str
    name: str
    streams: tuple[str, ...]
    audiences: tuple[str, ...] = ("*",)
    valid_from: str = ""
    valid_to: str = ""
    revoked_after: int | None = None

    @property
    def key(self) -> str:
        """The fingerprint."""
        return seal.fingerprint(bytes.fromhex(self.sign))

    def check(self, facts: Facts) -> None:
        """Refuse what this key may not send: ``stream``, ``audience``, ``revoked``, ``expired``."""
        if facts.org != self.org or not any(_covers(each, facts.stream) for each in self.streams):
            raise BundleRefused(
                "stream", _("签名的登记点无权发送这个序列的文件，已拒收。请核对来源。")
            )
        if not any(_covers(each, facts.audience) for each in self.audiences):
            raise BundleRefused("audience", _("这份文件不是发给本单位的，已拒收。请交给收件单位。"))
        if self.revoked_after is not None and facts.seq > self.revoked_after:
            raise BundleRefused(
                "revoked", _("签名的密钥已停用，停用之后的文件一律拒收。请与登记点联系。")
            )
        day = facts.created[:10]
        if day < self.valid_from or (self.valid_to and day > self.valid_to):
            raise BundleRefused(
                "expired", _("签名的密钥不在有效期内，已拒收。请核对登记点电脑的日期。")
            )


def by_stream(keys: Iterable[TrustedKey]) -> dict[str, TrustedKey]:
    """Return the newest key of every stream: one that is believed, else the last to be revoked."""
    oldest_first = sorted(
        keys, key=lambda each: (each.revoked_after is None, each.revoked_after or 0)
    )
    return {stream: each for each in oldest_first for stream in each.streams}


KnownKeys = Mapping[str, TrustedKey]
"""Fingerprint → trusted key."""


@dataclass(frozen=True, kw_only=True)
class Trust:
    """A whole trust list; ``issuer`` is the fingerprint of the county's key, itself in ``keys``.

    ``profile`` is the text of the county's reporting profile, "" in lists of before there were any.
    """

    serial: int
    issued: str
    issuer: str
    keys: tuple[TrustedKey, ...]
    profile: str = ""

    @property
    def known(self) -> dict[str, TrustedKey]:
        """The keys by fingerprint."""
        return {each.key: each for each in self.keys}

    def document(self) -> dict[str, Any]:
        """Return the list as JSON values."""
        content = asdict(self)
        return {**content, "keys": list(content["keys"])}


def from_document(document: Mapping[str, Any]) -> Trust:
    """Return the trust list of a bundle; BundleRefused ``json`` if it is malformed."""
    document = {"profile": "", **document}
    if not canonical.fitting(document, _SHAPE):
        raise canonical.malformed()
    trust = Trust(**{**document, "keys": tuple(_key(each) for each in document["keys"])})
    if trust.issuer not in trust.known:
        raise canonical.malformed()
    return trust


def accept(trust: Trust, *, kept: Trust | None, signed_by: str, own: str) -> None:
    """Refuse a trust list that must not replace the ``kept`` one.

    ``signed_by`` is the key that sealed the bundle, ``own`` this desk's; codes ``trust_signer``,
    ``trust_serial``, ``trust_own``.
    """
    issuer = kept.issuer if kept else trust.issuer
    if signed_by != issuer or trust.issuer != issuer:
        raise BundleRefused(
            "trust_signer", _("这份信任名单不是本县已确认的密钥签发的，已拒收。请与县级联系。")
        )
    if kept and trust.serial < kept.serial:
        raise BundleRefused("trust_serial", _("这份信任名单比已有的旧，已拒收。无需处理。"))
    if own not in trust.known:
        raise BundleRefused("trust_own", _("这份信任名单里没有本登记点，已拒收。请与县级联系。"))


def _key(value: Any) -> TrustedKey:
    if not isinstance(value, dict) or not canonical.fitting(value, _KEY_SHAPE):
        raise canonical.malformed()
    names = [*value["streams"], *value["audiences"]]
    if not all(isinstance(name, str) for name in names):
        raise canonical.malformed()
    if not _HEX_64(value["sign"]) or not age.is_recipient(value["age"]):
        raise canonical.malformed()
    lists = {"streams": tuple(value["streams"]), "audiences": tuple(value["audiences"])}
    return TrustedKey(**{**value, **lists})


def _covers(pattern: str, name: str) -> bool:
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern
