"""Printed sheets: a code for every version, the same bytes again, and the truth about a wall."""

from __future__ import annotations

import subprocess

import pytest

from integrity_desk.domain.notices import GATE, PrintedSheet, PrintReason
from integrity_desk.domain.sheets import Paper
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.sheets import PreviewSheet, PrintSheet, ReadPrinted, VerifySheet
from integrity_desk.wording import set_language

TITLE = "示例镇2026年度公开承诺事项的公示"


@pytest.fixture
def promise(office):
    """Return a registered commitment that may be published."""
    return office.registered_commitment(subject="十个工作日内办结养老认证")


@pytest.fixture
def notice(office, promise):
    """Return an approved notice of that commitment."""
    return office.walk(draft(office, [promise]), "submit", "approve")


def draft(office, items, **values):
    told = {
        "kind": "commitment", "title": TITLE, "body": "", "item_ids": items,
        "place": "示例镇公开栏", "from_on": "2026-05-12", "until_on": "2026-05-22",
        "contact": "孙示例", "phone": "0999-80000000", **dict.fromkeys(GATE, "not_involved"),
    }  # fmt: skip
    return office.enter("notice", **{**told, **values})


@pytest.fixture
def print_it(office):
    """Return ``print_it(notice)``: what the clerk gets."""

    def act(notice, by="clerk", **options):
        command = PrintSheet(notice_id=notice, bundled_fonts=True, **options)
        return office.as_(by).perform(command).value

    return act


def verdict(office, **asked):
    return office.as_("viewer").ask(VerifySheet(**asked))


def text_of(pdf):
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode()


def bare(text):
    return "".join(text.split())


# Printing


def test_the_first_printing_is_version_one_with_number_and_code(office, notice, print_it):
    printed = print_it(notice)
    assert (printed.version, printed.number) == (1, "公示2026-01-0001")
    shown = bare(text_of(printed.pdf))
    for word in (TITLE, "十个工作日内办结养老认证", "示例镇公开栏", printed.number, printed.code):
        assert bare(word) in shown, word
    kept = office.record(printed.id)
    assert isinstance(kept, PrintedSheet)
    assert (kept.code, kept.pages, kept.copies) == (printed.code, 1, 1)
    assert kept.fonts


def test_printing_again_gives_the_same_bytes_and_version(office, notice, print_it):
    first = print_it(notice)
    office.now.advance(days=3)
    again = print_it(notice, by="reviewer", copies=5)
    assert (again.pdf, again.version, again.code) == (first.pdf, first.version, first.code)
    kept = office.reading().find(PrintedSheet, notice_id=notice)
    assert sorted(each.copies for each in kept) == [1, 5]
    assert len({each.sha256 for each in kept}) == 1


def test_the_other_paper_is_the_same_version(office, notice, print_it):
    a4, a3 = print_it(notice), print_it(notice, paper=Paper.A3)
    assert (a3.version, a3.code) == (a4.version, a4.code)
    assert a3.pdf != a4.pdf
    assert print_it(notice, paper=Paper.A3).pdf == a3.pdf


def test_changed_content_is_the_next_version_and_the_old_one_is_superseded(
    office, notice, promise, print_it
):
    first = print_it(notice)
    office.amend(promise, by="reviewer", content="自收到齐全材料之日起五个工作日内办结。")
    second = print_it(notice)
    assert (second.version, second.number) == (2, first.number)
    assert second.code != first.code
    assert "五个工作日" in bare(text_of(second.pdf))
    assert verdict(office, qr_text=first.qr_text).standing == "superseded"
    assert verdict(office, qr_text=second.qr_text).standing == "current"


def test_content_changed_back_is_a_version_of_its_own(office, notice, promise, print_it):
    before = office.record(promise).content
    first = print_it(notice)
    office.amend(promise, by="reviewer", content="另一内容。")
    print_it(notice)
    office.amend(promise, by="reviewer", content=before)
    third = print_it(notice)
    assert third.version == 3
    assert third.code != first.code


def test_a_preview_records_nothing(office, notice):
    pdf = office.as_("viewer").ask(PreviewSheet(notice_id=notice, bundled_fonts=True))
    assert bare(TITLE) in bare(text_of(pdf))
    assert office.reading().find(PrintedSheet, notice_id=notice) == []


def test_a_draft_may_be_previewed_and_shows_that_it_has_no_number(office, promise):
    pdf = office.as_("clerk").ask(
        PreviewSheet(notice_id=draft(office, [promise]), bundled_fonts=True)
    )
    assert "（未编号）" in bare(text_of(pdf))


@pytest.mark.parametrize("acts", [(), ("submit",)])
def test_what_is_not_approved_is_not_printed(office, promise, print_it, acts):
    with pytest.raises(StepRefused, match="经批准后才能打印"):
        print_it(office.walk(draft(office, [promise]), *acts))


