from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from integrity_desk.documents.fonts import MissingCharacter
from integrity_desk.documents.reports import render_report
from integrity_desk.domain.charts import Chart, ChartKind, Series
from integrity_desk.domain.reports import (
    Ending,
    Lines,
    Paragraph,
    Report,
    Section,
    Table,
    report_code,
)
from tests.documents.conftest import COLUMNS, PROMISE, rows, squeezed

AREAS = ("便民服务", "招商引资", "政府采购和招标投标活动")
CHARTS = tuple(
    Chart(
        kind=kind,
        title=f"示例图{kind.value}",
        categories=AREAS,
        series=(
            Series(name="按期", values=(12, 3, None)),
            Series(name="逾期", values=(1, 2, 4)),
        ),
        unit="件",
    )
    for kind in ChartKind
)


def report(**changes: object) -> Report:
    content: dict[str, object] = {
        "title": "示例镇诚信情况报告",
        "subtitle": "2026年第三季度",
        "number": "报2026-02-0001",
        "author": "示例镇人民政府",
        "footer": "示例登记点打印",
        "made_on": date(2026, 10, 8),
        "sections": (
            Section(
                heading="一、基本情况",
                blocks=(
                    Lines(items=(("单位", "示例镇人民政府"), ("说明", PROMISE * 3), ("空", ""))),
                    Paragraph(text=f"{PROMISE}\n第二段。"),
                ),
            ),
            Section(heading="二、承诺", level=1, blocks=(Table(columns=COLUMNS, rows=rows(60)),)),
            Section(heading="三、图", blocks=CHARTS, new_page=True),
            Section(
                heading="四、没有的", blocks=(Table(columns=COLUMNS, rows=(), empty="没有记录。"),)
            ),
        ),
        "ending": Ending(issuer="示例镇人民政府", issued_on=date(2026, 10, 8)),
    }
    return Report(**{**content, **changes})


def test_a_report_says_everything_that_it_holds(fonts, reader):
    pdf = render_report(report(), fonts)
    said = squeezed(reader.text(pdf, "-raw"))
    for text in ("一、基本情况", "第二段。", "示例60所", "没有记录。", "按期", "逾期", *AREAS[:2]):
        assert text in said
    assert "空" not in said.replace("空间", "")
    assert f"校验码：{report_code(report())}" in said


def test_a_report_is_sound_and_embeds_every_face(fonts, reader):
    pdf = render_report(report(), fonts)
    assert reader.check(pdf) == ""
    assert {flags for _, flags in reader.fonts(pdf)} == {("yes", "yes", "yes")}
    assert "Helvetica" not in str(reader.fonts(pdf))
    assert reader.info(pdf)["Title"] == "示例镇诚信情况报告"


def test_heads_titles_and_page_numbers_stand_on_every_page(fonts, reader):
    pages = reader.pages(render_report(report(), fonts))
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in squeezed(page)
        assert "示例登记点打印" in page
        assert "示例镇诚信情况报告" in page
        if "示例4所" in page or "示例40所" in page:
            assert "承诺事项" in page


def test_the_same_report_gives_the_same_bytes(fonts):
    assert render_report(report(), fonts) == render_report(report(), fonts)


def test_the_code_depends_on_what_is_said_and_not_on_who_printed_it():
    assert report_code(report(footer="另一人打印")) == report_code(report())
    other = dataclasses.replace(report(), subtitle="2026年第四季度")
    assert report_code(other) != report_code(report())


def test_a_missing_character_names_section_and_line(fonts):
    broken = Section(heading="二、人员", blocks=(Lines(items=(("姓名", "王𡒄"),)),))
    with pytest.raises(MissingCharacter, match="二、人员“姓名”"):
        render_report(report(sections=(broken,)), fonts)


def test_a_landscape_report_is_wider_than_high(fonts, reader):
    size = reader.info(render_report(report(landscape=True), fonts))["Page size"]
    assert size.startswith("841.89 x 595.27")


def test_the_seal_never_stands_on_a_page_without_words(fonts, reader):
    for count in range(20, 60, 4):
        words = tuple(Paragraph(text=f"第{at}段。") for at in range(count))
        made = report(sections=(Section(heading="一、情况", blocks=words),))
        pages = [squeezed(page) for page in reader.pages(render_report(made, fonts))]
        [page] = [each for each in pages if "2026年10月8日" in each]
        assert f"第{count - 1}段。" in page
