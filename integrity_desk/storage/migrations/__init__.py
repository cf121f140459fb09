"""The schema's history, append only: one module per migration, in the order of their numbers.

A migration is frozen once released: it never reads the live declarations. ``tools/schema.py``
prints the difference between declarations and migrated store as the next one.
"""

from __future__ import annotations

from sqlite_utils.migrations import Migrations

from integrity_desk.errors import StoreTooNew
from integrity_desk.storage.database import Database, in_words
from integrity_desk.storage.migrations import m0001_ground as m0001_ground
from integrity_desk.storage.migrations import m0002_record_tables as m0002_record_tables
from integrity_desk.storage.migrations import m0003_commitments as m0003_commitments
from integrity_desk.storage.migrations import m0004_complaints as m0004_complaints
from integrity_desk.storage.migrations import m0006_evaluation as m0006_evaluation
from integrity_desk.storage.migrations import m0009_sync as m0009_sync
from integrity_desk.storage.migrations import m0010_spreadsheets as m0010_spreadsheets
from integrity_desk.storage.migrations import m0011_files as m0011_files
from integrity_desk.storage.migrations import m0012_notices as m0012_notices
from integrity_desk.storage.migrations import m0013_letters as m0013_letters
from integrity_desk.storage.migrations import m0016_evalui as m0016_evalui
from integrity_desk.storage.migrations import m0017_answer_days as m0017_answer_days
from integrity_desk.storage.migrations import m0017_objection_days as m0017_objection_days
from integrity_desk.storage.migrations import m0018_measures as m0018_measures
from integrity_desk.storage.migrations import m0019_assess as m0019_assess
from integrity_desk.storage.migrations import m0023_sync as m0023_sync
from integrity_desk.wording import _

_ALL = Migrations("integrity_desk")
for _module in (
    m0001_ground,
    m0002_record_tables,
    m0004_complaints,
    m0010_spreadsheets,
    m0003_commitments,
    m0006_evaluation,
    m0009_sync,
    m0011_files,
    m0013_letters,
    m0012_notices,
    m0016_evalui,
    m0017_objection_days,
    m0018_measures,
    m0019_assess,
    m0023_sync,
    m0017_answer_days,
):
    _ALL(name=_module.__name__.rpartition(".")[2])(_module.upgrade)


def pending(database: Database) -> tuple[str, ...]:
    """Return the names of migrations still to be applied."""
    return tuple(each.name for each in _ALL.pending(database))


def upgrade(database: Database) -> None:
    """Apply what is pending, each in its own transaction; refuse a store from the future."""
    known = {each.name for each in _ALL._migrations}
    if any(each.name not in known for each in _ALL.applied(database)):
        raise StoreTooNew(_("此数据库由更新版本的程序建立，请安装新版本后再打开，未作任何改动。"))
    with in_words():
        _ALL.apply(database)
