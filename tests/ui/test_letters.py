"""Letters and ledgers in the real window: offered, looked at, printed, kept."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from integrity_desk.domain.access import Handout
from integrity_desk.domain.letters import WrittenLetter
from integrity_desk.domain.pledges import PledgeTemplate
from integrity_desk.services.letter_templates import SaveTemplate
from integrity_desk.services.letters import PrintLetter
from integrity_desk.services.pledges import IssuePledges
from integrity_desk.ui.dialogs.noted_preview import NotedPreview
from tests.office import Office
from tests.ui.registers import Sitting


def previewed(desk: Sitting) -> NotedPreview:
    def shown() -> list[NotedPreview]:
        return [each for each in desk.window.findChildren(NotedPreview) if each.isVisible()]

    desk.until(lambda: bool(shown()) and shown()[0].viewer.count > 0)
    return shown()[0]


def kept(office: Office) -> list[WrittenLetter]:
    return office.reading().find(WrittenLetter)


def test_the_opened_record_offers_what_fits_it_and_a_letter_is_kept_once_saved(
    sit, office, tmp_path
):
    case = office.step(office.complaint(), "accept")
    desk = sit("clerk")
    page = desk.open_record("complaint", case)
    block = page.panel.letters
    assert block is not None
    assert block.menu.actions()[0].text() == "受理告知书"
    desk.window.actions_table["print"].trigger()
    desk.until(lambda: block.menu.isVisible())
    block.menu.actions()[0].trigger()
    preview = previewed(desk)
    assert kept(office) == []
    preview.save_to(tmp_path / "受理.pdf")
    desk.until(lambda: (tmp_path / "受理.pdf").exists())
    (letter,) = kept(office)
    preview.reject()
    desk.until(lambda: page.panel.letters is not None and "文书 1" in desk.words())
    page.panel.written_wanted.emit(letter.id, letter.title)
    again = previewed(desk)
    again.save_to(tmp_path / "again.pdf")
    desk.until(lambda: (tmp_path / "again.pdf").exists())
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "受理.pdf").read_bytes()
    assert len(kept(office)) == 1


def test_a_missing_field_is_said_in_place_of_the_page(sit, office):
    order = office.step(office.enter("rectification_order"), "issue")
    words = {"title": "督办单", "addressee": "", "body": "{书面说明}"}
    office.as_("admin").perform(SaveTemplate(id="supervision", **words))
    desk = sit("clerk")
    page = desk.open_record("rectification_order", order)
    page.letters.write(order, "supervision", "督办单")
    desk.until(lambda: bool(desk.window.findChildren(NotedPreview)))
    (preview,) = desk.window.findChildren(NotedPreview)
    desk.until(lambda: "请先填写：书面说明" in preview.viewer.empty._words.text())
    assert not preview.print.isEnabled()


def test_a_draft_offers_no_letters_and_no_printing(sit, office):
    desk = sit("clerk")
    page = desk.open_record("commitment", office.commitment())
    assert page.panel.letters is None
    assert not desk.window.actions_table["print"].isEnabled()


def test_a_ledger_is_printed_in_the_columns_ticked_and_noted(sit, office, tmp_path):
    for each in "甲乙":
        office.registered_commitment(subject=f"示例事项{each}")
    desk = sit("clerk")
    page = desk.open("commitment")
    desk.window.actions_table["ledger"].trigger()
    desk.until(lambda: page.ledger.dialog is not None)
    dialog = page.ledger.dialog
    assert dialog is not None
    names = [dialog.list.item(at).text() for at in range(dialog.list.count())]
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.list.setCurrentRow(1)
    dialog.down.click()
    assert dialog.list.item(2).text() == names[1]
    wanted = dialog.columns
    dialog.go.click()
    preview = previewed(desk)
    preview.save_to(tmp_path / "台账.pdf")
    desk.until(lambda: (tmp_path / "台账.pdf").exists())
    (noted,) = office.reading().find(Handout)
    assert (noted.register, noted.rows) == ("commitment", 2)
    preview.reject()
    desk.window.actions_table["ledger"].trigger()
    desk.until(lambda: page.ledger.dialog is not None)
    assert page.ledger.dialog is not None
    assert page.ledger.dialog.columns == wanted


def test_a_ledger_without_columns_is_refused_in_the_dialog(sit, office):
    desk = sit("clerk")
    page = desk.open("commitment")
    desk.window.actions_table["ledger"].trigger()
    desk.until(lambda: page.ledger.dialog is not None)
    dialog = page.ledger.dialog
    assert dialog is not None
    for at in range(dialog.list.count()):
        dialog.list.item(at).setCheckState(Qt.CheckState.Unchecked)
    dialog.go.click()
    assert dialog.refusal.text() == "请至少勾选一列。"
    assert dialog.isVisible()
    dialog.reject()


def test_pledges_of_the_list_are_previewed_as_one_file(sit, office):
    people = tuple(office.person(name=f"示例{each}") for each in "甲乙丙")
    command = IssuePledges(
        subject_ids=people, template=PledgeTemplate.WINDOW, issued_on=office.now.today
    )
    office.as_("clerk").perform(command)
    desk = sit("clerk")
    page: Any = desk.open("pledge")
    desk.rows()
    page.print_many()
    assert previewed(desk).viewer.count == 3
    assert kept(office) == []


def test_letters_written_stay_readable_after_the_state_moves_on(sit, office):
    case = office.step(office.complaint(), "accept")
    office.as_("clerk").perform(PrintLetter(record_id=case, template="acceptance"))
    desk = sit("viewer")
    desk.open_record("complaint", case)
    assert "受理告知书" in desk.words() or _names(desk.page.panel, "受理告知书")


def _names(widget: QWidget, words: str) -> bool:
    return any(words in each.accessibleName() for each in widget.findChildren(QWidget))
