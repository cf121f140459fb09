"""``neighbours`` on the command line."""

from __future__ import annotations

from tests.office import PASSWORD
from tests.services import conftest as counties

township = counties.township
county = counties.county


def test_bundles_are_taken_in_and_what_differs_is_told(run, township, monkeypatch):
    monkeypatch.setenv("INTEGRITY_DESK_PASSWORD", PASSWORD)
    first = township["01"]
    unit = first.unit(name="示例站")
    township.exchange()
    first.amend(unit, name="示例东站")
    township["02"].amend(unit, name="示例西站")
    township.send("02")
    first.close()
    options = ("--store", first.folder, "--login", "clerk", "--json")
    told = run("neighbours", "import", township.stick, *options)
    assert (told.code, told.json["conflicts"]) == (0, 1)
    listed = run("neighbours", "list", *options).json
    assert [each["name"] for each in listed["neighbours"]]
    assert [each["fields"] for each in listed["unsettled"]] == [["单位名称"]]
    plain = run("neighbours", "list", *options[:-1])
    assert "单位名称" in plain.out
