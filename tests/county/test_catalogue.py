"""What the county has accepted, in the words of its profile; a changed profile is followed."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from integrity_desk.county import catalogue, office, profiles
from integrity_desk.domain.profiles import national_text, read_profile
from integrity_desk.errors import InvalidInput
from integrity_desk.paths import resource
from tests.bundles import rec
from tests.county.conftest import NOW, PASSPHRASE

TOOLS = Path(sys.executable).parent
UNIT, PERSON, PENALTY, DEBT = 1, 2, 3, 4

PENALTY_SAYS = {
    "subject_id": rec(UNIT), "nature": "untrustworthy", "kind": "administrative_penalty",
    "subject": "逾期未公开", "facts": "示例事实", "document_number": "示罚〔2026〕1号",
    "organ": "示例县示例局", "decided_on": "2026-05-04", "severity": "ordinary",
    "source_kind": "document", "state": "effective",
}  # fmt: skip
DEBT_SAYS = {
    "subject": "清偿示例工程款", "kind": "debt", "content": "按期付清", "unit_id": rec(UNIT),
    "person_id": rec(PERSON), "made_on": "2026-01-05", "due_on": "2026-12-31",
    "amount_fen": 12_345_678, "state": "in_progress",
}  # fmt: skip


@pytest.fixture
def received(county):
    """Return a county that has taken in one penalty, one debt, and the unit they are about."""
    desk = county.enrolled()
    lines = [
        desk.line(UNIT, name="示例镇人民政府", kind="township", credit_code="11440000MB2C123452"),
        desk.line(PERSON, of="person@1", name="示例人员", kind="civil_servant"),
        desk.line(PENALTY, of="integrity_record@1", **PENALTY_SAYS),
        desk.line(DEBT, of="commitment@1", **DEBT_SAYS),
    ]
    desk.write(county.root / "stick", lines)
    county.receive(county.root / "stick")
    return county, desk


def write(county):
    out = county.root / "catalogue"
    return catalogue.write_catalogue(county.folder, out, passphrase=PASSPHRASE, now=NOW), out


def table(out, key):
    with (out / f"{key}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def take(county, text):
    path = county.root / "changed.toml"
    path.write_text(text, encoding="utf-8")
    return profiles.take(county.folder, path, passphrase=PASSPHRASE, now=NOW)


def test_a_penalty_is_written_in_the_public_catalogues_words(received):
    county, _desk = received
    written, out = write(county)
    (row,) = table(out, "penalty")
    assert row["CF_XDR_MC"] == "示例镇人民政府"
    assert row["CF_XDR_LB"] == "法人及非法人组织"
    assert row["CF_XDR_SHXYM"] == "11440000MB2C123452"
    assert row["CF_WSH"] == "示罚〔2026〕1号"
    assert row["CF_JDRQ"] == "2026-05-04"
    assert row["CF_SJLY"] == "示例县信用办"
    assert row["STATE"] == "有效"
    line = json.loads((out / "penalty.jsonl").read_text("utf-8"))
    assert line == row
    counted = {each.key: (each.rows, each.left_out) for each in written.tables}
    assert counted["penalty"] == counted["commitment"] == (1, 0)


def test_the_next_export_follows_a_changed_profile(received):
    county, _desk = received
    write(county)
    take(county, resource("profiles/example_county.toml").read_text("utf-8"))
    written, out = write(county)
    (row,) = table(out, "penalty")
    assert row["CF_JDRQ"] == "20260504"
    assert (row["SXCD"], row["ZT"], row["XNBH"]) == ("2", "1", row["XNBH"].zfill(8))
    (debt,) = table(out, "debt")
    assert (debt["JE"], debt["CNDW"]) == ("12.345678", "示例镇人民政府")
    assert written.profile == "示例县报送方案（2026.2版）"


def test_a_profile_changed_by_hand_is_followed_and_gets_the_next_serial(received):
    county, desk = received
    before = county.status().trust_serial
    text = national_text().replace('code = "CF_WSH"', 'code = "WSH"').replace("2026.1", "2026.9")
    (county.folder / office.PROFILE).write_text(text.replace("\n", "\r\n"), encoding="utf-8-sig")
    _written, out = write(county)
    assert table(out, "penalty")[0]["WSH"] == "示罚〔2026〕1号"
    report = county.receive(county.root / "stick")
    assert county.status().trust_serial == before + 1
    assert any(desk.stream in path.name for path in report.sent)
    with office.opened(county.folder, PASSPHRASE) as opened:
        assert read_profile(opened.trust.profile).version == "2026.9"
    county.receive(county.root / "stick")
    assert county.status().trust_serial == before + 1


def test_what_does_not_fit_is_left_out_with_its_reason_and_without_its_contents(received):
    county, _desk = received
    text = national_text().replace(
        'field = "subject", name = "违法行为类型", name_from = "penalty", '
        'code = "CF_WFXW", code_from = "penalty", format = "C..2000"',
        'field = "subject", name = "违法行为类型", name_from = "penalty", '
        'code = "CF_WFXW", code_from = "penalty", format = "C..3"',
    )
    take(county, text)
    written, out = write(county)
    assert table(out, "penalty") == []
    (left,) = table(out, "left-out")
    assert (left["element"], left["reason"]) == ("违法行为类型", "超过目录规定的长度")
    assert "逾期未公开" not in (out / "left-out.csv").read_text("utf-8-sig")
    counted = {each.key: (each.rows, each.left_out) for each in written.tables}
    assert counted["penalty"] == (0, 1)


def test_nothing_in_a_table_is_run_as_a_formula_and_the_lines_stay_to_the_letter(received):
    county, desk = received
    line = desk.line(6, name="=1+2", kind="township")
    desk.write(county.root / "third", [line])
    county.receive(county.root / "third")
    _written, out = write(county)
    assert [each["SUBJECT_NAME"] for each in table(out, "unit")][-1] == "'=1+2"
    assert (
        json.loads((out / "unit.jsonl").read_text("utf-8").splitlines()[-1])["SUBJECT_NAME"]
        == "=1+2"
    )


def test_a_record_two_desks_disagree_about_waits_and_a_void_one_is_nowhere(received):
    county, _desk = received
    other = county.enrolled("d03", "8f3a" * 4)
    other.write(
        county.root / "second",
        [other.line(PENALTY, of="integrity_record@1", document_number="另一文号")],
    )
    county.receive(county.root / "second")
    _written, out = write(county)
    assert table(out, "penalty") == []
    assert {each["reason"] for each in table(out, "left-out")} == {"两处改得不同，尚未裁定"}


def test_a_linked_record_of_a_type_that_may_not_stand_there_is_never_shown(received):
    county, desk = received
    secret = desk.line(9, of="reporter@1", name="示例举报人", complaint_id=rec(8), kind="named")
    wrong = {**PENALTY_SAYS, "subject_id": rec(9)}
    desk.write(county.root / "third", [secret, desk.line(7, of="integrity_record@1", **wrong)])
    county.receive(county.root / "third")
    _written, out = write(county)
    everything = b"".join(path.read_bytes() for path in out.iterdir())
    assert "示例举报人".encode() not in everything
    assert len(table(out, "penalty")) == 1


def test_a_file_that_cannot_be_is_told_and_changes_nothing(received):
    county, _desk = received
    with pytest.raises(InvalidInput, match="没有字段“no_such_field”"):
        take(
            county, national_text().replace('field = "document_number"', 'field = "no_such_field"')
        )
    assert not (county.folder / office.PROFILE).exists()
    (county.folder / office.PROFILE).write_text("format = 1", encoding="utf-8")
    with pytest.raises(InvalidInput, match="格式版本"):
        write(county)


def test_the_profile_in_force_is_written_out_to_be_changed(received):
    county, _desk = received
    copy = county.root / "copy.toml"
    told = profiles.in_force(county.folder, passphrase=PASSPHRASE, copy_to=copy)
    assert read_profile(copy.read_text("utf-8")) == told


def test_the_tables_are_a_valid_package_that_says_whence_each_name_is(received):
    county, _desk = received
    _written, out = write(county)
    told = subprocess.run(
        [TOOLS / "frictionless", "validate", "datapackage.json"], cwd=out, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout + told.stderr
    package = json.loads((out / "datapackage.json").read_bytes())
    by_name = {each["name"]: each for each in package["resources"]}
    fields = {each["name"]: each for each in by_name["penalty"]["schema"]["fields"]}
    origins = {name: package["bases"][fields[name]["code_from"]]["origin"] for name in fields}
    assert (origins["CF_WSH"], origins["RECORD_ID"]) == ("catalogue", "own")
