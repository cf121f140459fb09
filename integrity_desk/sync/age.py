"""age, the one place: encrypting streams to people, decrypting them, and passphrases.

Only ``encrypt_io`` and ``decrypt_io``: the whole-buffer calls hold the interpreter lock.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

import pyrage  # type: ignore[import-untyped]

from integrity_desk.errors import BundleRefused, SignInRefused
from integrity_desk.wording import _

MAX_HEADER_BYTES = 16 << 10

_HEADER = re.compile(
    rb"age-encryption\.org/v1\n"
    rb"(-> (X25519 [A-Za-z0-9+/]{43}\n[A-Za-z0-9+/]{43}\n"
    rb"|[!-~]{1,64}-grease( [!-~]{1,64}){0,8}\n"
    rb"([A-Za-z0-9+/]{64}\n){0,8}[A-Za-z0-9+/]{0,63}\n)){1,64}"
    rb"--- [A-Za-z0-9+/]{43}\n"
).match


class Source(Protocol):
    """Something to read from."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes; none at the end."""


class Target(Protocol):
    """Something to write to."""

    def write(self, data: bytes, /) -> int:
        """Take all of ``data``; return its length."""

    def flush(self) -> None:
        """Pass on what is held back."""


def new_secret() -> str:
    """Make an X25519 identity: "AGE-SECRET-KEY-1…"."""
    return str(pyrage.x25519.Identity.generate())


def recipient_of(secret: str) -> str:
    """Return the public address of an identity: "age1…"."""
    return str(pyrage.x25519.Identity.from_str(secret).to_public())


def is_recipient(text: str) -> bool:
    """Whether ``text`` is an X25519 address."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def encrypt(source: Source, target: Target, recipients: Sequence[str]) -> None:
    """Encrypt ``source`` to every one of ``recipients``."""
    addresses = [pyrage.x25519.Recipient.from_str(each) for each in recipients]
    watched = _Watched(source)
    try:
        pyrage.encrypt_io(watched, target, addresses)
    except pyrage.EncryptError as error:
        raise watched.error or error from None


def check_header(start: bytes) -> None:
    """Refuse a file that is not for X25519 keys; ``start`` is its first MAX_HEADER_BYTES."""
    if not _HEADER(start):
        raise _damaged()


def decrypt(source: Source, target: Target, secrets: Sequence[str]) -> None:
    """Decrypt with whichever of ``secrets`` fits; BundleRefused ``recipient`` or ``sealed``.

    What ``source`` and ``target`` raise passes through; OSError without a number is age's own.
    """
    identities = [pyrage.x25519.Identity.from_str(each) for each in secrets]
    watched = _Watched(source)
    try:
        pyrage.decrypt_io(watched, target, identities)
    except pyrage.DecryptError as error:
        if watched.error is not None:
            raise watched.error from None
        raise BundleRefused(
            "recipient", _("这份文件不是加密给本机的，打不开。请对方确认收件单位后重新导出。")
        ) from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise _damaged() from error


def wrap(secret: bytes, passphrase: str) -> bytes:
    """Return a small secret under a passphrase (scrypt, about one second)."""
    return bytes(pyrage.passphrase.encrypt(secret, passphrase))


def unwrap(wrapped: bytes, passphrase: str) -> bytes:
    """Return the secret that ``wrap`` hid; SignInRefused for the wrong passphrase."""
    try:
        return bytes(pyrage.passphrase.decrypt(wrapped, passphrase))
    except pyrage.DecryptError as error:
        raise SignInRefused(_("口令不对，请重新输入。")) from error


class _Watched:
    """A source that remembers its own failure, which age would hide in an error of its own."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.error: BaseException | None = None

    def read(self, size: int) -> bytes:
        """Read from the source."""
        try:
            return self._source.read(size)
        except BaseException as error:
            self.error = error
            raise


def _damaged() -> BundleRefused:
    return BundleRefused(
        "sealed", _("同步文件的加密内容已损坏，已整份拒收。请重新拷贝或重新导出。")
    )
