"""Public servants, and what their files hold besides integrity records."""

from __future__ import annotations

from datetime import date

from integrity_desk.domain.checks import explained, in_order
from integrity_desk.domain.fields import (
    Choice,
    Id,
    choice,
    citizen_id,
    day,
    link,
    links,
    long_text,
    number,
    phone,
    text,
)
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.records import Record, record_type
from integrity_desk.wording import N_


class PersonKind(Choice):
    """Under which rules a public servant serves."""

    CIVIL_SERVANT = "civil_servant", "公务员"
    REFERENCE_MANAGED = "reference_managed", "参公管理人员"
    INSTITUTION_STAFF = "institution_staff", "事业单位人员"
    VILLAGE_CADRE = "village_cadre", "村（居）干部"
    ENTERPRISE_MANAGER = "enterprise_manager", "国有企业管理人员"
    CONTRACT_STAFF = "contract_staff", "编外聘用人员"
    OTHER = "other", "其他"


class AssessmentGrade(Choice):
    """Outcome of the yearly assessment (年度考核)."""

    EXCELLENT = "excellent", "优秀"
    COMPETENT = "competent", "称职（合格）"
    BARELY_COMPETENT = "barely_competent", "基本称职（基本合格）"
    INCOMPETENT = "incompetent", "不称职（不合格）"
    UNGRADED = "ungraded", "不确定等次"


class ReportCheck(Choice):
    """Outcome of checking a personal-matters report."""

    NOT_CHECKED = "not_checked", "未抽查"
    TRUTHFUL = "truthful", "如实报告"
    OMITTED = "omitted", "漏报"
    CONCEALED = "concealed", "瞒报"


_MOVED = N_("调整任职已写入任职经历，不能撤销。有误的，请用“修改”和任职经历更正。")
_GONE = ("transferred", "retired", "departed")

LIFE = LifeCycle(
    states=(
        State("in_post", "在职", "green"),
        State("transferred", "已调出", "grey"),
        State("retired", "已退休", "grey"),
        State("departed", "已离职", "grey"),
        State("merged", "已并入", "grey", final=True),
    ),
    steps=(
        Step(
            act="transfer", label="调出", of=("in_post",), to="transferred",
            needs=("left_on", "left_to"),
        ),
        Step(act="retire", label="退休", of=("in_post",), to="retired", needs=("left_on",)),
        Step(
            act="depart", label="离职", of=("in_post",), to="departed", needs=("left_on",),
            asks=("left_to",),
        ),
        Step(
            act="rejoin", label="恢复在职", of=_GONE, to="in_post", needs=("unit_id",),
            asks=("post", "rank", "started_on", "appointed_by"), clears=("left_on", "left_to"),
            anew=True,
        ),
        Step(
            act="move", label="调整任职", of=("in_post",), to="in_post",
            needs=("unit_id", "post", "started_on"), asks=("rank", "appointed_by"),
            anew=True, binding=_MOVED,
        ),
        Step(
            act="merge", label="并入他人", of=("in_post", *_GONE), to="merged",
            permission="approve", needs=("merged_into_id", "merge_reason"),
        ),
        Step(
            act="split", label="撤销并入", of=("merged",), to="in_post", permission="approve",
            clears=("merged_into_id", "merge_reason"),
        ),
        Step(  # not offered by itself: ``services/person_dividing`` takes it in whatever state
            act="divide", label="拆分登记", of=(), to="in_post", permission="approve",
            asks=("divided_from_id", "divided_into_ids", "divide_reason"),
        ),
    ),
)  # fmt: skip


@record_type(
    "person", label="公务人员", title="name", life=LIFE,
    checks=(in_order("started_on", "left_on"), explained("citizen_id", "citizen_id_note")),
)  # fmt: skip
class Person(Record):
    """A public servant, subject of an integrity file (公务人员诚信档案).

    Source: county plan of 2019, 二(二)2. Leaving office ends nothing: the file and the duties
    recorded by stage stay with the person.
    """

    name: str = text(
        "姓名", section="基本信息", required=True, searched=True, published=True, listed=6
    )
    citizen_id: str = citizen_id("公民身份号码", searched=True, listed=11)
    citizen_id_note: str = text(
        "号码核对说明", help="号码通不过校验而证件确实如此的，写明依据，如：与处分决定书原件一致"
    )
    kind: PersonKind | None = choice("人员类别", PersonKind, required=True, filtered=True, listed=8)
    unit_id: Id = link(
        "所在单位",
        to="unit",
        section="任职",
        required=True,
        filtered=True,
        published=True,
        listed=12,
    )
    post: str = text("职务", searched=True, published=True, listed=8)
    rank: str = text("职级", help="如：四级主任科员；没有的不填")
    started_on: date | None = day("任现职日期")
    appointed_by: str = text("任职文号", help="如：示人字〔2026〕1号")
    phone: str = phone("联系电话", searched=True)
    left_on: date | None = day("离任日期", section="离任")
    left_to: str = text("去向")
    merged_into_id: Id = link(
        "并入", to="person", section="并入", help="同一人登记了两次的，选保留的那一份"
    )
    merge_reason: str = long_text("并入依据", help="写明凭什么认定为同一人，如：身份证号码一致")
    divided_from_id: Id = link("拆分自", to="person", section="拆分")
    divided_into_ids: tuple[Id, ...] = links("拆分出", to="person")
    divide_reason: str = long_text(
        "拆分依据", help="写明凭什么认定为两个人，如：两份处分决定书的身份证号码不同"
    )


@record_type(
    "post_history", label="任职经历", title="post", part_of="person", register=False,
    checks=(in_order("from_on", "until_on"),),
)  # fmt: skip
class PostHistory(Record):
    """One post a person held, so that promises of that time find who answered for them."""

    person_id: Id = link("公务人员", to="person", section="任职经历", required=True)
    unit_id: Id = link("单位", to="unit", listed=12)
    post: str = text("职务", required=True, listed=10)
    rank: str = text("职级", listed=8)
    from_on: date | None = day("任职日期", required=True, listed=7)
    until_on: date | None = day("免职日期", listed=7)
    basis: str = text("任免文号", help="如：示人字〔2026〕1号")


@record_type("annual_assessment", label="年度考核", title="year", part_of="person", register=False)
class AnnualAssessment(Record):
    """One year's assessment, part of a person's file (city opinions of 2017, 三(四))."""

    person_id: Id = link("公务人员", to="person", section="年度考核", required=True)
    year: int | None = number("考核年度", required=True, listed=6)
    grade: AssessmentGrade | None = choice("考核等次", AssessmentGrade, required=True, listed=12)
    organ: str = text("考核单位", listed=14)
    note: str = long_text("说明", help="因失信记录不得评优的，注明记录编号")


@record_type(
    "personal_matters_report", label="个人事项报告", title="year", part_of="person", register=False
)
class PersonalMattersReport(Record):
    """That a report was made and how its check came out; never what was reported."""

    person_id: Id = link("公务人员", to="person", section="个人事项报告", required=True)
    year: int | None = number("报告年度", required=True, listed=6)
    reported_on: date | None = day("报告日期", listed=7)
    check_result: ReportCheck | None = choice("查核结果", ReportCheck, required=True, listed=8)
    handling: str = long_text("处理情况", help="只写处理结论，不写报告内容")
