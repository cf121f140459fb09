"""What the import dialog says of a dry run, in sentences."""

from __future__ import annotations

from integrity_desk.domain.import_sources import SourceMap
from integrity_desk.services.spreadsheet_imports import ImportPreview
from integrity_desk.services.spreadsheet_lines import ADDED, PROBLEM, SAME
from integrity_desk.wording import _


def verdict(found: ImportPreview) -> tuple[str, str]:
    """Return the sentence on the whole file, and its tone."""
    faulty = found.counts.get(PROBLEM, 0)
    if not found.rows:
        return _("表格里没有可以导入的行，请确认第一行是列名。"), "amber"
    if faulty:
        words = _("{rows}行中有{faulty}行需要改正。请在表格里改正并保存，再重新核对。")
        return words.format(rows=f"{found.rows:,}", faulty=f"{faulty:,}"), "amber"
    if set(found.counts) == {ADDED}:
        words = _("{rows}行全部可以导入，还没有写入任何内容。")
        return words.format(rows=f"{found.rows:,}"), "green"
    if set(found.counts) == {SAME}:
        return _("表格里的内容和本机一样，没有需要导入的变化。"), "green"
    return _summary(found), "green"


def go_words(added: int, changed: int) -> str:
    """Return what the button says it will do."""
    if added and changed:
        words = _("新增 {added} 行，改动 {changed} 处")
        return words.format(added=f"{added:,}", changed=f"{changed:,}")
    if added:
        return _("导入 {rows} 行").format(rows=f"{added:,}")
    return _("改动 {changed} 处").format(changed=f"{changed:,}") if changed else _("导入")


def columns_note(found: ImportPreview, source: SourceMap | None) -> str:
    """Return how the columns are read, and which are not taken."""
    said = []
    if source is not None and source.name:
        words = _("按来源“{source}”读取，导入后会记住；各列怎样对应，请看“列的对应”。")
        said.append(words.format(source=source.name))
    if found.ignored:
        names = _("、").join(found.ignored)
        said.append(_("这些列不导入：{names}").format(names=names))
    if found.passed_over:
        names = _("、").join(found.passed_over)
        said.append(
            _("新增的行里，“{names}”要等办理相应步骤时填写，这次不导入。").format(names=names)
        )
    return "\n".join(said)


def _summary(found: ImportPreview) -> str:
    counts = found.counts
    return _(
        "将新增{added}行，改动{changed}条；{conflict}条两边都改过，保留本机内容；"
        "{refused}条不予采用，{same}条没有变化。还没有写入任何内容。"
    ).format(
        added=counts.get("added", 0), changed=counts.get("changed", 0),
        conflict=counts.get("conflict", 0), refused=counts.get("refused", 0),
        same=counts.get("same", 0),
    )  # fmt: skip
