"""The seal: an OpenSSH signature (SSHSIG, Ed25519) that ``ssh-keygen -Y verify`` checks.

A ``Signer`` turns bytes into one signature file beside the envelope, so that a certified USB
key or an SM2 signature can stand beside the Ed25519 one.
Source: openssh PROTOCOL.sshsig.
"""

from __future__ import annotations

import base64
import binascii
import struct
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256, sha512
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from integrity_desk.errors import BundleRefused
from integrity_desk.wording import _

BUNDLE_NAMESPACE = "bundle@integrity-desk"
ENROL_NAMESPACE = "enrol@integrity-desk"
ROTATE_NAMESPACE = "rotate@integrity-desk"

_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----\n", "-----END SSH SIGNATURE-----\n"
_WIDTH = 70
_KIND = b"ssh-ed25519"
_SPLICE = struct.Struct(">I")


class Signer(Protocol):
    """Whatever can put its name to an envelope."""

    @property
    def suffix(self) -> str:
        """The ending of the signature file, e.g. ".sig"."""

    @property
    def size_bytes(self) -> int:
        """The length of every signature it makes for a bundle."""

    @property
    def key(self) -> str:
        """The fingerprint of its key."""

    def sign(self, message: bytes, namespace: str = BUNDLE_NAMESPACE) -> bytes:
        """Return the signature file of ``message``."""


@dataclass(frozen=True)
class Ed25519Signer:
    """Signs with an Ed25519 key held in memory; ``seed`` is 32 bytes."""

    seed: bytes

    @property
    def suffix(self) -> str:
        """The ending of the signature file."""
        return ".sig"

    @property
    def size_bytes(self) -> int:
        """The length of a bundle's signature: always the same."""
        return len(_armour(_blob(bytes(32), BUNDLE_NAMESPACE, bytes(64))))

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return self._private.public_key().public_bytes_raw()

    @property
    def key(self) -> str:
        """The fingerprint of the public key."""
        return fingerprint(self.public)

    def sign(self, message: bytes, namespace: str = BUNDLE_NAMESPACE) -> bytes:
        """Return the armoured SSHSIG of ``message``."""
        signature = self._private.sign(_signed(message, namespace))
        return _armour(_blob(self.public, namespace, signature))

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def verify(signature: bytes, message: bytes, namespace: str = BUNDLE_NAMESPACE) -> bytes:
    """Return the public key (32 bytes) that signed ``message``; BundleRefused ``signature``."""
    try:
        text = signature.decode("ascii")
        blob = base64.b64decode(text[len(_BEGIN) : -len(_END)].replace("\n", ""), validate=True)
        public, signed = _public_and_signature(blob)
        genuine = _armour(_blob(public, namespace, signed)) == signature
        Ed25519PublicKey.from_public_bytes(public).verify(signed, _signed(message, namespace))
    except (InvalidSignature, binascii.Error, ValueError, struct.error) as error:
        raise _not_genuine() from error
    if not genuine:
        raise _not_genuine()
    return public


@dataclass(frozen=True, kw_only=True)
class Suite:
    """One way of sealing: the ending of its signature file, its name on covers, its verifier.

    ``verify(signature, message)`` returns the public key or raises BundleRefused ``signature``.
    """

    suffix: str
    name: str
    verify: Callable[[bytes, bytes], bytes]


INTERNATIONAL = Suite(suffix=".sig", name="Ed25519, age (X25519)", verify=verify)

SUITES = {INTERNATIONAL.suffix: INTERNATIONAL}
"""The suites this program reads, by the ending of the signature file."""


def fingerprint(public: bytes) -> str:
    """Return a key's fingerprint as ``ssh-keygen -l`` shows it: SHA256:…"""
    digest = base64.b64encode(sha256(_ssh_key(public)).digest())
    return "SHA256:" + digest.decode().rstrip("=")


def ssh_public_line(public: bytes) -> str:
    """Return a key as it stands in an OpenSSH allowed_signers or .pub file."""
    return "ssh-ed25519 " + base64.b64encode(_ssh_key(public)).decode()


def _string(data: bytes) -> bytes:
    return _SPLICE.pack(len(data)) + data


def _ssh_key(public: bytes) -> bytes:
    return _string(_KIND) + _string(public)


def _signed(message: bytes, namespace: str) -> bytes:
    parts = (namespace.encode(), b"", b"sha512", sha512(message).digest())
    return b"SSHSIG" + b"".join(map(_string, parts))


def _blob(public: bytes, namespace: str, signature: bytes) -> bytes:
    parts = (
        _ssh_key(public), namespace.encode(), b"", b"sha512", _string(_KIND) + _string(signature),
    )  # fmt: skip
    return b"SSHSIG" + _SPLICE.pack(1) + b"".join(map(_string, parts))


def _armour(blob: bytes) -> bytes:
    text = base64.b64encode(blob).decode()
    lines = [text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH)]
    return (_BEGIN + "\n".join(lines) + "\n" + _END).encode()


def _public_and_signature(blob: bytes) -> tuple[bytes, bytes]:
    """Key and signature stand at known places; ``verify`` compares all the rest byte for byte."""
    start = len(b"SSHSIG") + 4 + 4 + 4 + len(_KIND) + 4
    return blob[start : start + 32], blob[-64:]


def _not_genuine() -> BundleRefused:
    return BundleRefused(
        "signature", _("同步文件的签名不对：内容被改动过或已损坏，已整份拒收。请对方重新导出。")
    )
