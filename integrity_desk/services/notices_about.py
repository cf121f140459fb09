"""Correction and revocation notices: what they do to the notice they are about.

Source: 行政处罚法 48 (a published decision that is changed or revoked is taken back, and why).
"""

from __future__ import annotations

from collections.abc import Iterator

from integrity_desk.domain.notices import ABOUT_ANOTHER, WAS_PUBLIC, Notice, NoticeKind
from integrity_desk.domain.records import type_of
from integrity_desk.services.following import follows
from integrity_desk.services.records import move
from integrity_desk.services.suggestions import Suggestion, suggests
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import N_, _, in_chinese

_HANGS = frozenset({"approved", "posted"})


@follows("notice", "post")
def withdraw_what_is_revoked(notice: Notice, work: UnitOfWork) -> None:
    """A posted revocation ends the notice it is about, in the same act.

    One that concerns a single record leaves a notice standing that shows others too; it is
    printed anew without that record, which can be on no sheet any more.
    """
    if notice.kind is not NoticeKind.REVOCATION:
        return
    about = work.load(Notice, notice.about_id)
    others = notice.concerns_id and set(about.item_ids) - {notice.concerns_id}
    if others or about.state not in _HANGS:
        return
    with in_chinese():
        why = _("已由撤销公告“{number}”撤销。").format(number=notice.number)
    given = {"withdrawal_reason": why, "taken_down_on": work.today.isoformat()}
    move(about, "withdraw", given, work)


def about_it(notice: Notice, reader: Reader) -> Notice | None:
    """Return the newest correction or revocation of a notice that hung; None without one."""
    found = [
        each
        for each in reader.find(Notice, about_id=notice.id)
        if each.kind in ABOUT_ANOTHER and each.state in WAS_PUBLIC
    ]
    return max(found, key=lambda each: each.id, default=None)


def standing_sentence(standing: str, when: str, about: Notice | None) -> str:
    """Return what is told of a genuine sheet that was printed at ``when``."""
    told = {"when": when, "number": about.number if about is not None else ""}
    if about is not None and standing in ("superseded", "withdrawn"):
        corrected = about.kind is NoticeKind.CORRECTION
        words = (
            _("此单属实（{when}打印），但已由更正公告“{number}”更正，请以更正公告为准。")
            if corrected
            else _("此单属实（{when}打印），但已由撤销公告“{number}”撤销，应当撤下。")
        )
        return words.format(**told)
    sentences = {
        "withdrawn": _("此单属实（{when}打印），但该公示已撤销，应当撤下。"),
        "taken_down": _("此单属实（{when}打印），公示期已结束并已撤下。"),
        "superseded": _("此单属实（{when}打印），但已有新版本，请以新版为准。"),
        "current": _("此单属实，是现行有效的版本（{when}打印）。"),
    }
    return sentences[standing].format(**told)


@suggests("notice")
def after_it_hung(notice: Notice, reader: Reader) -> Iterator[Suggestion]:
    """A notice that hangs or hung offers its correction and its revocation."""
    if notice.state not in WAS_PUBLIC or notice.kind in ABOUT_ANOTHER:
        return
    with in_chinese():
        offers = (
            ("correction", N_("拟更正公告"), _("关于更正“{title}”的公告")),
            ("revocation", N_("拟撤销公告"), _("关于撤销“{title}”的公告")),
        )
    for code, label, title in offers:
        yield Suggestion(
            code=code, type="notice", label=label, known_by=("about_id",),
            values={
                "kind": code, "about_id": notice.id, "issuer_id": notice.issuer_id,
                "title": title.format(title=type_of(notice).title_of(notice)),
                "place": notice.place, "contact": notice.contact, "phone": notice.phone,
            },
        )  # fmt: skip
