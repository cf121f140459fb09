"""What stands in a case file (卷宗): the records of a case, their papers and their attachments.

Private values are masked as on every paper. Who complained, and what is attached to that, comes
in only for those who may see it, and then marked so; notices are the sheets as they were printed,
with what was redacted left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from integrity_desk.domain.attachments import Attachment
from integrity_desk.domain.case_files import (
    FOLLOWED,
    CaseFile,
    Chapter,
    Enclosure,
    Opened,
    Piece,
    Printed,
    Sheet,
)
from integrity_desk.domain.complaints import Complaint
from integrity_desk.domain.display import local_minute
from integrity_desk.domain.letters import WrittenLetter
from integrity_desk.domain.notices import Notice, PrintedSheet
from integrity_desk.domain.records import Record, type_named, type_of
from integrity_desk.domain.reporters import Reporter
from integrity_desk.domain.reports import Lines, Section, Table
from integrity_desk.domain.sheets import Align, Column, Paper, Row
from integrity_desk.errors import InvalidInput, NotPermitted
from integrity_desk.services.chains import neighbours
from integrity_desk.services.credit_reports import issuer_of, lines_of
from integrity_desk.services.letter_content import files_of
from integrity_desk.services.record_view import OpenRecord, Part, RecordView, open_record
from integrity_desk.services.visibility import may_see
from integrity_desk.storage import attachments, records
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _


def case_file(root: Record, reader: Reader, *, with_reporter: bool = False) -> CaseFile:
    """Return the case file about a record; InvalidInput for one that makes no case."""
    _require_case(root)
    view = open_record(OpenRecord(id=root.id), reader)
    case = case_of(root, reader)
    return CaseFile(
        title=_("{type}卷宗").format(type=_(type_of(root).label)),
        subject=view.title,
        number=root.number,
        issuer=issuer_of(reader),
        made_on=reader.today,
        lines=tuple(_cover_lines(root, view, case, reader)),
        note=_note(with_reporter=with_reporter),
        chapters=tuple(
            Chapter(
                heading=_heading(each),
                pieces=tuple(_pieces(each, reader, with_reporter=with_reporter)),
            )
            for each in case
        ),
        footer=_("{desk}　{name}打印　{day}").format(
            desk=reader.desk_name, name=reader.actor.name, day=reader.today
        ),
    )


def case_of(root: Record, reader: Reader) -> list[Record]:
    """Return the record and all that came of it, one step after another, oldest first."""
    found, waiting = {root.id: root}, [root]
    while waiting:
        record = waiting.pop(0)
        further = [
            each
            for each in neighbours(record, reader)
            if type_of(each).name in FOLLOWED[type_of(record).name]
            and each.id not in found
            and may_see(each, reader)
            and not _private(each)
        ]
        for each in sorted(further, key=lambda each: each.id):
            found[each.id] = each
            waiting.append(each)
    return list(found.values())


def reporters_of(case: Iterable[Record], reader: Reader) -> list[Reporter]:
    """Return who complained in a case; NotPermitted unless this account may see them all."""
    found = [
        reporter
        for each in case
        if isinstance(each, Complaint)
        for reporter in reader.find(Reporter, complaint_id=each.id)
    ]
    if not all(may_see(each, reader) for each in found):
        raise NotPermitted(_("投诉举报人信息只对本件经办人和复核员开放。"))
    return found


def _require_case(root: Record) -> None:
    declared = type_of(root)
    if declared.name not in FOLLOWED:
        raise InvalidInput("", _("“{type}”不立卷宗。").format(type=_(declared.label)))
    if _private(root):
        raise InvalidInput("", _("草稿和待复核的登记还不能立卷，请先提交、复核。"))


def _private(record: Record) -> bool:
    life = type_of(record).life
    return life is not None and life.state(record.state).private


def _note(*, with_reporter: bool) -> str:
    if with_reporter:
        return _(
            "本卷含投诉举报人信息，须由专人保管，不得复制、转借，"
            "不得透露或者转给被投诉举报的单位和个人（《信访工作条例》第三十条）。"
        )
    return _("本卷供单位内部办理和归档使用。投诉举报人信息不入卷，身份证号、电话等隐私内容已遮盖。")


def _heading(record: Record) -> str:
    parts = (_(type_of(record).label), record.number or type_of(record).title_of(record))
    return "　".join(parts)


_ON_THE_COVER = (
    "unit_id", "subject_id", "about_unit_id", "handler_unit_id", "handler_id", "lead_unit_id",
    "received_on", "made_on", "decided_on", "accepted_on", "answered_on", "closed_on",
)  # fmt: skip
"""Fields told on the cover, where a record has them."""


def _cover_lines(
    root: Record, view: RecordView, case: list[Record], reader: Reader
) -> Iterator[tuple[str, str]]:
    declared = type_of(root)
    shown = [name for name in _ON_THE_COVER if declared.has(name)]
    yield from lines_of(root, shown, reader).items
    yield _("当前状态"), _(view.state_label)
    if others := [each.number or _heading(each) for each in case[1:]]:
        yield _("并卷"), _("、").join(others)
    yield _("立卷日期"), str(reader.today)


def _pieces(record: Record, reader: Reader, *, with_reporter: bool) -> Iterator[Piece]:
    view = open_record(OpenRecord(id=record.id), reader)
    by = issuer_of(reader)
    label = _(type_of(record).label)
    yield Sheet(
        title=_("{type}登记表").format(type=label), number=record.number, by=by,
        day=_day_of(record), sections=tuple(_record_sections(view)),
    )  # fmt: skip
    yield Sheet(
        title=_("{type}办理经过").format(type=label), number=record.number, by=by,
        day=view.history[0].at.date().isoformat() if view.history else "",
        sections=(Section(blocks=(_steps(view),)),),
    )  # fmt: skip
    yield from _letters(record, by, reader)
    yield from _enclosures(files_of(record, reader), reader)
    for notice in _notices(record, reader):
        yield from _sheets(notice, by, reader)
        yield from _enclosures(files_of(notice, reader), reader)
    if with_reporter and isinstance(record, Complaint):
        for reporter in reader.find(Reporter, complaint_id=record.id):
            yield from _reporter(reporter, record, by, reader)


def _record_sections(view: RecordView) -> Iterator[Section]:
    if view.state_label:
        state = Lines(items=((_("状态"), _(view.state_label)),))
        yield Section(blocks=(state,))
    for heading, lines in view.sections:
        items = tuple((_(line.label), line.words) for line in lines)
        yield Section(heading=_(heading), level=1, blocks=(Lines(items=items),))
    for part in view.parts:
        if part.rows and not type_named(part.type).restricted:
            yield Section(heading=_(part.label), level=1, blocks=(_part_table(part),))


def _part_table(part: Part) -> Table:
    listed = type_named(part.type).listed_fields
    widths = [field.listed for field in listed] or [8] * len(part.heads)
    columns = tuple(
        Column(heading=_(head), width=max(4, width))
        for head, width in zip(part.heads, widths, strict=True)
    )
    return Table(columns=columns, rows=tuple(Row(cells=row.cells) for row in part.rows))


def _steps(view: RecordView) -> Table:
    """Every change, oldest first; what was entered at first stands on the record's own sheet."""
    columns = (
        Column(heading=_("时间"), width=2.6, align=Align.CENTER),
        Column(heading=_("事项"), width=2.4, align=Align.CENTER),
        Column(heading=_("办理人"), width=2.6, align=Align.CENTER),
        Column(heading=_("内容"), width=8.4),
    )
    rows = []
    for at, each in enumerate(reversed(view.history)):
        told = each.changes if at else ()
        said = _("；").join(f"{_(change.label)}：{change.words}" for change in told)
        rows.append(Row(cells=(local_minute(each.at), _(each.act), each.by, said)))
    return Table(columns=columns, rows=tuple(rows), empty=_("还没有记载。"))


