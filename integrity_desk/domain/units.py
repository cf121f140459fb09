"""Units: whoever makes promises and carries an integrity file, villages included."""

from __future__ import annotations

from datetime import date

from integrity_desk.domain.checks import explained
from integrity_desk.domain.fields import Choice, Id, choice, credit_code, day, link, phone, text
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.records import Record, record_type


class UnitKind(Choice):
    """What a unit is; village and residents' committees count while doing government work."""

    GOVERNMENT = "government", "政府机构"
    TOWNSHIP = "township", "乡镇人民政府"
    SUBDISTRICT = "subdistrict", "街道办事处"
    ZONE = "zone", "开发区（园区）管委会"
    INSTITUTION = "institution", "事业单位"
    VILLAGE_COMMITTEE = "village_committee", "村民委员会"
    RESIDENTS_COMMITTEE = "residents_committee", "居民委员会"
    STATE_ENTERPRISE = "state_enterprise", "国有企业"
    OTHER = "other", "其他组织"


LIFE = LifeCycle(
    states=(State("active", "在用", "green"), State("closed", "已停用", "grey")),
    steps=(
        Step(
            act="close", label="停用", of=("active",), to="closed", permission="administer",
            needs=("closed_on",), asks=("successor_id",),
        ),
        Step(
            act="restore", label="恢复使用", of=("closed",), to="active",
            permission="administer",
        ),
    ),
)  # fmt: skip


@record_type(
    "unit", label="单位", title="name", life=LIFE,
    checks=(explained("credit_code", "credit_code_note"),),
)  # fmt: skip
class Unit(Record):
    """A government body, institution or grassroots committee (政府机构诚信档案 subject).

    Source: county plan of 2019, 二(三)1: departments, institutions, village and residents'
    committees. A closed unit names who takes over its duties, so that old promises keep an owner.
    """

    name: str = text(
        "单位名称",
        section="单位信息",
        required=True,
        searched=True,
        published=True,
        listed=18,
        help="填写印章上的全称",
    )
    short_name: str = text("简称", searched=True, listed=8)
    kind: UnitKind | None = choice(
        "单位类别", UnitKind, required=True, filtered=True, published=True, listed=8
    )
    credit_code: str = credit_code("统一社会信用代码", searched=True, published=True)
    credit_code_note: str = text("代码核对说明", help="代码通不过校验而证书确实如此的，写明依据")
    parent_id: Id = link("主管单位", to="unit", filtered=True, help="上级或主管部门，没有的不填")
    principal: str = text(
        "主要负责人",
        section="联系方式",
        searched=True,
        published=True,
        listed=6,
        help="单位政务诚信建设第一责任人",
    )
    contact: str = text("联系人", published=True)
    phone: str = phone("联系电话", sensitive=False, published=True, listed=9, help="办公电话")
    address: str = text("地址", published=True)
    closed_on: date | None = day("停用日期", section="停用")
    successor_id: Id = link("职责承继单位", to="unit", help="撤并后由谁继续履行原单位的承诺和合同")
