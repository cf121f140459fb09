"""Accounts, roles and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass

from integrity_desk.domain.fields import Choice, Id, choice, flag, link, text
from integrity_desk.domain.records import Record, record_type


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


@record_type("account", label="账号", title="name", synced=False, register=False)
class Account(Record):
    """Who may sign in here; the password itself only wraps the store key."""

    login: str = text(
        "登录名", section="账号", required=True, listed=8, help="字母或汉字，不含空格"
    )
    name: str = text("姓名", required=True, searched=True, listed=8)
    role: Role | None = choice("角色", Role, required=True, listed=6, filtered=True)
    unit_id: Id = link("所在单位", to="unit", help="用于回避：不能经办投诉本单位的件")
    person_id: Id = link("本人", to="person", help="用于回避：不能经办投诉本人的件")
    closed: bool = flag("已停用", filtered=True)

    @property
    def actor(self) -> Actor:
        """This account as rules and revisions see it."""
        assert self.role is not None
        return Actor(
            account_id=self.id, name=self.name, role=self.role, unit_id=self.unit_id,
            person_id=self.person_id,
        )  # fmt: skip
