"""Sealed items: that an envelope came and went on unopened; there is no field for its content."""

from __future__ import annotations

from datetime import date

from integrity_desk.domain.checks import in_order
from integrity_desk.domain.complaints import Channel
from integrity_desk.domain.fields import Choice, Id, choice, day, link, text
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.records import Record, record_type
from integrity_desk.wording import N_

_MARK_LETTERS = 60
"""Room for what stands on an envelope, not for what might lie in it."""


class SealState(Choice):
    """How the seal was when the envelope arrived."""

    INTACT = "intact", "封口完好"
    DAMAGED = "damaged", "封口破损"


_HANDED_ON = N_("密封件已经移交，不能撤销。登记有误的，请用“修改”更正；原件退回的，另行登记收件。")

LIFE = LifeCycle(
    states=(
        State("received", "已收件", "amber"),
        State("handed_over", "已移交", "blue"),
        State("receipted", "已回执", "green", final=True),
    ),
    steps=(
        Step(
            act="hand_over", label="原封移交", of=("received",), to="handed_over",
            needs=("handed_to", "handed_on", "handed_by_id"), binding=_HANDED_ON,
        ),
        Step(
            act="confirm_receipt", label="登记回执", of=("handed_over",), to="receipted",
            needs=("receipt", "receipted_on"),
        ),
    ),
)  # fmt: skip


@record_type(
    "sealed_item", label="密封件", prefix="密", title="envelope_mark", life=LIFE, synced=False,
    handed_out=False, numbered_at="entry",
    checks=(in_order("received_on", "handed_on", "receipted_on"),),
)  # fmt: skip
class SealedItem(Record):
    """A sealed envelope passed on unopened (纪检监察机关处理检举控告工作规则 15).

    It carries no files, stands in no spreadsheet, bundle or search, and has room for a mark only.
    """

    received_on: date | None = day("收件日期", section="收件", required=True, listed=7)
    channel: Channel | None = choice("来源渠道", Channel, required=True, filtered=True, listed=6)
    envelope_mark: str = text(
        "信封标识",
        required=True,
        max_length=_MARK_LETTERS,
        listed=14,
        help="只抄信封上的收件单位、邮编、条码；不拆封，不记内容和寄件人",
    )
    seal: SealState | None = choice("封口情况", SealState, required=True)
    handed_to: str = text(
        "移交单位", section="移交", listed=12, max_length=_MARK_LETTERS, help="如：县纪委监委信访室"
    )
    handed_on: date | None = day("移交日期", listed=7)
    handed_by_id: Id = link("移交人", to="person")
    receipt: str = text("回执编号", section="回执", max_length=_MARK_LETTERS)
    receipted_on: date | None = day("回执日期")
