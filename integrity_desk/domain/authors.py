"""Authors: the names behind the account ids that stand in revisions, for desks far from here.

Accounts stay at their desk; only who is behind an id travels, so that the history of a record
reads the same at every desk and at the county.
"""

from __future__ import annotations

from integrity_desk.domain.fields import Id, text
from integrity_desk.domain.records import Record, record_type


@record_type("author", label="经办人名录", title="name", register=False)
class Author(Record):
    """One account of one desk, by name."""

    account: Id = text("账号编号", managed=True, required=True)
    name: str = text("姓名", section="经办人", managed=True, required=True)
