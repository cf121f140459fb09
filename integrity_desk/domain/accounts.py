"""Users, roles and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass

from integrity_desk.domain.fields import Choice, Id


class Role(Choice):
    """The four roles of an office."""

    CLERK = "clerk", "经办员"
    REVIEWER = "reviewer", "复核员"
    ADMINISTRATOR = "administrator", "管理员"
    VIEWER = "viewer", "查阅员"


PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.CLERK: frozenset({"view", "edit", "attach", "reveal", "notice", "print", "exchange"}),
    Role.REVIEWER: frozenset(
        {"view", "edit", "attach", "reveal", "notice", "print", "exchange", "approve", "reporter"}
    ),
    Role.ADMINISTRATOR: frozenset({"view", "print", "exchange", "administer"}),
    Role.VIEWER: frozenset({"view", "print"}),
}
"""What each role may do.

view: look up records (reporter data excepted); edit: enter, amend, take ordinary steps;
attach: add evidence files; reveal: unmask an identity number, logged with a reason;
notice: draft and post notices; print: print sheets and registers; exchange: export bundles and
import receipts; approve: second-person decisions; reporter: see who complained;
administer: accounts, keys, rules, backups.
"""


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts: the signed-in account, as rules and revisions see it."""

    account_id: Id
    name: str
    role: Role
    unit_id: Id = ""
    person_id: Id = ""

    def may(self, permission: str) -> bool:
        """Whether this account's role carries the permission."""
        return permission in PERMISSIONS[self.role]
