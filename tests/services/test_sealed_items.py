"""A sealed envelope leaves no content anywhere, and no trace outside its own register."""

from __future__ import annotations

import pytest

from integrity_desk.domain.fields import Kind
from integrity_desk.domain.records import type_named
from integrity_desk.errors import InvalidInput, NotPermitted
from integrity_desk.services import sending
from integrity_desk.services.attachments import AttachFile
from integrity_desk.services.registers import Filter, FindRecords, ListRecords
from integrity_desk.services.spreadsheets import ExportRegister

MARK = "示例县纪委监委收 条码0099"


@pytest.fixture
def item(office):
    return office.enter("sealed_item", envelope_mark=MARK)


def test_it_has_no_room_for_content(office):
    texts = [each for each in type_named("sealed_item").typed_fields if each.is_text]
    assert all(each.kind is Kind.TEXT and each.max_length <= 60 for each in texts)
    with pytest.raises(InvalidInput) as refusal:
        office.enter("sealed_item", envelope_mark="信" * 61)
    assert refusal.value.field == "envelope_mark"


@pytest.mark.parametrize("by", ["clerk", "reviewer"])
def test_it_carries_no_file(office, item, by, tmp_path):
    path = tmp_path / "scan.txt"
    path.write_text("拆封后的内容", "utf-8")
    with pytest.raises(InvalidInput, match="不能带附件"):
        office.as_(by).perform(AttachFile(owner_id=item, path=path))


@pytest.mark.parametrize("by", ["clerk", "reviewer", "viewer", "admin"])
def test_it_is_in_no_search(office, item, by):
    number = office.record(item).number
    for text in (MARK, "条码0099", number):
        assert office.as_(by).ask(FindRecords(text=text)) == ()
        narrowed = Filter(type="sealed_item", text=text)
        assert len(office.as_(by).ask(ListRecords(filter=narrowed))) == 0
    assert len(office.as_(by).ask(ListRecords(filter=Filter(type="sealed_item")))) == 1


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_it_is_in_no_spreadsheet(office, item, name, tmp_path):
    command = ExportRegister(filter=Filter(type="sealed_item"), path=tmp_path / name)
    with pytest.raises(NotPermitted):
        office.as_("reviewer").perform(command)
    assert not (tmp_path / name).exists()
    assert item


def test_it_is_in_no_bundle(office, item):
    office.step(item, "hand_over")
    assert item not in {rec for _position, rec in sending.sendable(office.reading())}


def test_it_is_handed_on_and_ends_with_a_receipt(office, item):
    office.walk(item, "hand_over", "confirm_receipt")
    assert office.state_of(item) == "receipted"
