"""What is looked at on both sides of the stick."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import Record
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


def travelled(office: Office) -> list[Any]:
    """All lines of what travels, by dot: what two desks must have alike."""
    rows = office.store.database.conn.execute(
        "SELECT replica, n, line FROM revision JOIN record ON record.id = revision.rec"
        " WHERE record.type NOT IN ('account') ORDER BY replica, n"
    )
    return rows.fetchall()


def shown(office: Office, type_name: str = "unit") -> list[dict[str, Any]]:
    """All rows of a register as they are shown, by id."""
    cursor = office.store.database.conn.execute(f'SELECT * FROM "{type_name}" ORDER BY id')
    heads = [each[0] for each in cursor.description]
    return [
        {head: value for head, value in zip(heads, row, strict=True) if head != "row"}
        for row in cursor
    ]


def unit_names(office: Office) -> set[tuple[str, str]]:
    """The names of all units with their ids."""
    return {(each["id"], each["name"]) for each in shown(office)}


def void(office: Office, cls: type[Record], rec: Id) -> None:
    """Declare a record void, as discarding one does, whatever hangs on it."""
    with office.store.unit_of_work(
        actor=office.account("reviewer").actor, command="DiscardRecord", now=office.now()
    ) as work:
        work.void(work.load(cls, rec))


def put_back(office: Office, backup: Path) -> None:
    """Put a backup in the place of the store, as the manual says."""
    office.close()
    shutil.copy(backup, office.folder / "store.db")
    for left in ("store.db-wal", "store.db-shm"):
        (office.folder / left).unlink(missing_ok=True)
    office._open()
