"""Being let in at the county: two short codes are compared, once."""

from __future__ import annotations

import pytest

from integrity_desk.county import enrolment
from integrity_desk.errors import (
    DeskError,
    InvalidInput,
    MediaUnavailable,
    StepRefused,
)
from integrity_desk.services.county_trust import ImportTrust, ShowTrust, WriteEnrolment
from integrity_desk.services.exchange import (
    CarryBundles,
    SealBundle,
)


def test_nothing_is_sealed_before_the_county_let_the_desk_in(office):
    office.unit()
    with pytest.raises(StepRefused, match="尚未在县级开通"):
        office.as_("clerk").perform(SealBundle())


def test_the_county_refuses_a_code_read_out_wrongly(office, county):
    said = office.as_("clerk").perform(WriteEnrolment(folder=county.stick)).value
    with pytest.raises(InvalidInput, match="校验码与开通文件不符"):
        enrolment.enrol(
            county.folder, said, county.stick, passphrase="示例县级口令一二三",
            code="0000 0000", now=office.now(),
        )  # fmt: skip


@pytest.mark.parametrize("code", ["", "0000 0000 0000", "not a code"])
def test_the_desk_refuses_a_county_whose_code_does_not_match(office, county, code):
    clerk, trust = office.as_("clerk"), county.admit(office)
    with pytest.raises(StepRefused, match="县级校验码不符"):
        clerk.perform(ImportTrust(path=trust, county_code=code))
    assert clerk.ask(ShowTrust()).county == ""


def test_with_the_right_code_the_county_is_known_by_name(office, county):
    county.enrol(office)
    told = office.as_("viewer").ask(ShowTrust())
    assert (told.county, told.county_code) == ("示例县信用办", county.status.code)
    assert told.desk_code


def test_the_code_is_asked_for_once(office, county):
    county.enrol(office)
    again = county.admit(office)
    assert office.as_("clerk").perform(ImportTrust(path=again)).value == "示例县信用办"


def test_a_bundle_is_no_trust_list(office, county, clerk):
    office.unit()
    clerk.perform(SealBundle())
    (bundle,) = clerk.perform(CarryBundles(folder=county.stick)).value
    with pytest.raises(DeskError):
        clerk.perform(ImportTrust(path=bundle))


def test_a_medium_that_is_gone_takes_no_enrolment(office, tmp_path):
    with pytest.raises(MediaUnavailable, match="可能已拔出"):
        office.as_("clerk").perform(WriteEnrolment(folder=tmp_path / "gone"))