@pytest.mark.parametrize("act", ["take_down", "withdraw"])
def test_what_was_taken_away_is_not_printed(office, notice, print_it, act):
    office.walk(notice, "post", act)
    with pytest.raises(StepRefused):
        print_it(notice)


def test_a_draft_among_the_items_is_named_and_refused(office, promise):
    unready = office.commitment(subject="尚未登记的承诺")
    with pytest.raises(StepRefused, match="“尚未登记的承诺”"):
        office.as_("clerk").ask(PreviewSheet(notice_id=draft(office, [promise, unready])))


def test_a_withheld_item_is_named_and_refused_even_after_approval(
    office, notice, promise, print_it
):
    office.amend(
        promise, by="reviewer", publication="withhold", publication_reason="涉及商业秘密示例"
    )
    with pytest.raises(StepRefused, match="“十个工作日内办结养老认证”"):
        print_it(notice)
    assert office.reading().find(PrintedSheet, notice_id=notice) == []


def test_the_english_interface_prints_chinese(office, notice, print_it):
    first = print_it(notice)
    set_language("en")
    try:
        again = print_it(notice, paper=Paper.A3)
        shown = bare(text_of(again.pdf))
    finally:
        set_language("zh")
    assert again.code == first.code
    for word in ("承诺公示", "承诺事项", "特此公示", "责任单位"):
        assert word in shown
    assert "Commitment" not in shown


def test_whoever_may_look_may_print(office, notice, print_it):
    assert {print_it(notice, by=by).code for by in ("clerk", "viewer", "admin")} == {
        print_it(notice).code
    }


# Verifying


def test_a_sheet_is_known_by_its_qr_code_and_by_number_and_code(office, notice, print_it):
    printed = print_it(notice)
    for asked in (
        {"qr_text": printed.qr_text},
        {"number": printed.number, "code": printed.code},
        {"number": f" {printed.number} ", "code": printed.code.lower().replace("-", " ")},
    ):
        told = verdict(office, **asked)
        assert (told.genuine, told.standing, told.notice_id) == (True, "current", notice)
        assert told.title == TITLE
        assert "2026-05-12 09:00" in told.sentence


def test_a_wrong_code_is_told_from_an_unknown_number(office, notice, print_it):
    printed = print_it(notice)
    forged = verdict(office, number=printed.number, code="0000-0000-0000")
    assert (forged.genuine, forged.standing) == (False, "wrong_code")
    assert "校验码不符" in forged.sentence
    strange = verdict(office, number="公示2026-01-0099", code=printed.code)
    assert (strange.genuine, strange.standing, strange.notice_id) == (False, "unknown_number", "")
    assert "公示2026-01-0099" in strange.sentence


@pytest.mark.parametrize(("act", "word"), [("take_down", "已撤下"), ("withdraw", "已撤销")])
def test_a_sheet_that_should_not_hang_any_more_is_told(office, notice, print_it, act, word):
    printed = print_it(notice)
    office.walk(notice, "post", act)
    told = verdict(office, qr_text=printed.qr_text)
    assert told.genuine
    assert told.standing in {"taken_down", "withdrawn"}
    assert word in told.sentence


@pytest.mark.parametrize("asked", [{}, {"number": "公示2026-01-0001"}, {"code": "9F3A-6C21-77E0"}])
def test_half_a_question_is_refused(office, asked):
    with pytest.raises(InvalidInput, match="编号和校验码"):
        verdict(office, **asked)


@pytest.mark.parametrize("qr_text", ["https://example.invalid/", "公示", "TSB?n=1"])
def test_somebody_elses_qr_code_is_told(office, qr_text):
    with pytest.raises(InvalidInput):
        verdict(office, qr_text=qr_text)


# What stands on it


def test_without_a_day_of_its_own_a_promise_stands_for_good(office, print_it):
    lasting = office.registered_commitment(due_on=None, kind="service_quality")
    notice = office.walk(draft(office, [lasting]), "submit", "approve")
    assert "长期" in bare(text_of(print_it(notice).pdf))


def test_the_lead_is_the_clerks_or_else_names_the_days(office, notice, promise, print_it):
    assert "公示期自2026年5月12日至2026年5月22日" in bare(text_of(print_it(notice).pdf))
    own = office.walk(draft(office, [promise], lead="示例引语。"), "submit", "approve")
    shown = bare(text_of(print_it(own).pdf))
    assert "示例引语。" in shown
    assert "公示期自" not in shown


def test_who_benefits_and_other_inner_matters_are_not_printed(office, print_it):
    promise = office.registered_commitment(publication_reason="示例内部理由")
    notice = office.walk(draft(office, [promise]), "submit", "approve")
    assert "示例内部理由" not in bare(text_of(print_it(notice).pdf))


# Corrections and revocations


