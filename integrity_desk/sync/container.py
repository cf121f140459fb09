"""The outside of a volume: three members at known places, a signature, a hash.

Everything here needs no decryption key, and nothing is decrypted, inflated or parsed beyond the
envelope before the signature over it holds.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Container
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from integrity_desk.errors import BundleRefused
from integrity_desk.sync import seal, tar
from integrity_desk.sync.envelope import (
    ENVELOPE_BYTES,
    ENVELOPE_NAME,
    MAX_VOLUME_BYTES,
    PAYLOAD_NAME,
    Envelope,
    unpack,
)
from integrity_desk.sync.files import CHUNK_BYTES
from integrity_desk.sync.seal import Suite
from integrity_desk.wording import _

_MAX_FILE_BYTES = MAX_VOLUME_BYTES + (1 << 20)
_MAX_SIGNATURE_BYTES = 2048


@dataclass(frozen=True, kw_only=True)
class Outside:
    """What the outside says, its signature checked: the envelope, the signing key, the payload."""

    envelope: Envelope
    suite: Suite
    sign: bytes
    payload_at: int


def open_container(file: BinaryIO) -> Outside:
    """Return what the outside says; BundleRefused for any flaw, the payload's hash included."""
    size = _plain_size(file)
    _name, packed = _member(file, (ENVELOPE_NAME,), ENVELOPE_BYTES)
    names = {ENVELOPE_NAME + suffix: suite for suffix, suite in seal.SUITES.items()}
    name, signature = _member(file, names, _MAX_SIGNATURE_BYTES)
    suite = names[name]
    sign = suite.verify(signature, packed)
    envelope = unpack(packed)
    if seal.fingerprint(sign) != envelope.key:
        raise BundleRefused("key", _("封面上写的密钥与实际签名的不一致，已整份拒收。请核对来源。"))
    payload = tar.parse(file.read(tar.BLOCK_BYTES))
    outside = Outside(envelope=envelope, suite=suite, sign=sign, payload_at=file.tell())
    if payload != (PAYLOAD_NAME, envelope.payload.bytes):
        raise tar.not_a_tar()
    if size != outside.payload_at + payload.size + len(tar.padding(payload.size) + tar.END):
        raise tar.not_a_tar()
    if envelope.payload.too_dense:
        raise BundleRefused("ratio", _("同步文件展开后大得不正常，已整份拒收。请核对来源。"))
    _check_payload(file, envelope)
    return outside


def _plain_size(file: BinaryIO) -> int:
    found = os.fstat(file.fileno())
    if not stat.S_ISREG(found.st_mode):
        raise BundleRefused("file", _("这不是普通文件，已拒收。"))
    if found.st_size > _MAX_FILE_BYTES:
        raise BundleRefused("too_big", _("同步文件超过规定大小，已拒收。请对方分卷导出。"))
    return found.st_size


def _member(file: BinaryIO, names: Container[str], limit: int) -> tuple[str, bytes]:
    """Return name and contents of the next member, which must bear one of these names."""
    member = tar.parse(file.read(tar.BLOCK_BYTES))
    if member.name not in names or member.size > limit:
        raise tar.not_a_tar()
    pad = tar.padding(member.size)
    data = file.read(member.size + len(pad))
    if len(data) != member.size + len(pad) or data[member.size :] != pad:
        raise tar.not_a_tar()
    return member.name, data[: member.size]


def _check_payload(file: BinaryIO, envelope: Envelope) -> None:
    digest, left = sha256(), envelope.payload.bytes
    while left and (chunk := file.read(min(left, CHUNK_BYTES))):
        digest.update(chunk)
        left -= len(chunk)
    if digest.hexdigest() != envelope.payload.sha256:
        raise BundleRefused(
            "payload", _("同步文件的内容与封面上的校验值不符，可能没有拷贝完整。请重新拷贝。")
        )
    if any(file.read()):
        raise tar.not_a_tar()
