"""Case files: a whole case in one PDF, attachments behind dividers, nothing it may not say."""

from __future__ import annotations

import io
import json
import subprocess
import tempfile

import pikepdf
import pytest

from integrity_desk.documents.preview import page_count, page_image, page_text
from integrity_desk.domain.access import Access, Handout
from integrity_desk.domain.accounts import Role
from integrity_desk.domain.attachments import Attachment
from integrity_desk.domain.case_files import FOLLOWED
from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.letters import WrittenLetter
from integrity_desk.domain.records import type_named
from integrity_desk.errors import Cancelled, InvalidInput, NotFound, NotPermitted
from integrity_desk.services.attachments import AttachFile
from integrity_desk.services.case_files import DrawCaseFile, FindCase, TakeCaseFile
from integrity_desk.services.chains import ORDER
from integrity_desk.services.letter_keeping import bytes_of
from integrity_desk.services.letters import PrintLetter, PrintLetters
from tests.papers import locked, pdf_of, photo, put, stamped
from tests.services import notices

NAME, PHONE = "孙密报", "13800000003"


@pytest.fixture
def case(office):
    """Return an accepted complaint with a reporter, a letter and a progress of steps."""
    case = office.complaint(
        subject="反映示例工程款逾期未付", reporter={"name": NAME, "phone": PHONE}
    )
    office.step(case, "accept")
    command = PrintLetter(record_id=case, template="acceptance", bundled_fonts=True)
    office.as_("clerk").perform(command)
    return case


@pytest.fixture
def attach(office, tmp_path):
    """Return ``attach(owner, name, content)``."""

    def act(owner, name, content, by="clerk", **told):
        path = put(tmp_path / "handed-in", name, content)
        return office.as_(by).perform(AttachFile(owner_id=owner, path=path, **told)).value

    return act


@pytest.fixture
def drawn(office):
    """Return ``drawn(record)``: the case file as it is looked at."""

    def act(record, by="clerk"):
        return office.as_(by).ask(DrawCaseFile(record_id=record, bundled_fonts=True))

    return act


def pages(pdf):
    return ["".join(page_text(pdf, at).split()) for at in range(page_count(pdf))]


