import pytest

from tests.bundles import rec

GOOD_ID, BAD_ID = "110101199003077870", "110101199003077871"


def verdicts(county, desk, tmp_path, *lines):
    desk.write(tmp_path / f"stick{desk.seq}", lines)
    return county.receipt_for(desk, county.receive(tmp_path / f"stick{desk.seq - 1}"))


@pytest.mark.parametrize(
    ("of", "written", "state", "code", "field"),
    [
        ("unit@1", {"name": "示例镇"}, "rejected", "field.required", "kind"),
        ("unit@1", {"name": 7, "kind": "township"}, "rejected", "field.kind", "name"),
        (
            "unit@1", {"name": "示例", "kind": "township", "closed_on": "2026-13-40"},
            "rejected", "field.kind", "closed_on",
        ),
        (
            "unit@1", {"name": "示例", "kind": "castle"}, "warning", "field.choice", "kind",
        ),
        (
            "unit@1", {"name": "示" * 201, "kind": "township"}, "warning", "field.length", "name",
        ),
        (
            "unit@1", {"name": "示例", "kind": "township", "colour": "red"},
            "warning", "field.unknown", "colour",
        ),
        ("unit@9", {"name": "示例", "kind": "township"}, "warning", "type.newer", ""),
        ("castle@1", {"name": "示例"}, "warning", "type.unknown", ""),
    ],
)  # fmt: skip
def test_what_the_county_says_of_a_revision(county, tmp_path, of, written, state, code, field):
    desk = county.enrolled()
    told = verdicts(county, desk, tmp_path, desk.line(1, of=of, **written))
    (verdict,) = told.revisions
    assert (verdict.state, verdict.code, verdict.field) == (state, code, field)
    assert verdict.dot == f"{desk.replica}-1"
    assert verdict.county_ref == "00000001"
    assert verdict.message_zh
    assert told.bundles[0].state == ("rejected" if state == "rejected" else "accepted")
    assert len(county.kept()[0]) == 1


def test_a_wrong_identity_number_is_a_warning(county, tmp_path):
    desk = county.enrolled()
    person = {"name": "王示例", "kind": "civil_servant", "unit_id": rec(9)}
    told = verdicts(
        county, desk, tmp_path,
        desk.line(1, of="person@1", **person, citizen_id=BAD_ID),
        desk.line(2, of="person@1", **person, citizen_id=GOOD_ID),
    )  # fmt: skip
    assert [(each.rec, each.code) for each in told.revisions] == [(rec(1), "field.citizen_id")]


def test_a_bundle_with_something_rejected_is_partly_accepted(county, tmp_path):
    desk = county.enrolled()
    told = verdicts(county, desk, tmp_path, desk.line(1), desk.line(2, name="示例"))
    assert told.bundles[0].state == "partly"


def test_a_void_record_needs_no_filling_in(county, tmp_path):
    desk = county.enrolled()
    first = desk.line(1, name="示例")
    told = verdicts(
        county, desk, tmp_path, first,
        desk.line(1, pred={"_void": [f"{desk.replica}-1"]}, _void=True),
    )  # fmt: skip
    assert told.revisions == ()
    assert county.kept()[1][0][4] is True


def test_the_desk_whose_value_is_not_shown_is_told_whichever_came_first(county, tmp_path):
    early, late = county.enrolled(), county.enrolled("d09", "9" * 16)
    late.n = 100
    told_early = verdicts(county, early, tmp_path, early.line(1, name="甲", kind="township"))
    assert told_early.revisions == ()
    late.write(tmp_path / "late", [late.line(1, name="乙", kind="township")])
    report = county.receive(tmp_path / "late")
    assert county.receipt_for(late, report).revisions == ()
    (verdict,) = county.receipt_for(early, report).revisions
    assert (verdict.state, verdict.code, verdict.field) == ("superseded", "conflict", "name")


def test_a_dot_that_is_taken_is_rejected_and_the_first_line_stays(county, tmp_path):
    one, copy = county.enrolled(), county.enrolled("d09", "9" * 16)
    verdicts(county, one, tmp_path, one.line(1))
    copy.replica = one.replica
    copy.write(tmp_path / "copy", [copy.line(1, name="别的", kind="township")],
               facts={"stream": "440000001-d09-99999999"})  # fmt: skip
    copy.replica = "9" * 16
    told = county.receipt_for(copy, county.receive(tmp_path / "copy"))
    assert [(each.state, each.code) for each in told.revisions] == [("rejected", "dot.taken")]
    assert county.kept()[1][0][2]["name"] == "示例单位1"
