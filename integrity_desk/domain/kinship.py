"""Who is near to a public servant, so that no case about one lands with the other."""

from __future__ import annotations

from integrity_desk.domain.fields import Choice, Id, choice, flag, link, text
from integrity_desk.domain.records import Record, record_type


class Nearness(Choice):
    """How two people are near (公务员回避规定 5, 11)."""

    SPOUSE = "spouse", "夫妻"
    DIRECT = "direct", "直系血亲"
    COLLATERAL = "collateral", "三代以内旁系血亲"
    IN_LAW = "in_law", "近姻亲"
    INTEREST = "interest", "其他利害关系"


@record_type(
    "kinship", label="回避关系", title="related_id", part_of="person", register=False,
    synced=False,
)  # fmt: skip
class Kinship(Record):
    """A tie between two public servants; it holds both ways and never leaves the desk.

    With ``withdraws`` neither handles a case about the other. It holds no more than the tie:
    who is related to whom is private to them (个人信息保护法 6).
    """

    person_id: Id = link("公务人员", to="person", section="回避关系", required=True)
    related_id: Id = link("亲属或利害关系人", to="person", required=True, listed=10)
    nearness: Nearness | None = choice("关系", Nearness, required=True, listed=8)
    withdraws: bool = flag("须回避", listed=5)
    note: str = text("依据", help="如：本人申报、组织认定", listed=10)
