"""What is looked at on both sides of the stick."""

from __future__ import annotations

from pathlib import Path

from integrity_desk.domain.fields import Id
from integrity_desk.storage import deliveries
from integrity_desk.storage.deliveries import Bundle, Delivery
from tests.office import Office


def delivered(office: Office, rec: Id) -> Delivery:
    """Return what the desk knows of a record's way to the county."""
    return deliveries.of_record(office.store.database, rec)


def outbox(office: Office, bundle: Bundle) -> Path:
    """Return the file of a sealed bundle."""
    return office.folder / "outbox" / bundle.files[0]


def lines_in(opened: Path) -> bytes:
    """Return the revision lines of a bundle that was unpacked."""
    return b"".join(path.read_bytes() for path in sorted(opened.glob("revisions-*.jsonl")))


def everything_in(folder: Path) -> bytes:
    """Return all names and bytes below a folder, to look for what must not be there."""
    return b"".join(
        path.name.encode() + path.read_bytes() for path in folder.rglob("*") if path.is_file()
    )