def _letters(record: Record, by: str, reader: Reader) -> Iterator[Printed]:
    """Every version that went out; the program's own lists of contents are left out."""
    for each in reader.find(WrittenLetter, record_id=record.id):
        if each.template == _CONTENTS:
            continue
        name = _("{title}　{place}").format(
            title=each.title, place=record.number or type_of(record).title_of(record)
        )
        yield Printed(
            title=_versioned(each.title, each.version), number=each.number, by=by,
            day=str(each.issued_on or ""), content=_content(each.sha256, reader),
            sha256=each.sha256, only=name if (each.together or 1) > 1 else "",
        )  # fmt: skip


_CONTENTS = "contents"


def _versioned(title: str, version: int | None) -> str:
    if not version or version == 1:
        return title
    return _("{title}（第{version}版）").format(title=title, version=version)


def _notices(record: Record, reader: Reader) -> list[Notice]:
    """Return the notices that showed a record, answered it, or put it right."""
    answering = getattr(record, "notice_id", "")
    return [
        each
        for each in reader.find(Notice)
        if record.id in (*each.item_ids, each.concerns_id) or each.id == answering
    ]


def _sheets(notice: Notice, by: str, reader: Reader) -> Iterator[Printed]:
    """The newest version as it was printed, on A4 if it was."""
    printed = reader.find(PrintedSheet, notice_id=notice.id)
    newest = max((each.version or 0 for each in printed), default=0)
    shown = [each for each in printed if each.version == newest]
    if shown:
        sheet = min(shown, key=lambda each: (each.paper is not Paper.A4, each.id))
        yield Printed(
            title=_versioned(type_of(notice).title_of(notice), sheet.version),
            number=notice.number, by=by, day=str(notice.from_on or ""),
            content=_content(sheet.sha256, reader), sha256=sheet.sha256,
        )  # fmt: skip


