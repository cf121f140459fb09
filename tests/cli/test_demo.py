"""``demo``: the main job on a sample township, told step by step, with its results left behind."""

from __future__ import annotations

import json

import pytest


@pytest.mark.slow
def test_the_demo_plays_the_main_job_and_leaves_its_results(program, tmp_path):
    out = tmp_path / "out"
    told = program("demo", "--out", out, "--no-pictures")
    assert (told.code, told.err) == (0, "")
    lines = told.out.splitlines()
    steps = [line.split("：")[0] for line in lines]
    assert steps == [
        "示例乡镇", "登记", "登记", "登记", *("公示单", "核对公示单") * 3,
        "县级开通", "同步包", "查看同步包", "县级接收", "导入回执", "检查",
    ]  # fmt: skip
    places = [place for line in lines for place in line.split("  ") if place.startswith("/")]
    for place in places:
        assert place.startswith(str(out))
    for name in ("notice-a4.pdf", "notice-a3.pdf", "store/store.db", "county/ledger.db"):
        assert (out / name).stat().st_size > 0
    assert len(list((out / "usb").glob("*.tsb"))) == 3
    bundle = next(place for place in places if "/999901001-" in place)
    inspected = program("bundle", "inspect", bundle, "--json")
    assert json.loads(inspected.out)["intact"]


def test_a_folder_with_something_in_it_is_left_alone(run, tmp_path):
    (tmp_path / "kept.txt").write_text("示例", "utf-8")
    told = run("demo", "--out", tmp_path, "--no-pictures")
    assert told.code == 1
    assert "不是空的" in told.err
    assert {each.name for each in tmp_path.iterdir()} <= {"kept.txt", "home"}
