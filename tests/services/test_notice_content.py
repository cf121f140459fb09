from __future__ import annotations

import pytest

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.notices import Notice
from integrity_desk.domain.records import type_of
from integrity_desk.services.notice_cells import COLUMNS, ITEM_COLUMNS
from integrity_desk.services.notice_content import compose

NAMED = {each.name: each for each in TYPES}


@pytest.mark.parametrize("type_name", type_of(Notice).field("item_ids").to)
def test_whatever_a_notice_may_list_has_columns_of_published_fields(type_name):
    for rule in ITEM_COLUMNS[type_name]:
        assert rule.field == "#" or NAMED[type_name].field(rule.field).published


def test_the_kinds_with_columns_of_their_own_show_published_fields_of_commitments():
    fields = {rule.field for rules in COLUMNS.values() for rule in rules} - {"#", "@state"}
    assert all(NAMED["commitment"].field(each).published for each in fields)


def test_an_exposure_list_names_unit_fact_and_organ(office):
    record = office.effective_record(organ="示例县人民政府", subject_id=office.hall)
    notice = office.enter("notice", kind="exposure_list", item_ids=[record], body="")
    sheet = compose(office.record(notice), 1, office.reading())
    assert [each.heading for each in sheet.columns][1:4] == ["单位或人员", "事项", "认定的事实"]
    assert sheet.rows[0].cells[1] == "示例镇政务服务大厅"


def test_items_of_several_registers_are_listed_by_name(office):
    record, promise = office.effective_record(), office.registered_commitment()
    notice = office.enter("notice", kind="information", item_ids=[record, promise])
    sheet = compose(office.record(notice), 1, office.reading())
    assert [row.cells[1] for row in sheet.rows] == ["拖欠示例工程款", "十个工作日内办结养老认证"]
