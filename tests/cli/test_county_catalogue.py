"""``county profile``, ``catalogue`` and ``ask`` by script: a county changes what it wants."""

from __future__ import annotations

import csv

from integrity_desk.paths import resource

EXAMPLE = resource("profiles/example_county.toml")


def test_a_county_writes_its_profile_out_changes_it_and_takes_it(county, tmp_path):
    copy = tmp_path / "mine.toml"
    told = county("profile", "--write", copy, "--json")
    assert (told.code, told.json["code"], told.json["version"]) == (0, "national", "2026.1")
    text = copy.read_text("utf-8")
    copy.write_text(
        text.replace('"通用报送方案"', '"示例县方案"').replace("2026.1", "2026.7"), "utf-8"
    )
    taken = county("profile", "--take", copy)
    assert taken.out.splitlines()[-1] == "已启用示例县方案（2026.7版），随下一份回执发给各登记点。"
    assert county("status", "--json").json["profile"] == "示例县方案（2026.7版）"
    shown = county("profile").out
    assert "\tCF_WSH\t行政处罚决定书文号\tdocument_number\t公开目录" in shown
    assert "行政处罚" in shown


def test_a_profile_that_names_no_field_is_exit_code_one_and_one_sentence(county, tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(EXAMPLE.read_text("utf-8").replace('"decided_on"', '"decided"'), "utf-8")
    told = county("profile", "--take", wrong)
    assert told.code == 1
    assert "没有字段“decided”" in told.err
    assert county("profile", "--json").json["code"] == "national"


def test_tables_are_written_and_follow_the_profile(enrolled, county, stick, tmp_path):
    enrolled("bundle", "export", stick)
    county("receive", stick, "--out", stick)
    out = tmp_path / "platform"
    told = county("catalogue", "--out", out, "--json").json
    counted = {each["key"]: each["rows"] for each in told["tables"]}
    assert counted["unit"] >= 1
    with (out / "unit.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[:2] == ["SUBJECT_ID", "SUBJECT_NAME"]
    county("profile", "--take", EXAMPLE)
    told = county("catalogue", "--out", out, "--json").json
    assert {each["key"] for each in told["tables"]} == {"penalty", "debt"}
    assert county("catalogue", "--out", out).out.splitlines()[-1].startswith("已按示例县报送方案")


def test_a_county_asks_and_the_desk_answers_with_everything(
    enrolled, desk, county, stick, tmp_path
):
    desk("bundle", "export", stick)
    county("receive", stick, "--out", stick)
    desk("receipt", "import", stick)
    told = county("ask", "--out", tmp_path / "asking", "--json").json
    assert len(told["files"]) == 1
    desk("receipt", "import", told["files"][0])
    sent = desk("bundle", "export", stick, "--json").json
    assert sent["revisions"] > 0
    assert desk("bundle", "inspect", sent["files"][-1], "--json").json["kind"] == "snapshot"
    assert county("ask", "no-such-stream", "--out", stick).code == 1