def _reporter(reporter: Reporter, record: Record, by: str, reader: Reader) -> Iterator[Piece]:
    fields = [field.name for field in type_of(reporter).typed_fields if not field.is_link]
    told = lines_of(reporter, fields, reader, masked=False)
    yield Sheet(
        title=_("投诉举报人信息（严格保密）"), number=record.number, by=by, day=_day_of(reporter),
        sections=(Section(blocks=(told,)),),
    )  # fmt: skip
    yield from _enclosures(reader.find(Attachment, owner_id=reporter.id), reader)


def _enclosures(files: Iterable[Attachment], reader: Reader) -> Iterator[Enclosure]:
    for file in files:
        owner = reader.load_any(file.owner_id)
        declared = type_of(owner)
        names = records.titles(reader.database, (file.entered_by,))
        by = names.get(file.entered_by, "")
        when = local_minute(file.entered_at) if file.entered_at else ""
        yield Enclosure(
            title=file.file_name, by=by, day=_day_of(file), content=_content(file.sha256, reader),
            sha256=file.sha256,
            facts=(
                (_("所属登记"), f"{_(declared.label)}　{declared.title_of(owner)}"),
                *lines_of(file, ("purpose", "note"), reader).items,
                (_("大小"), _size(file.size_bytes or 0)),
                (_("登记"), "　".join(filter(None, (by, when)))),
                (_("文件摘要"), f"SHA-256 {_grouped(file.sha256)}"),
            ),
        )  # fmt: skip


def _grouped(digest: str) -> str:
    return " ".join(digest[at : at + 16] for at in range(0, len(digest), 16))


def _size(size: int) -> str:
    if size < 1 << 10:
        return _("{bytes}字节").format(bytes=size)
    shown = f"{size / (1 << 20):.1f} MB" if size >= 1 << 20 else f"{size / (1 << 10):.1f} KB"
    return _("{shown}（{bytes}字节）").format(shown=shown, bytes=f"{size:,}")


def _content(sha256: str, reader: Reader) -> Opened:
    return lambda: attachments.opened(reader.database, sha256)


def _day_of(record: Record) -> str:
    return local_minute(record.entered_at)[:10] if record.entered_at else ""
