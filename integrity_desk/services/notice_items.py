"""What may stand on a notice: looked up for every way to paper, and before review and posting."""

from __future__ import annotations

from datetime import date

from integrity_desk.domain.fields import Id
from integrity_desk.domain.notices import ABOUT_ANOTHER, GATE, ITEMS, GateAnswer, Notice
from integrity_desk.domain.objections import OPEN_STATES, Objection
from integrity_desk.domain.records import Record, type_of
from integrity_desk.domain.redactions import EVERYWHERE, Redaction
from integrity_desk.domain.sheet_items import why_not_shown
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.guarding import Guarded, guards
from integrity_desk.services.notice_cells import published_words
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _

_TO_THE_PUBLIC = frozenset({"submit", "approve", "post"})

OWN_WORDS = ("title", "lead", "body")
"""The fields of a notice that are printed as they stand."""


def showable(item_id: Id, until: date | None, reader: Reader) -> Record:
    """Return a record that may stand on a sheet now; StepRefused names one that may not."""
    item = reader.load_any(item_id)
    if type_of(item).name not in ITEMS:
        raise StepRefused(
            _("“{title}”不是可以公示的内容，不能列入公示单，请移出。").format(
                title=type_of(item).title_of(item)
            )
        )
    objected = any(each.state in OPEN_STATES for each in reader.find(Objection, record_id=item_id))
    refusal = why_not_shown(item, under_objection=objected, today=reader.today, until=until)
    if refusal:
        raise StepRefused(refusal)
    return item


@guards("notice")
def shows_only_what_may_be_shown(guarded: Guarded[Notice], work: Reader) -> None:
    """Refuse review, approval and posting while an item may not be shown."""
    if guarded.act in _TO_THE_PUBLIC:
        for item_id in guarded.after.item_ids:
            showable(item_id, guarded.after.until_on, work)


@guards("notice")
def redactions_agree_with_the_answers(guarded: Guarded[Notice], work: Reader) -> None:
    """What is redacted says so in the gate, and what is said to be redacted is explained."""
    notice = guarded.after
    if guarded.act not in ("submit", "approve"):
        return
    redactions = work.find(Redaction, notice_id=notice.id)
    for each in redactions:
        name = each.exemption.value if each.exemption else ""
        if getattr(notice, name, None) is not GateAnswer.REDACTED:
            words = _("“{column}”是依这一条遮盖的，请把这一项改为“涉及，已遮盖”。")
            raise InvalidInput(name, words.format(column=each.heading))
    claimed = any(getattr(notice, name) is GateAnswer.REDACTED for name in GATE)
    if claimed and not redactions and not notice.redaction:
        raise InvalidInput(
            "redaction", _("有一项选了“涉及，已遮盖”，请登记遮盖了什么，或写明遮盖内容和理由。")
        )


@guards("notice")
def is_about_another_notice_that_was_printed(guarded: Guarded[Notice], work: Reader) -> None:
    """A correction or revocation names a notice that got its number, and not itself."""
    notice = guarded.after
    if notice.kind not in ABOUT_ANOTHER or not notice.about_id:
        return
    about = work.load(Notice, notice.about_id)
    if about.id == notice.id or not about.number:
        raise InvalidInput(
            "about_id", _("请选择已经批准、有编号的另一份公示；没有批准的直接修改即可。")
        )


@guards("redaction")
def hides_what_is_there(guarded: Guarded[Redaction], work: Reader) -> None:
    """A redaction belongs to a draft, and names a column and words that stand on its sheet."""
    redaction = guarded.after
    notice = work.load(Notice, redaction.notice_id)
    if notice.state != "draft":
        raise StepRefused(_("公示提交审核后不能再改遮盖内容，请先退回修改。"))
    if redaction.item_id and redaction.item_id not in notice.item_ids:
        raise InvalidInput("item_id", _("这一事项不在公示里，请重新选择。"))
    texts = printed_texts(notice, redaction.item_id, work)
    if redaction.heading != EVERYWHERE and redaction.heading not in texts:
        words = _("没有“{column}”这一栏。可以遮盖的有：{columns}。")
        columns = "、".join((*texts, EVERYWHERE))
        raise InvalidInput("heading", words.format(column=redaction.heading, columns=columns))
    within = texts.values() if redaction.heading == EVERYWHERE else (texts[redaction.heading],)
    if redaction.passage and not any(redaction.passage in each for each in within):
        raise InvalidInput("passage", _("原文里没有这段文字，请照原文填写。"))


def printed_texts(notice: Notice, item_id: Id, reader: Reader) -> dict[str, str]:
    """Return column -> words of what an item, or the notice itself, may print; empty ones not."""
    if not item_id:
        declared = type_of(notice)
        own = {declared.field(name).label: getattr(notice, name) for name in OWN_WORDS}
        return {label: words for label, words in own.items() if words}
    return published_words(reader.load_any(item_id), reader)
