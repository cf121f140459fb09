"""Changes of what a desk counts its time limits by, kept for the auditor."""

from __future__ import annotations

from integrity_desk.domain.fields import Choice, choice, text
from integrity_desk.domain.records import Record, record_type


class Rule(Choice):
    """What was changed."""

    REGION = "region", "适用的地方规定"
    IDLE_DAYS = "idle_days", "久无进展的天数"
    CALENDAR = "calendar", "工作日历"


@record_type("rule_change", label="计时规则变更", title="after", synced=False, register=False)
class RuleChange(Record):
    """One change: which rule, what it said before and what it says now."""

    rule: Rule | None = choice("规则", Rule, managed=True, required=True)
    before: str = text("原来", managed=True)
    after: str = text("改为", managed=True, required=True)
