"""The sentences every notice ends with, whatever its paper."""

from __future__ import annotations

import re

from integrity_desk.domain.display import long_day
from integrity_desk.domain.redactions import MARK
from integrity_desk.domain.sheets import NoticeSheet
from integrity_desk.wording import _


def period_sentence(sheet: NoticeSheet) -> str:
    """Return when and where the notice stands."""
    return _("公示期：{begin}至{end}。公示地点：{place}。").format(
        begin=long_day(sheet.posted_from), end=long_day(sheet.posted_until), place=sheet.place
    )


def withheld_sentence(sheet: NoticeSheet) -> str:
    """Return what the bars on the sheet stand for; "" when nothing is left out."""
    if not sheet.withheld:
        return ""
    return _("{mark}处依照《中华人民共和国政府信息公开条例》不予公开：{grounds}。").format(
        mark=MARK, grounds=_("；").join(sheet.withheld)
    )


def objection_sentence(sheet: NoticeSheet) -> str:
    """Return how to object, and to whom."""
    return _(
        "公民、法人和其他组织对公示内容有异议的，请在公示期内以书面或者口头形式向{contact}反映。"
        "受理电话：{phone}。"
    ).format(contact=sheet.contact, phone=sheet.phone)


def is_heading(paragraph: str) -> bool:
    """Whether a lead paragraph is a section heading (一、…), which is set in Hei."""
    return _HEADING.fullmatch(paragraph.strip()) is not None


_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、[^。；]{1,40}")
