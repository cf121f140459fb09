"""Opening what age sealed: X25519 keys only, and not one byte that the format does not allow.

Sealing is the library's. Its opening hands over 8 KiB at a time and takes the interpreter lock
for each, which was the largest part of taking in a bundle; so the header is read here, and
``cryptography`` opens the chunks. Source: https://c2sp.org/age; its test vectors are in
tests/sync/age_vectors.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from integrity_desk.errors import BundleRefused
from integrity_desk.wording import _

_MAX_HEADER_BYTES = 16 << 10

_HEADER = re.compile(
    rb"age-encryption\.org/v1\n"
    rb"(-> (X25519 [A-Za-z0-9+/]{43}\n[A-Za-z0-9+/]{43}\n"
    rb"|[!-~]{1,64}-grease( [!-~]{1,64}){0,8}\n"
    rb"([A-Za-z0-9+/]{64}\n){0,8}[A-Za-z0-9+/]{0,63}\n)){1,64}"
    rb"---(?P<mac> [A-Za-z0-9+/]{43}\n)"
).match
_STANZA = re.compile(rb"^-> X25519 (.{43})\n(.{43})\n", re.MULTILINE).finditer

_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

_NONCE_BYTES, _TAG_BYTES = 16, 16
_CHUNK_BYTES = (64 << 10) + _TAG_BYTES
_GULP_BYTES = 4 * _CHUNK_BYTES


def opened(file: BinaryIO, size: int, secrets: Sequence[str]) -> Iterator[bytes]:
    """Yield the contents of the next ``size`` bytes of ``file``, a quarter of a MiB at a time.

    ``secrets`` are identities, "AGE-SECRET-KEY-1…"; whichever fits opens it. Raises BundleRefused
    ``recipient`` when none does, ``sealed`` for anything damaged, cut off or not for X25519 keys.
    """
    start = file.tell()
    header = _HEADER(file.read(min(size, _MAX_HEADER_BYTES)))
    if header is None:
        raise _damaged()
    file_key = _file_key(header[0], secrets)
    _check_mac(file_key, header[0], header.start("mac"))
    file.seek(start + header.end())
    left = size - header.end() - _NONCE_BYTES
    if left < _TAG_BYTES:
        raise _damaged()
    key = ChaCha20Poly1305(_derived(file_key, file.read(_NONCE_BYTES), b"payload"))
    try:
        yield from _chunks(file, left, key)
    except InvalidTag as error:
        raise _damaged() from error


def _chunks(file: BinaryIO, left: int, key: ChaCha20Poly1305) -> Iterator[bytes]:
    """Every chunk but the last is full; the last is marked, and empty only if it is all there is.

    The number of a chunk is its nonce, so none can be left out, doubled or moved.
    """
    number = 0
    while left:
        sealed = memoryview(file.read(min(left, _GULP_BYTES)))
        left -= len(sealed)
        plain = []
        for at in range(0, max(1, len(sealed)), _CHUNK_BYTES):
            chunk = sealed[at : at + _CHUNK_BYTES]
            is_last = not left and at + len(chunk) == len(sealed)
            if len(chunk) == _TAG_BYTES and number:
                raise _damaged()
            nonce = number.to_bytes(11, "big") + (b"\1" if is_last else b"\0")
            plain.append(key.decrypt(nonce, chunk, None))
            number += 1
        yield b"".join(plain)


def _file_key(header: bytes, secrets: Sequence[str]) -> bytes:
    """Return the key that one of the header's stanzas wraps for one of ``secrets``."""
    stanzas = [(_decoded(each[1]), _decoded(each[2])) for each in _STANZA(header)]
    for secret in secrets:
        own = X25519PrivateKey.from_private_bytes(_scalar(secret))
        for share, wrapped in stanzas:
            try:
                return _unwrapped(own, share, wrapped)
            except InvalidTag:
                continue
    raise BundleRefused(
        "recipient", _("这份文件不是加密给本机的，打不开。请对方确认收件单位后重新导出。")
    )


def _unwrapped(own: X25519PrivateKey, share: bytes, wrapped: bytes) -> bytes:
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(share))
    except ValueError as error:  # a point that gives everybody the same secret
        raise _damaged() from error
    salt = share + own.public_key().public_bytes_raw()
    wrapping = _derived(shared, salt, b"age-encryption.org/v1/X25519")
    return ChaCha20Poly1305(wrapping).decrypt(bytes(12), wrapped, None)


def _check_mac(file_key: bytes, header: bytes, upto: int) -> None:
    mac = HMAC(_derived(file_key, b"", b"header"), SHA256())
    mac.update(header[:upto])
    try:
        mac.verify(_decoded(header[upto + 1 : -1]))
    except InvalidSignature as error:
        raise _damaged() from error


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, purpose).derive(secret)


def _decoded(text: bytes) -> bytes:
    """Return the 32 bytes that these 43 letters stand for; no other letters stand for them."""
    data = base64.b64decode(text + b"=")
    if base64.b64encode(data) != text + b"=":
        raise _damaged()
    return data


def _scalar(secret: str) -> bytes:
    """Return the 32 bytes of an identity whose letters (Bech32) are known to be right."""
    number = 0
    for letter in secret.lower().removeprefix("age-secret-key-1")[:52]:
        number = number << 5 | _BECH32.index(letter)
    return (number >> 4).to_bytes(32, "big")


def _damaged() -> BundleRefused:
    return BundleRefused(
        "sealed", _("同步文件的加密内容已损坏，已整份拒收。请重新拷贝或重新导出。")
    )
