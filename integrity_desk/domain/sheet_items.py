"""Whether a record may stand on a public sheet now: one decision for every way to paper.

Sources: city opinions of 2017, 三(六) (objections), 三(七) (repairs); 信用修复管理办法.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from integrity_desk.domain.integrity_files import ENDED, IntegrityRecord
from integrity_desk.domain.integrity_terms import PublicationPeriod, publication_period
from integrity_desk.domain.publication import Publication
from integrity_desk.domain.records import Record, type_of
from integrity_desk.wording import _

_NOT_SHOWN = {
    "integrity_record": frozenset({*ENDED, "revoked", "corrected"}),
    "commitment": frozenset({"withdrawn"}),
    "question": frozenset({"declined", "merged"}),
}
"""Type -> states in which its records have left the public's eye."""


def why_not_shown(item: Record, *, under_objection: bool, today: date, until: date | None) -> str:
    """Return why a record may not stand on a sheet until ``until``, as a sentence; "" if it may."""
    declared = type_of(item)
    named = {"title": declared.title_of(item)}
    if _is_private(item) or getattr(item, "publication", None) is Publication.WITHHOLD:
        words = _("“{title}”尚未登记或已决定不公示，不能列入公示单，请移出后再提交。")
    elif item.state in _NOT_SHOWN.get(declared.name, ()):
        words = _("“{title}”现为“{state}”，不能再列入公示单，请移出。")
        named["state"] = _(declared.life.state(item.state).label) if declared.life else ""
    elif (kept_back := _never_published(item)) is not None:
        words = _("“{title}”属{name}，按规定不公示（{clause}），请移出。")
        named |= {"name": _(kept_back.name), "clause": _(kept_back.clause)}
    elif under_objection:
        words = _("“{title}”正在异议核实期间，结论作出之前不能列入公示单，请先移出。")
    elif (last := _last_day(item)) is not None and last < today:
        words = _("“{title}”的公示期限到{day}为止，已经届满，不能再列入公示单，请移出。")
        named["day"] = last.isoformat()
    elif last is not None and until is not None and last < until:
        words = _("“{title}”只能公示到{day}，请把公示截止日期改到这一天或更早。")
        named["day"] = last.isoformat()
    else:
        return ""
    return words.format(**named)


def _is_private(item: Record) -> bool:
    life = type_of(item).life
    return life is not None and life.state(item.state).private


def _never_published(item: Record) -> PublicationPeriod | None:
    """Return the rule by which a record of this severity is published to nobody."""
    if not isinstance(item, IntegrityRecord):
        return None
    period = publication_period(item)
    return period if period is not None and not period.published else None


def _last_day(item: Any) -> date | None:
    """The day on which a record ends, or its publication, whichever is earlier."""
    days = (getattr(item, name, None) for name in ("expires_on", "published_until"))
    return min((each for each in days if each is not None), default=None)
