"""Fulfilment: what was done for a commitment, and who answered for which stage of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from integrity_desk.domain.checks import in_order
from integrity_desk.domain.fields import Choice, Id, choice, day, link, long_text, number, text
from integrity_desk.domain.records import Record, record_type
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import _


class Stage(Choice):
    """Stages of a public-private project, each with somebody who answers for it."""

    PREPARATION = "preparation", "项目筹备"
    TENDERING = "tendering", "招标投标"
    PROCUREMENT = "procurement", "政府采购"
    FINANCING = "financing", "融资"
    IMPLEMENTATION = "implementation", "实施"


def _share_of_a_hundred(record: Any) -> None:
    if record.percent is not None and not 0 <= record.percent <= 100:
        raise InvalidInput("percent", _("完成比例应在 0 至 100 之间。"))


@record_type(
    "progress_entry", label="履行进展", title="content", part_of="commitment", register=False,
    checks=(_share_of_a_hundred,),
)  # fmt: skip
class ProgressEntry(Record):
    """One report of progress; its evidence files are attached to it."""

    commitment_id: Id = link("承诺", to="commitment", section="履行进展", required=True)
    reported_on: date | None = day("填报日期", required=True, listed=7)
    content: str = long_text("进展情况", required=True, searched=True, published=True, listed=30)
    percent: int | None = number("完成比例（%）", published=True, listed=6)
    reported_by_id: Id = link("填报人", to="person", listed=6)
    obstacle: str = long_text("存在问题", help="可能影响按期兑现的，尽早写明")


@record_type(
    "stage_duty", label="阶段责任人", title="duty", part_of="commitment", register=False,
    checks=(in_order("from_on", "until_on"),),
)  # fmt: skip
class StageDuty(Record):
    """Who answered for one stage, so that a project can be traced back after a transfer.

    Source: city opinions of 2017, 四(三) 项目责任回溯机制; county plan of 2019, 三(二).
    """

    commitment_id: Id = link("承诺", to="commitment", section="阶段责任", required=True)
    stage: Stage | None = choice("阶段", Stage, required=True, listed=6)
    unit_id: Id = link("责任单位", to="unit", required=True, listed=12)
    person_id: Id = link("责任人", to="person", required=True, listed=6)
    duty: str = text("诚信职责", required=True, listed=16)
    from_on: date | None = day("起始日期", required=True, listed=7)
    until_on: date | None = day("截止日期", listed=7)
    handover: str = long_text("交接情况", help="调离时交接给谁、哪些事项未了")
