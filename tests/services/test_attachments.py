"""Evidence files: kept once, read back whole, and behind the same firewall as their record."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from integrity_desk.domain.attachments import OWNERS, Attachment, Purpose
from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.changes import Changes
from integrity_desk.errors import InvalidInput, NotFound, NotPermitted
from integrity_desk.services import attachments as service
from integrity_desk.services.attachments import AttachFile, ListAttachments, ReadAttachment

CONTENT = b"\x89PNG example " * 1000


@pytest.fixture
def photo(tmp_path):
    """Return the path of a file to attach."""
    path = tmp_path / "现场照片.PNG"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def attach(office, photo):
    """Return ``attach(owner)``: the outcome of attaching the photo."""

    def act(owner, by="clerk", path=photo, **told):
        return office.as_(by).perform(AttachFile(owner_id=owner, path=path, **told))

    return act


def blobs(office):
    return office.store.database.conn.execute("SELECT count(*) FROM blob").fetchone()[0]


def test_a_file_comes_back_as_it_was_given(office, attach, photo):
    unit = office.unit()
    made = attach(unit, purpose="photo", note="示例说明")
    photo.unlink()
    (kept,) = office.as_("viewer").ask(ListAttachments(owner_id=unit))
    assert kept.id == made.value
    assert (kept.file_name, kept.note, kept.purpose) == ("现场照片.PNG", "示例说明", Purpose.PHOTO)
    assert (kept.media_type, kept.size_bytes) == ("image/png", len(CONTENT))
    assert office.as_("viewer").ask(ReadAttachment(id=kept.id)) == CONTENT


def test_the_page_of_the_record_is_told_that_it_changed(office, attach):
    unit = office.unit()
    changes = attach(unit).changes
    assert isinstance(changes, Changes)
    assert "attachment" in changes.types


def test_the_same_content_is_kept_once_for_two_records(office, attach):
    first, second = office.unit(), office.unit(name="示例第二单位")
    attach(first)
    attach(second)
    assert blobs(office) == 1
    assert len(office.as_("viewer").ask(ListAttachments(owner_id=second))) == 1


def test_an_empty_file_is_a_file(office, attach, tmp_path):
    empty = tmp_path / "空.txt"
    empty.touch()
    made = attach(office.unit(), path=empty).value
    assert office.as_("viewer").ask(ReadAttachment(id=made)) == b""


def test_a_file_without_a_known_ending_is_kept_as_bytes(office, attach, tmp_path):
    odd = tmp_path / "示例文件"
    odd.write_bytes(b"x")
    made = attach(office.unit(), path=odd).value
    kept = office.record(made)
    assert isinstance(kept, Attachment)
    assert kept.media_type == "application/octet-stream"


BY_HAND = {each.name for each in TYPES if each.typed_fields and not each.written_once} - {
    "account",
    "evaluation_objection",
    "access",
    "handout",
    "attachment",
    "import_source",
    "rule_change",
}


@pytest.mark.parametrize("name", sorted(BY_HAND - set(OWNERS)))
def test_some_records_carry_no_file(office, attach, name):
    owner = office.enter(name)
    with pytest.raises(InvalidInput, match="不能带附件"):
        attach(owner)
    assert blobs(office) == 0


def test_a_file_that_is_gone_is_told_and_nothing_is_kept(office, attach, tmp_path):
    with pytest.raises(InvalidInput, match=r"读不出文件“gone\.pdf”"):
        attach(office.unit(), path=tmp_path / "gone.pdf")
    with pytest.raises(InvalidInput, match="读不出文件"):
        attach(office.unit(), path=tmp_path)
    assert blobs(office) == 0


def test_a_stick_pulled_while_reading_keeps_nothing(office, attach, monkeypatch):
    unit = office.unit()
    real = Path.open

    def pulled(self, *arguments, **options):
        file = real(self, *arguments, **options)
        os.close(file.fileno())
        return file

    monkeypatch.setattr(Path, "open", pulled)
    with pytest.raises(InvalidInput, match="读不出文件"):
        attach(unit)
    monkeypatch.undo()
    assert blobs(office) == 0
    assert office.as_("viewer").ask(ListAttachments(owner_id=unit)) == ()


def test_a_file_that_no_bundle_can_carry_is_refused(office, attach, monkeypatch):
    monkeypatch.setattr(service, "LARGEST_BYTES", len(CONTENT) - 1)
    with pytest.raises(InvalidInput, match="超过256MB"):
        attach(office.unit())
    monkeypatch.setattr(service, "LARGEST_BYTES", len(CONTENT))
    attach(office.unit())


def test_an_unknown_purpose_names_its_field(office, attach):
    with pytest.raises(InvalidInput) as refused:
        attach(office.unit(), purpose="decoration")
    assert refused.value.field == "purpose"
    assert blobs(office) == 0


@pytest.mark.parametrize("by", ["viewer", "admin"])
def test_who_may_not_add_files_is_refused(office, attach, by):
    with pytest.raises(NotPermitted):
        attach(office.unit(), by=by)


def test_an_attachment_that_does_not_exist_is_told(office):
    with pytest.raises(NotFound):
        office.as_("viewer").ask(ReadAttachment(id="0" * 32))


def test_what_hangs_on_a_reporter_is_read_by_those_who_may_see_who_complained(office, attach):
    case = office.complaint(reporter={})
    (part,) = [each for each in office.view(case).parts if each.type == "reporter"]
    letter = attach(part.rows[0].id, by="reviewer").value
    assert office.as_("reviewer").ask(ReadAttachment(id=letter)) == CONTENT
    for by in ("viewer", "admin"):
        with pytest.raises(NotPermitted):
            office.as_(by).ask(ReadAttachment(id=letter))
