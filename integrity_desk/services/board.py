"""What is wrong with a notice while it hangs: something on it may not be shown any more."""

from __future__ import annotations

from integrity_desk.domain.attachments import Attachment, Purpose
from integrity_desk.domain.notices import Notice
from integrity_desk.errors import StepRefused
from integrity_desk.services.notice_items import showable
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _


def board_warning(notice: Notice, reader: Reader) -> str:
    """Return what to do about the sheet on the wall, or that its photo is missing; "" if well."""
    if notice.state != "posted":
        return ""
    for item_id in notice.item_ids:
        try:
            showable(item_id, None, reader)
        except StepRefused as refusal:
            return _("墙上的公示单要处理：{reason}请撤下，或移出后重新打印。").format(
                reason=refusal.sentence
            )
    if reader.find(Attachment, owner_id=notice.id, purpose=Purpose.PHOTO):
        return ""
    return _("还没有公示栏的照片。张贴后拍一张，点“添加公示栏照片”存进来。")
