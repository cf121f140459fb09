"""Everything that may go wrong in an expected way, as one tree.

    DeskError                  a finished sentence for the person at the desk
    ├── InvalidInput           a value that cannot stand; names its field
    ├── NotPermitted           this account may not do this
    ├── StepRefused            the life cycle or a guard does not allow this act now
    ├── NotFound               no such record, account, file
    ├── SignInRefused          wrong account or password
    ├── StoreUnavailable       the store cannot be opened, read or written (disk, lock, damage)
    │   ├── StoreTooNew        the store was written by a newer program
    │   └── StoreFull          the disk has no room
    ├── MediaUnavailable       a stick, share or folder cannot be used
    ├── BundleRefused          a sync file that is not what it says; carries a stable code
    └── CannotPrint            a character or a row that cannot be drawn truthfully

    Cancelled                  the person pressed Stop: not an error, never shown as one

Everything else is a bug and goes to the crash reporter.
"""

from __future__ import annotations


class DeskError(Exception):
    """An expected failure; ``str(error)`` is a finished sentence: what happened, what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class InvalidInput(DeskError):
    """A value that cannot stand; ``field`` is the declared field name, or "" for the whole form."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class NotPermitted(DeskError):
    """The signed-in account lacks the permission."""


class StepRefused(DeskError):
    """The record's state, or a rule of law, does not allow this act now."""


class NotFound(DeskError):
    """The thing named does not exist here."""


class SignInRefused(DeskError):
    """Account name and password do not match, or the account is closed."""


class StoreUnavailable(DeskError):
    """The store cannot be opened, read or written."""


class StoreTooNew(StoreUnavailable):
    """The store was written by a newer version of the program."""


class StoreFull(StoreUnavailable):
    """The disk is full; nothing of this act was kept."""


class MediaUnavailable(DeskError):
    """A stick, share or folder is missing, full, read-only or went away.

    ``status`` names which of it, as ``sync.files.MediaStatus`` lists them; "" where nobody asks.
    """

    def __init__(self, sentence: str, status: str = "") -> None:
        super().__init__(sentence)
        self.status = status


class BundleRefused(DeskError):
    """A sync file was refused whole; ``code`` is stable and documented in docs/bundle-format.md."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class CannotPrint(DeskError):
    """A sheet cannot be drawn truthfully; the sentence names the place."""


class Cancelled(Exception):
    """The person pressed Stop; the work under way rolls back and leaves nothing."""
