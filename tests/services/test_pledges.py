"""Signed letters of pledge that come back as scans: whose they are, and that they are kept."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.domain.attachments import Attachment
from integrity_desk.domain.pledges import PledgeTemplate
from integrity_desk.errors import InvalidInput
from integrity_desk.services.pledges import IssuePledges, MatchScans, SignPledges

DAY = date(2026, 5, 12)


@pytest.fixture
def people(office):
    return [office.person(name=name) for name in ("孙甲示例", "李乙示例", "李乙示例")]


@pytest.fixture
def pledges(office, people):
    command = IssuePledges(
        subject_ids=tuple(people), issued_on=DAY, template=PledgeTemplate.PUBLIC_SERVANT
    )
    return office.as_("clerk").perform(command).value


@pytest.fixture
def scan(tmp_path):
    """Return ``scan(name)``: a file a scanner wrote."""

    def write(name):
        path = tmp_path / name
        path.write_bytes(b"%PDF-1.4 " + name.encode())
        return path

    return write


def matched(office, *paths):
    found = office.as_("clerk").ask(MatchScans(paths=paths))
    return [(each.pledge_id, each.problem) for each in found]


def test_a_file_belongs_to_the_letter_whose_number_or_signer_it_names(office, pledges, scan):
    number = office.record(pledges[1]).number
    found = matched(office, scan(f"扫描-{number}.pdf"), scan("孙甲示例 签字.jpg"))
    assert found == [(pledges[1], ""), (pledges[0], "")]


def test_a_name_of_several_and_a_file_of_nobody_are_told(office, pledges, scan):
    found = matched(office, scan("李乙示例.pdf"), scan("IMG_0001.jpg"))
    assert found == [("", "有2份承诺书对得上"), ("", "没有对应的承诺书")]


def test_the_letter_still_to_be_signed_comes_before_one_that_was(office, people, pledges, scan):
    command = IssuePledges(
        subject_ids=tuple(people[:1]), issued_on=DAY, template=PledgeTemplate.LEADER
    )
    (later,) = office.as_("clerk").perform(command).value
    office.as_("clerk").perform(SignPledges(pledge_ids=pledges[:1], signed_on=DAY))
    assert matched(office, scan("孙甲示例.pdf")) == [(later, "")]


def test_letters_are_signed_with_their_scans_in_one_act(office, pledges, scan):
    front, back = scan("孙甲示例-1.pdf"), scan("孙甲示例-2.pdf")
    command = SignPledges(pledge_ids=pledges, signed_on=DAY, scans={pledges[0]: (front, back)})
    assert office.as_("clerk").perform(command).value == 3
    kept = office.reading().find(Attachment, owner_id=pledges[0])
    assert [(each.file_name, each.purpose.value) for each in kept] == [
        ("孙甲示例-1.pdf", "source"), ("孙甲示例-2.pdf", "source"),
    ]  # fmt: skip
    assert office.state_of(pledges[0]) == "signed"


def test_a_letter_signed_before_gets_its_scan_later(office, pledges, scan):
    office.as_("clerk").perform(SignPledges(pledge_ids=pledges, signed_on=DAY))
    late = SignPledges(pledge_ids=(), signed_on=DAY, scans={pledges[0]: (scan("孙甲示例.pdf"),)})
    office.as_("clerk").perform(late)
    assert len(office.reading().find(Attachment, owner_id=pledges[0])) == 1


def test_a_scan_that_cannot_be_read_refuses_the_whole_batch(office, pledges, tmp_path):
    gone = tmp_path / "已拔出.pdf"
    command = SignPledges(pledge_ids=pledges, signed_on=DAY, scans={pledges[0]: (gone,)})
    with pytest.raises(InvalidInput, match="读不出"):
        office.as_("clerk").perform(command)
    assert office.state_of(pledges[0]) == "issued"