@pytest.fixture
def say_of(office):
    """Return ``say_of(kind, notice)``: a posted correction or revocation of it."""

    def act(kind, about, *acts):
        body = "此前张贴的公示有误，请以本公告为准。"
        written = draft(office, [], kind=kind, title="示例公告", body=body, about_id=about)
        return office.walk(written, *(acts or ("submit", "approve", "post")))

    return act


def test_a_posted_correction_supersedes_the_old_sheet_and_is_named(
    office, notice, print_it, say_of
):
    old = print_it(notice)
    office.step(notice, "post")
    new = say_of("correction", notice)
    told = verdict(office, qr_text=old.qr_text)
    assert (told.genuine, told.standing) == (True, "superseded")
    assert f"更正公告“{office.record(new).number}”" in told.sentence
    assert office.state_of(notice) == "posted"


def test_a_correction_that_does_not_hang_yet_changes_nothing(office, notice, print_it, say_of):
    old = print_it(notice)
    say_of("correction", notice, "submit", "approve")
    assert verdict(office, qr_text=old.qr_text).standing == "current"


@pytest.mark.parametrize("hung", [(), ("post",)])
def test_a_posted_revocation_withdraws_the_old_notice(office, notice, print_it, say_of, hung):
    old = print_it(notice)
    office.walk(notice, *hung)
    new = say_of("revocation", notice)
    number = office.record(new).number
    assert office.state_of(notice) == "withdrawn"
    assert number in office.record(notice).withdrawal_reason
    told = verdict(office, qr_text=old.qr_text)
    assert (told.genuine, told.standing) == (True, "withdrawn")
    assert f"撤销公告“{number}”" in told.sentence


def test_a_revocation_leaves_what_was_taken_down_where_it_is(office, notice, print_it, say_of):
    print_it(notice)
    office.walk(notice, "post", "take_down")
    say_of("revocation", notice)
    assert office.state_of(notice) == "taken_down"


@pytest.mark.parametrize("kind", ["correction", "revocation"])
def test_it_names_another_notice_that_has_a_number(office, promise, kind):
    with pytest.raises(InvalidInput) as refused:
        office.step(draft(office, [], kind=kind, body="示例"), "submit")
    assert refused.value.field == "about_id"
    with pytest.raises(InvalidInput, match="已经批准"):
        draft(office, [], kind=kind, body="示例", about_id=draft(office, [promise]))


def test_what_hangs_offers_its_correction_and_revocation_until_one_is_written(
    office, notice, say_of
):
    office.step(notice, "post")
    assert {each.code for each in office.view(notice, by="clerk").suggested} == {
        "correction", "revocation",
    }  # fmt: skip
    written = say_of("correction", notice, "submit")
    assert office.view(notice, by="clerk").suggested == ()
    office.step(written, "withdraw")
    assert len(office.view(notice, by="clerk").suggested) == 2


# Printing again


def test_why_a_sheet_was_printed_again_is_logged(office, notice, print_it):
    print_it(notice)
    lost = print_it(notice, reason=PrintReason.LOST)
    more = print_it(notice)
    kept = {each.id: each for each in office.reading().find(PrintedSheet, notice_id=notice)}
    reasons = [each.reason for each in sorted(kept.values(), key=lambda each: each.id)]
    assert reasons == [PrintReason.FIRST, PrintReason.LOST, PrintReason.MORE]
    assert kept[lost.id].version == kept[more.id].version == 1
    history = office.view(notice).parts
    (part,) = [each for each in history if each.type == "printed_sheet"]
    assert "遗失补打" in part.rows[1].cells


def test_revoking_one_record_leaves_the_notice_of_others_but_not_its_old_sheet(
    office, print_it, say_of
):
    one, other = office.effective_record(), office.effective_record(subject="另一项")
    notice = office.walk(draft(office, [one, other], kind="untrustworthy"), "submit", "approve")
    old = print_it(notice)
    office.step(notice, "post")
    office.step(one, "revoke")
    (offer,) = [each for each in office.view(one, by="clerk").suggested if each.type == "notice"]
    values = {"place": "示例", "contact": "孙示例", "phone": "1", **offer.values}
    office.walk(draft(office, [], **values), "submit", "approve", "post")
    assert office.state_of(notice) == "posted"
    told = verdict(office, qr_text=old.qr_text)
    assert (told.genuine, told.standing) == (True, "superseded")
    assert "应当撤下" in told.sentence


def test_every_printed_version_can_be_seen_again_as_it_left(office, notice, promise, print_it):
    first = print_it(notice)
    office.amend(promise, by="reviewer", content="五个工作日内办结。")
    second = print_it(notice)
    office.walk(notice, "post", "take_down")
    for each in (first, second):
        assert office.as_("viewer").ask(ReadPrinted(id=each.id)) == each.pdf
