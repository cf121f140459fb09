from __future__ import annotations

import pytest

from integrity_desk.domain.secrecy import carries_secret_mark


@pytest.mark.parametrize(
    "text",
    [
        "机密★10年",
        "秘密 ★ 1年",
        "绝密★长期",
        "絕密★",
        "密级：秘密",
        "密级：【机密】",
        "【绝密】关于示例事项的函",
        "示例文件（机密）.pdf",
        "示例镇人民政府文件\n机密\n示政发〔2026〕1号",
        "绝　密",
        "秘密 5年",
    ],
)
def test_a_classification_mark_is_recognised(text):
    assert carries_secret_mark(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "涉及国家秘密、商业秘密的不予公开",
        "要求为举报人保守秘密",
        "该局以商业秘密为由拒绝公开（商业秘密）",
        "密级：公开",
        "机密文件丢失的传言不实",
        "示例★星级服务窗口",
    ],
)
def test_the_words_inside_a_sentence_are_no_mark(text):
    assert not carries_secret_mark(text)
