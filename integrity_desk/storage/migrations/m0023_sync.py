"""Which reporting profile a bundle was sealed by; who complained waits like everything else.

Reporters never left a desk, so nothing noted that they wait. A county may ask for them now.
"""

from __future__ import annotations

from sqlite_utils import Database

_BACKFILL = """
INSERT OR IGNORE INTO unsent (position, type, rec)
SELECT revision.position, record.type, revision.rec FROM revision
JOIN record ON record.id = revision.rec WHERE record.type = 'reporter'
"""


def upgrade(database: Database) -> None:
    """One column, and the revisions of reporters among those that wait."""
    database.conn.execute("ALTER TABLE bundle ADD COLUMN profile TEXT NOT NULL DEFAULT ''")
    database.conn.execute(_BACKFILL)
