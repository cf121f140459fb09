"""How a commitment's repayment plan stands today: planned, paid, in arrears, interest owed."""

from __future__ import annotations

from collections.abc import Iterator

from integrity_desk.domain.commitments import Commitment
from integrity_desk.domain.display import yuan
from integrity_desk.domain.instalments import Instalment
from integrity_desk.domain.late_payment import standing
from integrity_desk.domain.records import Record
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import N_, _

REPAYMENT = N_("还款（付款）情况")


def repayment_lines(record: Record, reader: Reader) -> Iterator[tuple[str, str, str]]:
    """Yield (name, label, words); nothing for what has no plan."""
    if not isinstance(record, Commitment):
        return
    plan = reader.find(Instalment, commitment_id=record.id)
    if not plan:
        return
    stands = standing(record, plan, reader.today)
    yield "planned", _("计划金额"), _("{amount}元").format(amount=yuan(stands.planned_fen))
    yield "paid", _("已付"), _("{amount}元").format(amount=yuan(stands.paid_fen))
    if stands.arrears_fen:
        words = _("{amount}元，{late}期逾期").format(
            amount=yuan(stands.arrears_fen), late=stands.late
        )
        yield "arrears", _("拖欠"), words
    if stands.interest_fen:
        words = _("{amount}元，算到{day}（{clause}）").format(
            amount=yuan(stands.interest_fen), day=reader.today, clause=_(stands.clause)
        )
        yield "interest", _("逾期利息"), words
    if stands.next_due is not None:
        yield "next_due", _("下一期应付日"), str(stands.next_due)
