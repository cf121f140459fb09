"""Evaluation: units are graded by weighted indicators over a period (考核评价).

draft -> collecting -> computed -> publicity -> objections -> final;
computed, objections -> collecting

What the registers yield is counted by declared formulas (``formulas``); points, grades and ranks
are worked out in ``scoring``. Results are kept as records of their own: a final evaluation must
not change when the registers go on.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from integrity_desk.domain.checks import in_order, label_of
from integrity_desk.domain.fields import (
    Choice,
    Id,
    choice,
    day,
    flag,
    link,
    links,
    long_text,
    number,
    text,
)
from integrity_desk.domain.formulas import formulas
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.records import Record, record_type
from integrity_desk.domain.steps import Facts, require
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.wording import _

WHOLE_WEIGHT = 100
"""What the weights of a scheme add up to."""

OPEN_TO_SCORES = frozenset({"collecting"})
"""States in which points are entered or imported."""
OPEN_TO_INDICATORS = frozenset({"draft", "collecting"})
"""States in which indicators are added and changed."""
COMPUTED_BY = (
    "from_on", "until_on", "unit_ids", "previous_id", "excellent_from", "good_from", "passing_from",
)  # fmt: skip
"""The fields of a scheme that its results follow from."""
COUNTED_TYPES = tuple(dict.fromkeys(each.register for each in formulas().values()))
"""The registers that formulas count from."""


class Grade(Choice):
    """How a unit comes out."""

    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "良好"
    PASSING = "passing", "合格"
    FAILING = "failing", "不合格"


class ScoreSource(Choice):
    """Where an indicator's value comes from."""

    COMPUTED = "computed", "从台账计算"
    ENTERED = "entered", "人工评分"
    IMPORTED = "imported", "第三方评分"
    SUPERVISORS = "supervisors", "社会监督员评分"


class ObjectionFinding(Choice):
    """How a unit's objection to its result ends."""

    UPHELD = "upheld", "异议成立"
    REJECTED = "rejected", "异议不成立"


_functional: Any = Choice
FormulaChoice: Any = _functional(
    "FormulaChoice",
    [(each.id.upper(), (each.id, each.name)) for each in formulas().values()],
    module=__name__,
)
"""The declared formulas as a closed list, so that forms and spreadsheets offer them by name."""


def _grades_descend(record: Any) -> None:
    marks = [record.excellent_from, record.good_from, record.passing_from]
    if all(each is not None for each in marks) and marks != sorted(marks, reverse=True):
        raise InvalidInput("good_from", _("等次分数线应当依次降低：优秀、良好、合格。"))
    if (record.excellent_from or 0) > WHOLE_WEIGHT:
        raise InvalidInput(
            "excellent_from",
            _("“{field}”不能超过100分。").format(field=label_of(record, "excellent_from")),
        )


def _period_is_over(record: EvaluationScheme, facts: Facts) -> None:
    if record.until_on is not None and facts.today <= record.until_on:
        raise StepRefused(
            _("考核期到{day}才结束，期满后才能计算得分。").format(day=record.until_on)
        )


def _publicity_is_over(record: EvaluationScheme, facts: Facts) -> None:
    if record.publicity_until is not None and facts.today <= record.publicity_until:
        raise StepRefused(
            _("公示期到{day}才结束，期满后再处理异议、作出决定。").format(
                day=record.publicity_until
            )
        )


_SECOND: dict[str, Any] = {"permission": "approve", "second_person": True}

LIFE = LifeCycle(
    states=(
        State("draft", "草稿", "grey", private=True),
        State("collecting", "采集中", "blue"),
        State("computed", "已计算", "amber"),
        State("publicity", "公示中", "green"),
        State("objections", "异议处理", "amber"),
        State("final", "已定等", "green", final=True),
    ),
    steps=(
        Step(
            act="open", label="开始采集", of=("draft",), to="collecting", numbered=True, later=True,
        ),
        Step(
            act="compute", label="计算得分", of=("collecting",), to="computed",
            guard=_period_is_over,
        ),
        Step(
            act="recollect", label="退回重新采集", of=("computed", "objections"), to="collecting",
            needs=("return_reason",),
        ),
        Step(
            act="publicise", label="公示结果", of=("computed",), to="publicity",
            needs=("publicity_from", "publicity_until"), **_SECOND,
        ),
        Step(
            act="hear", label="公示期满", of=("publicity",), to="objections",
            guard=_publicity_is_over,
        ),
        Step(
            act="finalise", label="确定等次", of=("objections",), to="final",
            needs=("decided_on", "decision_document"), **_SECOND,
        ),
    ),
)  # fmt: skip


