"""The administrator's editor of letters, and the dialog of the statistics, in the real window."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox

from integrity_desk.services.letter_templates import ReadTemplate
from integrity_desk.ui.dialogs.letter_templates import LetterTemplatesDialog
from integrity_desk.ui.dialogs.paper_preview import PaperPreview
from integrity_desk.ui.dialogs.statistics import StatisticsDialog
from tests.ui.registers import Sitting, button


def edited(desk: Sitting) -> LetterTemplatesDialog:
    desk.window.actions_table["templates"].trigger()
    (dialog,) = desk.window.findChildren(LetterTemplatesDialog)
    desk.until(lambda: dialog.viewer.count > 0)
    return dialog


def test_words_are_changed_previewed_saved_and_put_back(sit, office):
    desk = sit("admin")
    dialog = edited(desk)
    assert dialog._shown is not None
    chosen, before = dialog._shown.id, dialog._shown.body
    assert not dialog.save.isEnabled()
    dialog.body.setPlainText(f"{before}\n请妥善保存。")
    desk.until(dialog.save.isEnabled)
    dialog.save.click()
    desk.until(dialog.reset.isEnabled)
    asked = ReadTemplate(id=chosen)
    assert office.as_("admin").ask(asked).body.endswith("请妥善保存。")
    dialog.reset.click()
    desk.until(lambda: not dialog.reset.isEnabled())
    assert not office.as_("admin").ask(asked).edited
    dialog.reject()


def test_a_wrong_field_is_said_with_its_line_and_cannot_be_saved(sit, office):
    desk = sit("admin")
    dialog = edited(desk)
    dialog.body.setPlainText("好\n{没有的}")
    desk.until(lambda: "第2行" in dialog.refusal.text())
    assert not dialog.save.isEnabled()
    dialog.body.clear()
    dialog._insert(dialog.fields.item(0))
    assert dialog.body.toPlainText() == f"{{{dialog.fields.item(0).text()}}}"
    leave(dialog)


def leave(dialog: LetterTemplatesDialog) -> None:
    """Close, throwing away what was typed."""
    dialog.reject()
    (asking,) = dialog.findChildren(QMessageBox)
    button(asking, "放弃").click()


def test_words_not_saved_are_not_lost_without_asking(sit, office):
    desk = sit("admin")
    dialog = edited(desk)
    first = dialog._shown.id
    dialog.body.setPlainText("示例改动。")
    dialog.close()
    (asking,) = dialog.findChildren(QMessageBox)
    button(asking, "继续填写").click()
    assert dialog.isVisible()
    assert dialog.body.toPlainText() == "示例改动。"
    desk.until(lambda: not dialog.findChildren(QMessageBox))
    dialog.kinds.setCurrentRow(1)
    assert dialog.kinds.currentRow() == 0, "asks first"
    (asking,) = dialog.findChildren(QMessageBox)
    button(asking, "放弃").click()
    desk.until(lambda: dialog._shown.id != first)
    assert dialog.kinds.currentRow() == 1
    dialog.reject()
    assert not dialog.isVisible()


def test_only_an_administrator_opens_the_editor(sit, office):
    assert not sit("clerk").window.actions_table["templates"].isEnabled()


def test_the_statistics_of_the_quarter_are_one_choice_away(sit, office):
    desk = sit("viewer")
    desk.window.actions_table["statistics"].trigger()
    (dialog,) = desk.window.findChildren(StatisticsDialog)
    assert dialog.period.currentText() == "2026年第二季度"
    dialog.go.click()
    desk.until(lambda: bool(dialog.findChildren(PaperPreview)))
    (preview,) = dialog.findChildren(PaperPreview)
    desk.until(lambda: preview.viewer.count > 0)
    preview.reject()
    dialog.reject()
