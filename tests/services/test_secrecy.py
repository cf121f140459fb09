"""Who complained: every role tries every way, and learns it by none that is not theirs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from integrity_desk.domain.accounts import Role
from integrity_desk.errors import DeskError
from integrity_desk.services import sending
from integrity_desk.services.attachments import AttachFile, ListAttachments, ReadAttachment
from integrity_desk.services.desk import Desk
from integrity_desk.services.drafts import KeepDraft, ListDrafts
from integrity_desk.services.duplicates import FindDuplicates
from integrity_desk.services.links import FindLinks, NameRecords
from integrity_desk.services.record_view import OpenRecord, ReadValues
from integrity_desk.services.registers import FetchRows, Filter, FindRecords, ListRecords
from integrity_desk.services.revealing import RevealField
from integrity_desk.services.spreadsheets import ExportRegister
from integrity_desk.services.workbench import ShowWorkbench

NAME, PHONE, CITIZEN, MAIL = "孙密报", "13800000003", "110101199003070011", "smb@example.com"
SECRETS = (NAME, PHONE, CITIZEN, MAIL, "身份证扫描")


class Scene:
    """A confidential case with its reporter and the reporter's file."""

    def __init__(self, office: Any, folder: Path) -> None:
        self.office, self.folder = office, folder
        self.case = office.complaint(
            channel="letter", subject="反映示例项目拖欠",
            reporter={"kind": "confidential", "name": NAME, "phone": PHONE,
                      "citizen_id": CITIZEN, "email": MAIL},
        )  # fmt: skip
        (part,) = [each for each in office.view(self.case).parts if each.type == "reporter"]
        self.reporter = part.rows[0].id
        scan = folder / "孙密报身份证扫描.txt"
        scan.write_text(NAME, "utf-8")
        attach = AttachFile(owner_id=self.reporter, path=scan)
        self.file = office.as_("clerk").perform(attach).value
        desk = office.as_("clerk")
        desk.perform(KeepDraft(key="new:complaint", content={"values": {"reporter.name": NAME}}))
        handler = office.person(name="韩承办", unit_id=office.some("unit"))
        office.step(self.case, "accept")
        office.step(self.case, "verify", handler_unit_id=office.unit(), handler_id=handler)
        office.open_account("handler", Role.CLERK, person_id=handler)
        office.open_account("outsider", Role.CLERK, name="旁人示例")
        accused = office.person(name="被反映人示例", unit_id=office.some("unit"))
        office.open_account("accused", Role.REVIEWER, person_id=accused)
        office.amend(self.case, by="reviewer", about_person_id=accused)


def exported(scene: Scene, desk: Desk) -> Any:
    path = scene.folder / "out.csv"
    desk.perform(ExportRegister(filter=Filter(type="complaint"), path=path))
    return path.read_text("utf-8-sig")


def reporter_rows(scene: Scene, desk: Desk) -> Any:
    rows = tuple(desk.ask(ListRecords(filter=Filter(type="reporter"))))
    return desk.ask(FetchRows(type="reporter", rows=rows))


def case_rows(scene: Scene, desk: Desk) -> Any:
    rows = tuple(desk.ask(ListRecords(filter=Filter(type="complaint"))))
    return desk.ask(FetchRows(type="complaint", rows=rows))


def searched(scene: Scene, desk: Desk) -> Any:
    return [desk.ask(FindRecords(text=each)) for each in SECRETS]


WAYS: dict[str, Callable[[Scene, Desk], Any]] = {
    "the opened case": lambda scene, desk: desk.ask(OpenRecord(id=scene.case)),
    "the case's values": lambda scene, desk: desk.ask(ReadValues(id=scene.case)),
    "the reporter opened": lambda scene, desk: desk.ask(OpenRecord(id=scene.reporter)),
    "the reporter's values": lambda scene, desk: desk.ask(ReadValues(id=scene.reporter)),
    "the list of reporters": reporter_rows,
    "the list of cases": case_rows,
    "a name for an id": lambda scene, desk: desk.ask(NameRecords(ids=(scene.reporter, scene.file))),
    "a link looked for": lambda scene, desk: desk.ask(FindLinks(types=("reporter",), text=NAME)),
    "the search": searched,
    "the reporter's files": lambda scene, desk: desk.ask(ListAttachments(owner_id=scene.reporter)),
    "the file itself": lambda scene, desk: desk.ask(ReadAttachment(id=scene.file)),
    "the file opened as a record": lambda scene, desk: desk.ask(OpenRecord(id=scene.file)),
    "a spreadsheet": exported,
    "drafts": lambda scene, desk: desk.ask(ListDrafts()),
    "the workbench": lambda scene, desk: desk.ask(ShowWorkbench()),
    "duplicates": lambda scene, desk: desk.ask(
        FindDuplicates(values={"subject": "别的事情", "reporter.phone": PHONE})
    ),
    "an unmasking": lambda scene, desk: desk.perform(
        RevealField(id=scene.reporter, field="phone", reason="好奇")
    ),
}
"""Every way that leads out of the store to a person."""


@pytest.fixture
def scene(office, tmp_path):
    return Scene(office, tmp_path)


def told(scene: Scene, by: str, way: str) -> str:
    try:
        found = WAYS[way](scene, scene.office.as_(by))
    except DeskError as refusal:
        return refusal.sentence
    return found.decode() if isinstance(found, bytes) else repr(found)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("by", ["outsider", "viewer", "admin", "accused"])
def test_no_way_tells_who_complained_to_whom_it_does_not_concern(scene, by, way):
    said = told(scene, by, way)
    assert not [secret for secret in SECRETS if secret in said]


@pytest.mark.parametrize("by", ["outsider", "viewer", "admin", "accused"])
def test_a_search_for_the_reporter_does_not_even_find_the_case(scene, by):
    for text in SECRETS:
        assert scene.office.as_(by).ask(FindRecords(text=text)) == ()


@pytest.mark.parametrize("by", ["handler", "reviewer"])
def test_those_whom_it_concerns_read_it_with_numbers_masked(scene, by):
    said = told(scene, by, "the opened case")
    assert "138****0003" in said
    assert PHONE not in said
    assert CITIZEN not in said


@pytest.mark.parametrize("by", ["handler", "reviewer"])
@pytest.mark.parametrize("way", [each for each in WAYS if each not in
                                 ("an unmasking", "the file itself")])  # fmt: skip
def test_a_whole_number_comes_by_no_way_but_an_unmasking(scene, by, way):
    said = told(scene, by, way)
    assert PHONE not in said
    assert CITIZEN not in said


def test_each_unmasking_leaves_who_what_and_why(scene):
    assert told(scene, "handler", "an unmasking").count(PHONE) == 1
    lines = scene.office.store.database.conn.execute(
        "SELECT record_id, field, reason, seen_by FROM access"
    ).fetchall()
    seen_by = scene.office.account("handler").id
    assert lines == [(scene.reporter, "phone", "好奇", seen_by)]


def test_neither_the_reporter_nor_the_file_travels(scene):
    leaving = {rec for _position, rec in sending.sendable(scene.office.reading())}
    assert scene.case in leaving
    assert not leaving & {scene.reporter, scene.file}
