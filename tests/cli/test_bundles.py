"""``bundle``, ``receipt``, ``enrol`` and ``county``: the way to the county and back, by script."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.office import PASSWORD


@pytest.fixture
def bundle(enrolled, stick):
    """Return the path of a bundle on the stick."""
    (path,) = enrolled("bundle", "export", stick, "--json").json["files"]
    return Path(path)


def test_the_whole_way_by_script(enrolled, county, stick, office):
    told = enrolled("bundle", "export", stick, "--json")
    assert told.code == 0
    assert (told.json["seq"], len(told.json["files"])) == (1, 1)
    assert told.json["revisions"] > 0
    received = county("receive", stick, "--out", stick, "--json")
    assert received.code == 0
    assert (received.json["bundles"], received.json["rejected"]) == (1, 0)
    assert received.json["revisions"] == told.json["revisions"]
    taken = enrolled("receipt", "import", stick, "--json")
    assert taken.code == 0
    assert taken.json["accepted"] == told.json["revisions"]
    again = enrolled("receipt", "import", stick, "--json").json
    assert (again["accepted"], again["rejected"]) == (0, 0)


def test_without_json_each_act_is_one_sentence(enrolled, county, stick):
    exported = enrolled("bundle", "export", stick)
    assert "可以拔出" in exported.out
    assert county("receive", stick, "--out", stick).out.splitlines()[-1].startswith("接收1包")
    assert enrolled("receipt", "import", stick).out.startswith("回执已导入：接收")
    assert enrolled("receipt", "import", stick).out == "这些回执以前导入过，没有新的内容。\n"


def test_exporting_again_seals_nothing_new(enrolled, bundle, stick):
    told = enrolled("bundle", "export", stick, "--json")
    assert (told.code, told.json["seq"], told.json["revisions"]) == (0, None, 0)
    assert told.json["files"] == [str(bundle)]


def test_a_stick_that_is_gone_is_told(enrolled, tmp_path):
    told = enrolled("bundle", "export", tmp_path / "gone")
    assert told.code == 1
    assert "可能已拔出" in told.err


def test_before_enrolment_nothing_is_exported(desk, stick):
    told = desk("bundle", "export", stick)
    assert told.code == 1
    assert "尚未在县级开通" in told.err


def test_a_wrong_county_code_is_refused(desk, county, stick):
    said = desk("enrol", "export", stick, "--json").json
    trust = county("enrol", said["path"], "--code", said["code"], "--out", stick, "--json").json
    told = desk("enrol", "import", trust["path"], "--county-code", "0000")
    assert told.code == 1
    assert "县级校验码不符" in told.err


def test_a_wrong_desk_code_is_refused(desk, county, stick):
    said = desk("enrol", "export", stick, "--json").json
    told = county("enrol", said["path"], "--code", "0000", "--out", stick)
    assert told.code == 1
    assert "校验码与开通文件不符" in told.err


def test_the_desks_code_is_read_out(desk, stick):
    told = desk("enrol", "export", stick)
    assert told.code == 0
    assert "校验码" in told.out


# Inspecting


def test_an_intact_bundle_is_exit_code_nought_without_store_or_key(program, bundle):
    told = program("bundle", "inspect", bundle, "--json", INTEGRITY_DESK_PASSWORD="")
    assert told.code == 0, told.err
    assert (told.json["intact"], told.json["known"]) == (True, False)
    assert (told.json["kind"], told.json["seq"], told.json["audience"]) == ("delta", 1, "999901")
    assert told.json["revisions"] > 0


def test_with_the_store_the_sender_is_named(enrolled, bundle):
    told = enrolled("bundle", "inspect", bundle, "--json")
    assert (told.code, told.json["known"]) == (0, True)


@pytest.mark.parametrize("part", [0, 100, 5000, 9000, -1])
def test_a_truncated_bundle_is_exit_code_one(run, bundle, tmp_path, part):
    torn = tmp_path / bundle.name
    torn.write_bytes(bundle.read_bytes()[:part])
    told = run("bundle", "inspect", torn, "--json")
    assert told.code == 1
    assert told.json["intact"] is False
    assert told.json["code"]
    assert told.json["sentence"].endswith("。")


@pytest.mark.parametrize("share", [0.0, 0.05, 0.3, 0.6, 0.9])
def test_a_tampered_bundle_is_exit_code_one(run, bundle, tmp_path, share):
    data = bytearray(bundle.read_bytes())
    payload = data.rindex(b"age-encryption.org")
    place = int(share * payload) if share < 0.3 else int(payload + share * 1000)
    data[place] ^= 1
    forged = tmp_path / bundle.name
    forged.write_bytes(data)
    assert run("bundle", "inspect", forged).code == 1


def test_a_file_that_is_not_there_is_told(run, tmp_path):
    told = run("bundle", "inspect", tmp_path / "gone.tsb")
    assert told.code == 1
    assert told.err.strip().endswith("。")


def test_an_unknown_signer_is_named_by_what_the_cover_says_and_by_the_key(run, bundle):
    told = run("bundle", "inspect", bundle, "--json")
    assert told.json["signer"].startswith("SHA256:")
    for named in (told.json["signer"], told.json["stream"]):
        assert named in told.json["sentence"]


def test_login_and_password_of_the_environment_are_enough_to_name_the_sender(
    run, enrolled, office, bundle, monkeypatch
):
    monkeypatch.setenv("INTEGRITY_DESK_LOGIN", "clerk")
    inspect = ("bundle", "inspect", bundle, "--store", office.folder, "--json")
    monkeypatch.setenv("INTEGRITY_DESK_PASSWORD", PASSWORD)
    assert run(*inspect).json["known"] is True
    monkeypatch.delenv("INTEGRITY_DESK_PASSWORD")
    told = run(*inspect)
    assert (told.code, told.json["known"]) == (0, False)


# Receipts


def test_a_folder_without_receipts_is_told(enrolled, stick, bundle):
    told = enrolled("receipt", "import", stick)
    assert told.code == 1
    assert "没有发给本登记点的回执" in told.err


def test_a_bundle_is_no_receipt(enrolled, bundle):
    assert enrolled("receipt", "import", bundle).code == 1


# The county's end


def test_the_county_tells_who_sent_how_much(enrolled, county, stick, bundle):
    county("receive", stick, "--out", stick)
    told = county("status", "--json").json
    (stream,) = told["streams"]
    assert (stream["through_seq"], stream["name"]) == (1, "示例镇政务服务大厅")
    assert told["records"] > 0
    lines = county("status").out.splitlines()
    assert lines[0].split("\t")[2] == "1"
    assert "来自1个登记点" in lines[-1]


def test_what_the_county_refuses_is_exit_code_one_and_stops_nothing_else(county, stick, bundle):
    data = bytearray(bundle.read_bytes())
    data[-2000] ^= 1
    (stick / f"x{bundle.name}").write_bytes(data)
    told = county("receive", stick, "--out", stick, "--json")
    assert told.code == 1
    assert {line["act"] for line in told.json["lines"]} == {"apply", "refused"}
    assert told.json["bundles"] == 1


def test_receiving_twice_changes_nothing(county, stick, bundle):
    county("receive", stick, "--out", stick)
    before = county("status", "--json").json
    again = county("receive", stick, "--out", stick, "--json")
    assert (again.code, again.json["bundles"]) == (0, 0)
    assert county("status", "--json").json == before


def test_a_county_is_set_up_once(county):
    told = county("init", "--code", "999901", "--name", "示例县信用办")
    assert told.code == 1
    assert "已经有县级接收端" in told.err


def test_a_folder_that_is_no_county_is_told(run, tmp_path, monkeypatch):
    monkeypatch.setenv("INTEGRITY_DESK_PASSWORD", "示例县级口令一二三")
    assert run("county", "status", tmp_path / "nothing").code == 1


@pytest.mark.slow
def test_as_processes_of_their_own(program, office, tmp_path, stick):
    """With the county's real passphrase, which costs a second to try."""
    there = {"INTEGRITY_DESK_PASSWORD": "示例县级口令一二三"}
    county = tmp_path / "county"
    made = program("county", "init", county, "--code", "999901", "--name", "示例县", **there)
    assert made.code == 0, made.err
    said = program(
        "enrol", "export", stick, "--store", office.folder, "--login", "clerk", "--json",
        INTEGRITY_DESK_PASSWORD=PASSWORD,
    )  # fmt: skip
    assert said.code == 0, said.err
    let_in = program(
        "county", "enrol", county, said.json["path"], "--code", said.json["code"],
        "--out", stick, **there,
    )  # fmt: skip
    assert let_in.code == 0, let_in.err
    assert len(list(stick.glob("*.tsb"))) == 1
    told = program("county", "status", county, INTEGRITY_DESK_PASSWORD="wrong passphrase")
    assert told.code == 1
    assert told.err.strip().endswith("。")


def test_keys_changed_by_script_are_vouched_for_by_the_old_ones(enrolled, county, stick):
    told = enrolled("enrol", "rotate", "--json", by="admin")
    assert (told.code, told.json["vouched"]) == (0, True)
    enrolled("bundle", "export", stick)
    assert "登记点的新密钥已启用" in county("receive", stick, "--out", stick).out
