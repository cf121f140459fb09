"""From an evaluation to the notice board: honour roll, exposure list, and the results of all.

What is written here is a draft of a notice; it passes the gate and a second person as any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from integrity_desk.domain.evaluation import EvaluationScheme, Grade
from integrity_desk.domain.fields import Id
from integrity_desk.domain.notices import WAS_PUBLIC, Notice, NoticeKind
from integrity_desk.errors import StepRefused
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.notice_drafts import SuggestNotice, suggest_notice
from integrity_desk.services.records import enter_record
from integrity_desk.services.score_sheet import (
    ScoreSheet,
    ShowScoreSheet,
    UnitLine,
    show_score_sheet,
)
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import N_, _, in_chinese

ROLLS: dict[NoticeKind, str] = {
    NoticeKind.EVALUATION: N_("考评公示草稿"),
    NoticeKind.HONOUR_ROLL: N_("光荣榜草稿"),
    NoticeKind.EXPOSURE_LIST: N_("曝光台草稿"),
}
"""The notices an evaluation leads to, with the words of the button."""

_READY = {
    NoticeKind.EVALUATION: ("computed", "publicity", "objections", "final"),
    NoticeKind.HONOUR_ROLL: ("final",),
    NoticeKind.EXPOSURE_LIST: ("final",),
}
"""Results are announced for objection once computed; best and worst only when they are final."""

_WORKED_ON = frozenset({"draft", "in_review", "approved"})


@dataclass(frozen=True, kw_only=True)
class SuggestRoll(Question["dict[str, Any]"]):
    """Plain values of a notice that announces who came out best, who failed, or everybody."""

    scheme_id: Id
    kind: NoticeKind


@dataclass(frozen=True, kw_only=True)
class DraftRoll(Command["Drafted"]):
    """Write that notice down as a draft: one act; one that tells these results stays alone."""

    scheme_id: Id
    kind: NoticeKind


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """The notice, whether it was written now, and how many results it tells otherwise."""

    notice_id: Id
    fresh: bool
    outdated: int = 0

    def told(self) -> str:
        """Say so in a sentence."""
        if self.fresh:
            return _("已生成公示草稿，核对后提交审核。")
        if self.outdated:
            return _(
                "这次考核已有公示，其中{count}个单位的结果与得分表不同，请核对后修改。"
            ).format(count=self.outdated)
        return _("这次考核已有公示，没有重复生成。")


def rolls_of(state: str) -> tuple[NoticeKind, ...]:
    """Return the kinds of notice that may be drafted from an evaluation in this state."""
    return tuple(kind for kind in ROLLS if state in _READY[kind])


@answers(SuggestRoll)
def suggest_roll(question: SuggestRoll, reader: Reader) -> dict[str, Any]:
    """Write the notice from the results; StepRefused when there is nobody to put on it."""
    sheet = show_score_sheet(ShowScoreSheet(scheme_id=question.scheme_id), reader)
    if question.kind not in rolls_of(sheet.scheme.state):
        raise StepRefused(_("考核结果确定等次后，才能生成光荣榜和曝光台。"))
    chosen = [line for line in sheet.lines if _CHOOSES[question.kind](line)]
    if not chosen:
        raise StepRefused(_("没有符合条件的单位，不必生成。"))
    asked = SuggestNotice(kind=question.kind, issuer_id=sheet.scheme.organiser_id)
    told = suggest_notice(asked, reader)
    with in_chinese():
        values = {
            "kind": question.kind.value,
            "title": _(_TITLES[question.kind]).format(name=sheet.scheme.title),
            "lead": _lead(sheet, question.kind),
            "body": "\n".join(_sentence(line, question.kind, sheet) for line in chosen),
            "issuer_id": sheet.scheme.organiser_id,
            "concerns_id": sheet.scheme.id,
            "from_on": told.from_on.isoformat(),
            "until_on": told.until_on.isoformat(),
            "place": told.place,
            "contact": told.contact,
            "phone": told.phone,
        }
    return {name: value for name, value in values.items() if value}


@performs(DraftRoll)
def draft_roll(command: DraftRoll, work: UnitOfWork) -> Drafted:
    """Enter what was suggested; the gate and the second person follow as for any notice.

    What is still worked on is gone on with; what hung stays unless other results came of it.
    """
    asked = SuggestRoll(scheme_id=command.scheme_id, kind=command.kind)
    values = suggest_roll(asked, work)
    for each in reversed(work.find(Notice, concerns_id=command.scheme_id, kind=command.kind)):
        outdated = sum(line not in each.body for line in values["body"].splitlines())
        if each.state in _WORKED_ON or (each.state in WAS_PUBLIC and not outdated):
            return Drafted(notice_id=each.id, fresh=False, outdated=outdated)
    return Drafted(notice_id=enter_record("notice", values, work).id, fresh=True)


_CHOOSES: dict[NoticeKind, Callable[[UnitLine], bool]] = {
    NoticeKind.EVALUATION: lambda line: line.grade is not None,
    NoticeKind.HONOUR_ROLL: lambda line: line.grade is Grade.EXCELLENT,
    NoticeKind.EXPOSURE_LIST: lambda line: line.grade is Grade.FAILING,
}

_TITLES = {
    NoticeKind.EVALUATION: N_("{name}结果公示"),
    NoticeKind.HONOUR_ROLL: N_("{name}光荣榜"),
    NoticeKind.EXPOSURE_LIST: N_("{name}曝光台"),
}


def _lead(sheet: ScoreSheet, kind: NoticeKind) -> str:
    scheme = sheet.scheme
    if kind is NoticeKind.EVALUATION:
        sentence = _("根据{basis}，对{count}个单位开展了{name}，现将结果予以公示。")
    else:
        sentence = _("根据{basis}，对{count}个单位开展了{name}，现将有关单位予以公布。")
    return sentence.format(basis=_basis(scheme), count=len(sheet.lines), name=scheme.title)


def _basis(scheme: EvaluationScheme) -> str:
    return scheme.decision_document or scheme.basis or _("政务诚信建设有关规定")


def _sentence(line: UnitLine, kind: NoticeKind, sheet: ScoreSheet) -> str:
    grade = _(line.grade.label) if line.grade else ""
    if line.veto_reason:
        return _("{unit}：{grade}（一票否决：{reason}）").format(
            unit=line.unit, grade=grade, reason=line.veto_reason
        )
    sentence = _("第{rank}名　{unit}：{total}分，{grade}")
    return sentence.format(rank=line.rank, unit=line.unit, total=line.total, grade=grade)
