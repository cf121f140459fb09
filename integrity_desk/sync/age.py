"""age as the library does it: keys, encrypting streams to people, and passphrases.

Only ``encrypt_io``: the whole-buffer calls hold the interpreter lock. See ``age_opening`` for the
way back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pyrage  # type: ignore[import-untyped]

from integrity_desk.errors import SignInRefused
from integrity_desk.wording import _


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
