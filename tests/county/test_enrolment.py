import pytest

from integrity_desk.county import enrolment, office
from integrity_desk.errors import BundleRefused, InvalidInput, NotFound, SignInRefused
from integrity_desk.sync import bundle_reader, keys, trust
from integrity_desk.sync.keys import DeskKeys
from tests.bundles import COUNTY, CREATED, ORG
from tests.county.conftest import NOW, PASSPHRASE


def trust_in(county, desk, path):
    with office.opened(county.folder, PASSPHRASE) as opened:
        known = opened.trust.known
    staged = bundle_reader.read(path, desk.keys.age_secrets, known, county.root / "reading")
    try:
        return trust.from_document(staged.document())
    finally:
        staged.discard()


def test_an_enrolled_desk_is_in_the_trust_list_it_gets(county):
    desk = county.enrolled()
    (path,) = (county.root / "trust").iterdir()
    told = trust_in(county, desk, path)
    trust.accept(told, kept=None, signed_by=told.issuer, own=desk.keys.signer.key)
    assert told.known[desk.keys.signer.key].streams == (desk.stream,)
    assert told.serial == 2
    assert told.known[told.issuer].name == "示例县信用办"


def test_a_code_that_was_read_aloud_wrongly_lets_nobody_in(county, tmp_path):
    made = DeskKeys.generate()
    path = tmp_path / "enrol.json"
    path.write_bytes(
        keys.enrolment(made, org=ORG, desk="d01", replica="1" * 16, name="示例", created=CREATED)
    )
    with pytest.raises(InvalidInput, match="校验码"):
        enrolment.enrol(
            county.folder, path, tmp_path / "out", passphrase=PASSPHRASE, code="0" * 24, now=NOW
        )
    assert county.status().streams == ()


def test_enrolling_twice_writes_the_same_list_again(county):
    desk = county.enrolled()
    path = county.root / f"{desk.stream}.enrol.json"
    again = enrolment.enrol(
        county.folder, path, county.root / "trust", passphrase=PASSPHRASE, code=desk.keys.code,
        now=NOW,
    )  # fmt: skip
    assert list((county.root / "trust").iterdir()) == [again]
    assert county.status().trust_serial == 2


def test_another_key_for_the_same_stream_is_refused(county):
    county.enrolled()
    with pytest.raises(InvalidInput, match="另一密钥"):
        county.enrolled()


def test_after_revocation_later_bundles_are_refused_and_earlier_ones_still_count(county, tmp_path):
    desk = county.enrolled()
    desk.write(tmp_path / "one", [desk.line(1)])
    desk.write(tmp_path / "two", [desk.line(2)])
    enrolment.revoke(
        county.folder, desk.stream, tmp_path / "out", passphrase=PASSPHRASE, after=1, now=NOW
    )
    assert county.receive(tmp_path / "one").lines[0].act == "apply"
    assert county.receive(tmp_path / "two").lines[0].code == "revoked"


def test_other_desks_get_the_new_list_with_their_next_receipt(county, tmp_path):
    first = county.enrolled()
    county.enrolled("d09", "9" * 16)
    first.write(tmp_path / "stick", [first.line(1)])
    report = county.receive(tmp_path / "stick")
    assert len(report.sent) == 2
    assert trust_in(county, first, report.sent[0]).serial == 3
    assert len(county.receive(tmp_path / "stick").sent) == 1


def test_revoking_a_stream_nobody_sends_is_refused(county, tmp_path):
    with pytest.raises(NotFound):
        enrolment.revoke(county.folder, "a-b-c", tmp_path, passphrase=PASSPHRASE, after=1, now=NOW)


def test_a_broken_enrol_file_is_refused(tmp_path):
    (tmp_path / "enrol.json").write_bytes(b"{}")
    with pytest.raises(BundleRefused):
        enrolment.inspect(tmp_path / "enrol.json")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"code": "44 00"}, "code"), ({"name": " "}, "name"),
        ({"passphrase": "short"}, "passphrase"),
    ],
)  # fmt: skip
def test_a_county_cannot_begin_with_values_that_cannot_be(tmp_path, told, field):
    good = {"code": COUNTY, "name": "示例县", "passphrase": PASSPHRASE}
    with pytest.raises(InvalidInput) as caught:
        office.init(tmp_path / "county", **{**good, **told}, now=NOW)
    assert caught.value.field == field


def test_a_folder_becomes_a_county_once(county):
    with pytest.raises(InvalidInput, match="已经有"):
        office.init(county.folder, code="1", name="示例", passphrase=PASSPHRASE, now=NOW)


def test_a_folder_that_is_no_county_is_told(tmp_path):
    with pytest.raises(NotFound):
        office.status(tmp_path, passphrase=PASSPHRASE)


def test_only_the_passphrase_opens_the_county(tmp_path):
    made = office.init(
        tmp_path / "county", code=COUNTY, name="示例县", passphrase=PASSPHRASE, now=NOW
    )
    assert (made.org, made.name, made.revisions, made.trust_serial) == (COUNTY, "示例县", 0, 1)
    with pytest.raises(SignInRefused):
        office.status(tmp_path / "county", passphrase="另一个口令一二三")