def outline(pdf):
    """Every entry as (title, page from 1), those of a chapter behind it."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        told = subprocess.run(
            ["qpdf", "--json", "--json-key=outlines", file.name], capture_output=True, check=True
        ).stdout
    return list(_entries(json.loads(told)["outlines"]))


def _entries(found):
    for each in found:
        yield each["title"], each["destpageposfrom1"]
        yield from _entries(each["kids"])


# What stands in it


def test_a_case_file_has_cover_contents_record_steps_letters_and_enclosures(case, attach, drawn):
    attach(case, "合同.pdf", pdf_of("CONTRACT ONE", "CONTRACT TWO"), note="示例工程合同")
    pdf = drawn(case)
    said = pages(pdf)
    assert "投诉举报卷宗" in said[0].replace("\u2002", "")
    assert "卷内目录" in said[1]
    for words in ("投诉举报登记表", "投诉举报办理经过", "受理告知书", "附件1", "CONTRACTTWO"):
        assert any(words in text for text in said[2:]), words


def test_every_page_bears_its_number_and_the_contents_name_the_right_ones(case, attach, drawn):
    attach(case, "合同.pdf", pdf_of("CONTRACT ONE", "CONTRACT TWO"))
    attach(case, "照片.jpg", photo())
    pdf = drawn(case)
    said = pages(pdf)
    for number, text in enumerate(said, 1):
        assert f"第{number}页共{len(said)}页" in text
    divider = said.index(next(text for text in said[2:] if "附件1合同.pdf" in text))
    listed = dict(outline(pdf))
    for title, at in listed.items():
        if title in ("投诉举报登记表", "投诉举报办理经过", "合同.pdf", "照片.jpg"):
            assert str(at) in said[1][said[1].index(title) :], title
    assert listed["合同.pdf"] == divider + 1


def test_letters_stand_there_as_they_were_printed(office, case, drawn):
    [letter] = office.reading().find(WrittenLetter, record_id=case)
    pdf = drawn(case)
    at = dict(outline(pdf))["受理告知书"] - 1
    own = bytes_of(letter, office.reading())
    assert "".join(page_text(own, 0).split()) in pages(pdf)[at]
    mine, theirs = page_image(pdf, at, 40), page_image(own, 0, 40)
    assert (mine.width, mine.height) == (theirs.width, theirs.height)
    head = mine.width * 4 * 30  # the page number at the top is all that was added
    pairs = zip(mine.pixels[head:], theirs.pixels[head:], strict=True)
    assert max(abs(here - there) for here, there in pairs) < 16


def test_of_letters_printed_in_one_file_only_the_own_pages_come_in(office, drawn):
    cases = [office.step(office.complaint(subject=f"示例事项{at}"), "accept") for at in "甲乙丙"]
    office.as_("clerk").perform(PrintLetters(record_ids=tuple(cases), bundled_fonts=True))
    said = "".join(pages(drawn(cases[1])))
    assert "示例事项乙" in said
    assert "示例事项甲" not in said
    assert "示例事项丙" not in said


def test_orders_records_and_notices_of_a_complaint_follow_in_chapters(office, case, attach, drawn):
    order = office.enter(
        "rectification_order", source_id=case, unit_id=office.hall, problem="逾期未付示例工程款"
    )
    record = office.effective_record(source_kind="complaint", source_id=case)
    notice = office.walk(
        notices.draft(office, [record], kind="exposure_list", until_on="2026-06-20"),
        "submit", "approve",
    )  # fmt: skip
    printed = notices.printed(office, notice)
    objection = office.enter("objection", record_id=record, reason="事实有误示例")
    attach(notice, "张贴照片.jpg", photo(), purpose="photo")
    pdf = drawn(case)
    numbers = [office.record(each).number for each in (order, record, objection)]
    titles = [title for title, _page in outline(pdf)]
    for number in filter(None, numbers):
        assert any(number in title for title in titles), number
    assert any(printed.code in text for text in pages(pdf))
    assert any("张贴照片.jpg" in title for title in titles)


def test_the_file_of_a_record_never_has_the_complaint_it_came_from(office, case, drawn):
    record = office.effective_record(source_kind="complaint", source_id=case)
    office.enter("objection", record_id=record, reason="事实有误示例")
    said = "".join(pages(drawn(record)))
    assert "事实有误示例" in said
    assert "投诉举报登记表" not in said


def test_drafts_make_no_case_and_are_left_out_of_one(office, case, drawn):
    office.integrity_record(source_kind="complaint", source_id=case, subject="示例草稿记录")
    assert "示例草稿记录" not in "".join(pages(drawn(case)))
    with pytest.raises(InvalidInput, match="草稿"):
        drawn(office.integrity_record())
    with pytest.raises(InvalidInput, match="不立卷宗"):
        drawn(office.unit())


def test_what_follows_is_in_registers_that_link_back():
    for name, followed in FOLLOWED.items():
        assert type_named(name).register
        for each in followed:
            links = (*type_named(each).fields, *type_named(name).fields)
            assert any({name, each} & set(field.to) for field in links if field.is_link)


# Enclosures


def test_pictures_are_turned_upright_and_fill_their_page(case, attach, drawn):
    for orientation in range(1, 9):
        attach(case, f"照片{orientation}.jpg", photo(orientation=orientation))
    pdf = drawn(case)
    places = dict(outline(pdf))
    # where red ends up of the stored upper left quarter, as Exif says
    corner = {1: "lt", 2: "rt", 3: "rb", 4: "lb", 5: "lt", 6: "rt", 7: "rb", 8: "lb"}
    for orientation, wanted in corner.items():
        image = page_image(pdf, places[f"照片{orientation}.jpg"], 36)
        assert (image.width > image.height) == (orientation < 5), orientation
        assert _red_corner(image) == wanted, orientation


def _red_corner(image):
    reds = [
        (at % image.width, at // image.width)
        for at in range(image.width * image.height)
        if image.pixels[at * 4 + 2] > 200 and image.pixels[at * 4] < 80
    ]
    across = sum(x for x, _y in reds) / len(reds) / image.width
    down = sum(y for _x, y in reds) / len(reds) / image.height
    assert len(reds) > image.width * image.height / 8
    return ("l" if across < 0.5 else "r") + ("t" if down < 0.5 else "b")


def test_a_png_with_see_through_parts_stands_on_white(case, attach, drawn):
    attach(case, "截图.png", photo("PNG", mode="RGBA"))
    image = page_image(pdf := drawn(case), dict(outline(pdf))["截图.png"], 36)
    assert _red_corner(image) == "lt"


def test_turned_pages_and_stamps_on_them_are_taken_over(case, attach, drawn):
    attach(case, "横页.pdf", pdf_of("SIDEWAYS", rotate=90))
    attach(case, "盖章.pdf", stamped(pdf_of("SEALED"), "ESEAL"))
    pdf = drawn(case)
    places = dict(outline(pdf))
    image = page_image(pdf, places["横页.pdf"], 20)
    assert image.width > image.height
    assert "SIDEWAYS" in pages(pdf)[places["横页.pdf"]]
    assert "ESEAL" in pages(pdf)[places["盖章.pdf"]]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("锁.pdf", locked(pdf_of("SECRET")), "打开密码"),
        ("坏.pdf", b"%PDF-1.7 rubbish" * 20, "已经损坏"),
        ("坏.jpg", photo()[:900], "已经损坏"),
        ("坏.png", photo("PNG")[:400], "已经损坏"),
        ("表.xlsx", b"PK\x03\x04 example", "不能按页并入"),
        ("空.txt", b"", "不能按页并入"),
    ],
)
def test_what_cannot_be_shown_has_its_sentence_on_the_divider(
    case, attach, drawn, name, content, sentence
):
    attach(case, name, content)
    attach(case, "后面的.pdf", pdf_of("STILL HERE"))
    pdf = drawn(case)
    said = pages(pdf)
    divider = said[dict(outline(pdf))[name] - 1]
    assert sentence in divider
    assert "SHA-256" in divider
    assert f"{len(content)}字节" in divider.replace(",", "")
    assert "未并入" in said[1]
    assert any("STILLHERE" in text for text in said)


def test_a_content_that_is_not_here_or_has_changed_is_told(office, case, attach, drawn):
    attach(case, "没到.pdf", pdf_of("NOT HERE"))
    attach(case, "变了.pdf", pdf_of("CHANGED"))
    run = office.store.database.conn.execute
    first, second = office.reading().find(Attachment, owner_id=case)
    run("DELETE FROM blob_chunk WHERE sha256 = ?", (first.sha256,))
    run("DELETE FROM blob WHERE sha256 = ?", (first.sha256,))
    run("UPDATE blob_chunk SET data = ? WHERE sha256 = ?", (pdf_of("OTHER"), second.sha256))
    said = "".join(pages(drawn(case)))
    assert "不在本机" in said
    assert "摘要不符" in said


def test_a_file_name_no_font_can_draw_is_marked_and_stops_nothing(case, attach, drawn):
    attach(case, "图📷.jpg", photo())
    assert "图〔U+1F4F7〕.jpg" in "".join(pages(drawn(case)))


# How it is made


def test_the_same_case_gives_the_same_bytes_and_a_sound_file(case, attach, drawn, tmp_path):
    attach(case, "合同.pdf", pdf_of("CONTRACT"))
    attach(case, "照片.jpg", picture := photo())
    pdf = drawn(case)
    assert drawn(case) == pdf
    path = put(tmp_path, "case.pdf", pdf)
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    assert "NotoSerifSC" in fonts
    assert picture in pdf  # the photo goes in byte for byte
    assert b"pdfaid" not in pdf


def test_pages_of_one_file_share_its_fonts_and_pictures(case, attach, drawn):
    with pikepdf.open(io.BytesIO(pdf_of(*(f"PAGE {at}" for at in range(30))))) as made:
        shared = made.make_stream(bytes(200_000) + b"x")
        shared.Type, shared.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        shared.BBox = [0, 0, 1, 1]
        for page in made.pages:
            page.obj.Resources.XObject = pikepdf.Dictionary(X=shared)
        kept = io.BytesIO()
        made.save(kept, compress_streams=False)
    attach(case, "长文件.pdf", kept.getvalue())
    assert len(drawn(case)) < 2_000_000


def test_stop_leaves_nothing(office, case, attach):
    attach(case, "合同.pdf", pdf_of("CONTRACT"))

    class Stop:
        def step(self, done, total, label=""):
            if label == "并入附件":
                raise Cancelled

    with pytest.raises(Cancelled):
        office.as_("clerk").perform(TakeCaseFile(record_id=case, bundled_fonts=True), Stop())
    assert not [each for each in office.reading().find(Handout) if "卷宗" in each.narrowed]


# Who may have it


def test_taking_it_is_noted_with_its_digest_and_looking_is_not(office, case, drawn):
    drawn(case)
    before = len(office.reading().find(Handout))
    command = TakeCaseFile(record_id=case, copies=2, bundled_fonts=True)
    taken = office.as_("clerk").perform(command).value
    assert taken.pdf == drawn(case)
    noted = office.reading().find(Handout)
    assert len(noted) == before + 1
    assert (noted[-1].register, noted[-1].in_full) == ("complaint", False)
    assert taken.number in noted[-1].narrowed
    assert "2份" in noted[-1].reason


def test_who_complained_is_in_no_case_file_unless_asked_for_with_a_reason(
    office, case, attach, drawn
):
    [reporter] = [p.rows[0].id for p in office.view(case).parts if p.type == "reporter"]
    attach(reporter, "身份证.jpg", photo(), by="reviewer")
    said = "".join(pages(drawn(case, by="reviewer")))
    assert NAME not in said
    assert PHONE not in said
    assert "身份证.jpg" not in said
    desk = office.as_("reviewer")
    with pytest.raises(InvalidInput, match="理由"):
        desk.perform(TakeCaseFile(record_id=case, with_reporter=True))
    command = TakeCaseFile(
        record_id=case, with_reporter=True, reason="移送上级示例", bundled_fonts=True
    )
    told = "".join(pages(desk.perform(command).value.pdf))
    assert NAME in told
    assert PHONE in told
    assert "身份证.jpg" in told
    assert "不得透露" in told
    looks = office.reading().find(Access, record_id=reporter)
    assert {each.field for each in looks} == {"name", "phone"}
    assert {each.reason for each in looks} == {"移送上级示例"}
    assert office.reading().find(Handout)[-1].in_full


def test_whoever_may_not_see_who_complained_gets_no_such_file(office, case):
    person = office.person(name="李旁人", unit_id=office.hall)
    office.open_account("outsider", Role.CLERK, unit_id=office.hall, person_id=person)
    command = TakeCaseFile(record_id=case, with_reporter=True, reason="示例理由")
    for login in ("outsider", "viewer"):
        with pytest.raises(NotPermitted):
            office.as_(login).perform(command)
    assert not office.reading().find(Access)


def test_a_case_is_found_by_its_number(office, case):
    number = office.record(case).number
    assert office.as_("clerk").ask(FindCase(number=f" {number} ")) == case
    with pytest.raises(NotFound, match="没有编号"):
        office.as_("clerk").ask(FindCase(number="投诉2026-99-0001"))


def test_every_register_of_the_chain_may_make_a_case():
    assert set(ORDER) <= FOLLOWED.keys() <= {each.name for each in TYPES}