@record_type(
    "evaluation_scheme", label="考核评价", prefix="评", title="title", life=LIFE,
    checks=(
        in_order("from_on", "until_on"),
        in_order("publicity_from", "publicity_until", "decided_on"),
        _grades_descend,
    ),
)  # fmt: skip
class EvaluationScheme(Record):
    """One evaluation: which units, over which period, by which grades.

    Sources: city opinions of 2017, 三(四); county plan of 2019; city notice of 2024, 四(一).
    """

    title: str = text(
        "考核名称", section="考核方案", required=True, searched=True, published=True, listed=18,
        help="如：2026年度政务诚信考核",
    )  # fmt: skip
    organiser_id: Id = link("组织单位", to="unit", required=True, filtered=True, listed=10)
    basis: str = text("依据", searched=True, help="文件名称和文号")
    from_on: date | None = day("考核期起", required=True, filtered=True, listed=7)
    until_on: date | None = day("考核期止", required=True, listed=7)
    unit_ids: tuple[Id, ...] = links("被考核单位", to="unit", required=True)
    previous_id: Id = link("上期考核", to="evaluation_scheme", help="用于与上期对比")
    excellent_from: int | None = number("优秀分数线", section="等次", required=True, help="如：90")
    good_from: int | None = number("良好分数线", required=True, help="如：80")
    passing_from: int | None = number("合格分数线", required=True, help="如：60")
    return_reason: str = long_text("退回理由", section="办理")
    publicity_from: date | None = day("公示开始", published=True)
    publicity_until: date | None = day("公示截止", published=True)
    decided_on: date | None = day("决定日期", published=True)
    decision_document: str = text("决定文号", searched=True, published=True)
    computed_on: date | None = day("计算日期", managed=True)


def _has_its_source(record: Any) -> None:
    if record.source is ScoreSource.COMPUTED:
        require(record, ("formula",))
    elif record.formula is not None:
        raise InvalidInput("formula", _("只有从台账计算的指标才选公式，请清空或改为从台账计算。"))


def _weighs_or_vetoes(record: Any) -> None:
    least = 0 if record.veto else 1
    if not least <= (record.weight or 0) <= WHOLE_WEIGHT:
        raise InvalidInput("weight", _("请填写1至100之间的权重；只作一票否决的可以不填。"))
    if record.full_at is not None and record.full_at == record.zero_at:
        raise InvalidInput("zero_at", _("满分值和零分值不能相同。"))


@record_type(
    "indicator", label="考核指标", title="name", part_of="evaluation_scheme", register=False,
    checks=(_has_its_source, _weighs_or_vetoes),
)  # fmt: skip
class Indicator(Record):
    """One thing a unit is judged by: weighted, with one vote to fail it, or both."""

    evaluation_scheme_id: Id = link(
        "考核评价", to="evaluation_scheme", section="考核指标", required=True
    )
    name: str = text("指标名称", required=True, searched=True, listed=14)
    source: ScoreSource | None = choice("取值来源", ScoreSource, required=True, listed=8)
    formula: Choice | None = choice("公式", FormulaChoice, listed=10, help="从台账计算的必选")
    weight: int | None = number("权重（分）", listed=6, help="各指标权重合计100")
    veto: bool = flag("一票否决", listed=6, help="数值大于否决线时，直接评为不合格")
    veto_above: int | None = number("否决线", help="不填按0：有一件就否决")
    full_at: int | None = number("满分值", help="不填按公式；人工评分按100")
    zero_at: int | None = number("零分值", help="不填按公式；人工评分按0")
    scorer: str = text("评分单位", help="人工和第三方评分的，写明由谁评分，如：社会监督员")


@record_type(
    "evaluation_result", label="考核结果", title="unit_name", part_of="evaluation_scheme",
    register=False,
)  # fmt: skip
class EvaluationResult(Record):
    """How one unit came out; written by the program when the scores are computed."""

    evaluation_scheme_id: Id = link("考核评价", to="evaluation_scheme", managed=True, required=True)
    unit_id: Id = link("单位", to="unit", managed=True, required=True)
    unit_name: str = text("单位名称", managed=True, required=True, listed=14)
    total_hundredths: int | None = number("总分（百分之一分）", managed=True)
    previous_hundredths: int | None = number("上期总分（百分之一分）", managed=True)
    rank: int | None = number("名次", managed=True, listed=4)
    grade: Grade | None = choice("等次", Grade, managed=True, listed=6)
    veto_reason: str = text("一票否决事由", managed=True, listed=14)


@record_type(
    "indicator_score", label="指标得分", title="indicator_name", part_of="evaluation_result",
    register=False,
)  # fmt: skip
class IndicatorScore(Record):
    """How one number of one unit arose, with the records that were counted."""

    evaluation_result_id: Id = link("考核结果", to="evaluation_result", managed=True, required=True)
    indicator_id: Id = link("考核指标", to="indicator", managed=True, required=True)
    indicator_name: str = text("指标名称", managed=True, required=True)
    value_hundredths: int | None = number("数值（百分之一）", managed=True)
    points_hundredths: int | None = number("得分（百分之一分）", managed=True)
    hit_ids: tuple[Id, ...] = links("达标的记录", to=COUNTED_TYPES, managed=True)
    missed_ids: tuple[Id, ...] = links("未达标的记录", to=COUNTED_TYPES, managed=True)
    given_by: str = text("评分人", managed=True)
    note: str = text("评分说明", managed=True)


@record_type(
    "evaluation_objection", label="考核异议", title="reason", part_of="evaluation_scheme",
    register=False, checks=(in_order("received_on", "decided_on"),),
)  # fmt: skip
class EvaluationObjection(Record):
    """A unit's protest during publicity; all are decided before the grades are final."""

    evaluation_scheme_id: Id = link(
        "考核评价", to="evaluation_scheme", section="考核异议", required=True
    )
    unit_id: Id = link("提出单位", to="unit", required=True, listed=12)
    received_on: date | None = day("收到日期", required=True, listed=7)
    reason: str = text("异议理由", required=True, searched=True, listed=16)
    finding: ObjectionFinding | None = choice("处理结论", ObjectionFinding, listed=8)
    finding_note: str = long_text("结论说明")
    decided_on: date | None = day("处理日期")
