"""What a template may say is checked before it is used."""

from __future__ import annotations

import dataclasses

import pytest

from integrity_desk.domain.letter_templates import (
    LetterTemplate,
    PartKind,
    check_template,
    parts_of_body,
    paths_for,
)
from integrity_desk.errors import InvalidInput

TEMPLATE = LetterTemplate(
    id="example", title="示例函", types=("complaint",), body="{事由}收悉。\n? {诉求}\n[[附件]]"
)


def refusal(**changes: str) -> str:
    with pytest.raises(InvalidInput) as refused:
        check_template(dataclasses.replace(TEMPLATE, **changes))
    return refused.value.sentence


def test_lines_are_read_by_how_they_begin():
    body = "# 一\n\n正文\n| 平\n> 签名：\n? 可省\n? | 可省的平\n[[附件]]"
    parts = parts_of_body(body)
    assert [each.kind for each in parts] == [
        PartKind.HEADING, PartKind.PARAGRAPH, PartKind.FLUSH, PartKind.BLANK, PartKind.OPTIONAL,
        PartKind.OPTIONAL, PartKind.TABLE,
    ]  # fmt: skip
    assert [each.line for each in parts] == [1, 3, 4, 5, 6, 7, 8]
    assert parts[5].text == "可省的平"
    assert not parts[5].indented


def test_fields_of_the_record_of_what_it_links_to_and_of_the_issuer_are_known():
    body = "{事由}{被反映单位.联系电话}{发文单位.联系人}{今天}{限期整改.责任单位.单位名称}"
    check_template(dataclasses.replace(TEMPLATE, body=body))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("好\n{没有的}", "第2行：“没有的”不是"),
        ("{事由", "第1行：花括号不成对"),
        ("[[别的]]", "第1行：没有名为“别的”的表格"),
        ("{事由.姓名}", "“事由.姓名”不是"),
        ("{被反映人.公民身份号码}", "不是"),
        ("{被反映人.联系电话}", "不是"),
        ("{登记人}", "不是"),
        ("  ", "正文是空的"),
    ],
)
def test_what_cannot_or_may_not_be_printed_is_refused_with_its_line(body, said):
    assert said in refusal(body=body)


def test_title_and_addressee_are_checked_too():
    assert "文书名称" in refusal(title=" ")
    assert "没有的" in refusal(addressee="{没有的}")


def test_a_field_must_be_there_in_every_type_the_template_is_for():
    two = dataclasses.replace(TEMPLATE, types=("complaint", "repair"))
    with pytest.raises(InvalidInput):
        check_template(two)
    check_template(dataclasses.replace(two, body="{编号}{题名}"))


def test_every_field_offered_may_be_used():
    paths = [path for path, _where in paths_for(TEMPLATE.types)]
    assert "事由" in paths
    assert "发文单位.联系电话" in paths
    check_template(dataclasses.replace(TEMPLATE, body="".join(f"{{{each}}}" for each in paths)))
