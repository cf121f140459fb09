"""Integrity training: sessions, and who was there (诚信教育).

planned -> held -> closed;  planned -> cancelled
"""

from __future__ import annotations

from datetime import date
from typing import Any

from integrity_desk.domain.checks import not_after
from integrity_desk.domain.fields import Choice, Id, choice, day, link, long_text, number, text
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.records import Record, record_type
from integrity_desk.domain.steps import Facts, require
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import _


class TrainingKind(Choice):
    """How people are taught (city opinions of 2017, 三(一); city notice of 2024, 二(一))."""

    LECTURE = "lecture", "专题讲座"
    COURSE = "course", "集中培训"
    WARNING = "warning", "警示教育"
    OATH = "oath", "宣誓承诺"
    ONLINE = "online", "网络学习"
    OTHER = "other", "其他"


class Presence(Choice):
    """Whether somebody was there."""

    EXPECTED = "expected", "应到"
    PRESENT = "present", "出勤"
    LEAVE = "leave", "请假"
    ABSENT = "absent", "缺席"
    MADE_UP = "made_up", "已补学"


OPEN_STATES = frozenset({"planned", "held"})
"""States in which the list of people may change."""


def _has_taken_place(record: Training, facts: Facts) -> None:
    not_after(record, "held_on", facts.today)


LIFE = LifeCycle(
    states=(
        State("planned", "计划中", "blue"),
        State("held", "已举办", "green"),
        State("closed", "已归档", "grey", final=True),
        State("cancelled", "已取消", "grey", final=True),
    ),
    steps=(
        Step(act="hold", label="登记为已举办", of=("planned",), to="held", guard=_has_taken_place),
        Step(act="close", label="归档", of=("held",), to="closed"),
        Step(
            act="cancel", label="取消", of=("planned",), to="cancelled",
            needs=("cancellation_reason",),
        ),
    ),
)  # fmt: skip


def _lasts_a_while(record: Any) -> None:
    if record.hours is not None and not 0 < record.hours <= 200:
        raise InvalidInput("hours", _("学时应在1至200之间。"))


@record_type(
    "training", label="诚信教育", prefix="训", title="topic", life=LIFE, numbered_at="entry",
    checks=(_lasts_a_while,),
)  # fmt: skip
class Training(Record):
    """One session of integrity training.

    Sources: city opinions of 2017, 三(一); city notice of 2024, 二(一).
    """

    topic: str = text("教育主题", section="诚信教育", required=True, searched=True, listed=17)
    kind: TrainingKind | None = choice(
        "教育形式", TrainingKind, required=True, filtered=True, listed=6
    )
    held_on: date | None = day("举办日期", required=True, filtered=True, listed=7)
    hours: int | None = number("学时", required=True, listed=4)
    place: str = text("地点", listed=9)
    teacher: str = text("授课人", searched=True, listed=6)
    organiser_id: Id = link("组织单位", to="unit", required=True, filtered=True)
    content: str = long_text("主要内容", searched=True)
    cancellation_reason: str = long_text("取消理由")


def _absence_has_reason(record: Any) -> None:
    if record.presence in (Presence.LEAVE, Presence.ABSENT):
        require(record, ("reason",))
    if record.presence is Presence.MADE_UP:
        require(record, ("made_up_on",))


@record_type(
    "attendance", label="签到", title="person_name", part_of="training", register=False,
    checks=(_absence_has_reason,),
)  # fmt: skip
class Attendance(Record):
    """That one person was to come, and whether they came; name and unit as they then were."""

    training_id: Id = link("诚信教育", to="training", section="签到", required=True)
    person_id: Id = link("人员", to="person", required=True)
    presence: Presence | None = choice("到场情况", Presence, required=True, listed=6)
    reason: str = text("请假或缺席理由", listed=12)
    made_up_on: date | None = day("补学日期", listed=7)
    person_name: str = text("姓名", managed=True, listed=6)
    unit_id: Id = link("所在单位", to="unit", managed=True, listed=12)
