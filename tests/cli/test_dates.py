"""``dates`` and ``calendar``: the dates of a case, and what they are counted by."""

from __future__ import annotations

from tests.services.test_time_rules import HOLIDAYS_2027


def test_the_dates_of_a_case_are_printed_with_their_clauses(desk, office):
    number = office.record(office.complaint(channel="letter", received_on="2026-05-11")).number
    told = desk("dates", number)
    assert told.code == 0
    assert "《信访工作条例》" in told.out
    plain = desk("dates", number, "--json", "--explain").json
    assert plain["number"] == number
    assert any(each["clause"] and each["running"] for each in plain["dates"])
    assert desk("dates", "诉2026-09-0009").code == 1


def test_a_calendar_is_imported_by_an_administrator_only(desk, tmp_path):
    path = tmp_path / "2027.csv"
    path.write_text(HOLIDAYS_2027, encoding="utf-8")
    assert desk("calendar", "import", path).code == 1
    told = desk("calendar", "import", path, "--json", by="admin")
    assert (told.code, told.json["years"]) == (0, [2027])
