"""Megabytes in the clipboard: one sentence at once, and what stood there stays."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication, QLineEdit

from integrity_desk.domain import fields as declare
from integrity_desk.domain.fields import Choice
from integrity_desk.ui.forms import Form
from integrity_desk.ui.widgets.plain_field import PlainField
from integrity_desk.ui.widgets.search_box import SearchBox

MEGABYTES = "承诺按期办结。" * 150_000
"""Three megabytes, a million letters in one line."""


class Way(Choice):
    LETTER = "letter", "来信"


def declared(name, made):
    return dataclasses.replace(made.metadata["declared"], name=name)


FIELDS = (
    declared("title", declare.text("事项")),
    declared("facts", declare.long_text("事实")),
    declared("count", declare.number("人数")),
    declared("amount_fen", declare.money("金额")),
    declared("due_on", declare.day("期限")),
    declared("heard_at", declare.moment("收到时间")),
    declared("way", declare.choice("渠道", Way)),
    declared("unit_id", declare.link("单位", to="unit")),
    declared("citizen", declare.citizen_id("身份证号")),
)
LINES = [each.name for each in FIELDS if each.name not in {"facts", "way"}]


class Finder:
    def find(self, field, text, on_found):
        on_found([])

    def name(self, ids, on_named):
        on_named([])


@pytest.fixture
def form(qtbot):
    made = Form((("基本情况", FIELDS),), Finder())
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def facts(form):
    form.set_values({"facts": "已有的事实"})
    return form._boxes["facts"]


def put(facts, text):
    source = QMimeData()
    source.setText(text)
    facts.editor.box.insertFromMimeData(source)


def test_a_text_far_too_long_is_not_put_in_and_what_stood_there_stays(form, facts):
    QApplication.clipboard().setText(MEGABYTES)
    facts.editor.box.paste()
    assert form.values()["facts"] == "已有的事实"
    assert "1,050,000" in facts.sentence
    assert "20,000" in facts.sentence
    assert "附件" in facts.sentence
    assert not form.dirty


def test_nor_does_it_replace_what_was_marked(form, facts):
    facts.editor.box.selectAll()
    put(facts, MEGABYTES)
    assert form.values()["facts"] == "已有的事实"
    assert facts.editor.box.textCursor().selectedText() == "已有的事实"


def test_many_small_pieces_come_to_the_same_end(form, facts):
    for _piece in range(5):
        put(facts, "某" * 15_000)
    assert form.values()["facts"] == "某" * 30_000 + "已有的事实"
    assert "没有放入" in facts.sentence


def test_a_little_too_long_goes_in_to_be_shortened_by_hand(form, facts):
    put(facts, "某" * 20_100)
    assert not facts.check()
    assert "105" in facts.sentence
    facts.editor.box.setPlainText("改短了")
    assert facts.check()


def test_the_next_word_takes_the_sentence_away(form, facts):
    put(facts, MEGABYTES)
    facts.editor.box.insertPlainText("补充：")
    assert facts.sentence == ""
    assert form.dirty


@pytest.mark.parametrize("name", LINES)
def test_a_line_takes_what_it_can_hold_and_says_so(form, qtbot, name):
    box = form._boxes[name]
    QApplication.clipboard().setText(MEGABYTES)
    box.editor.line.paste()
    assert len(box.editor.line.text()) <= 200
    if name != "unit_id":  # a search among units; what is not found is said on leaving
        qtbot.waitUntil(lambda: "最多 200 字" in box.sentence)


def test_a_choice_holds_no_page(form):
    line = form._boxes["way"].editor.box.lineEdit()
    QApplication.clipboard().setText(MEGABYTES)
    line.paste()
    assert len(line.text()) <= 1000
    assert not form._boxes["way"].check()


def test_the_fields_of_signing_in_and_the_search_hold_a_line(qtbot):
    field, search = PlainField("登录名"), SearchBox()
    qtbot.addWidget(field)
    qtbot.addWidget(search)
    QApplication.clipboard().setText(MEGABYTES)
    field.line.paste()
    QLineEdit.paste(search)
    assert len(field.text) == len(search.text()) == 200
    qtbot.waitUntil(lambda: "最多 200 字" in field.sentence)
