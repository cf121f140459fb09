"""Lists of other offices: mapped once, remembered, and only what is new the next time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook

from integrity_desk.domain.commitments import Commitment
from integrity_desk.domain.complaints import Complaint
from integrity_desk.domain.import_sources import READY, ready_sources, targets_of
from integrity_desk.domain.records import type_named
from integrity_desk.domain.reporters import Reporter
from integrity_desk.errors import InvalidInput, NotFound
from integrity_desk.services.import_sources import LookAtList, source_named
from integrity_desk.services.spreadsheet_imports import CheckImport, ImportRows

ORDERS = """12345工单转办表（2026年5月）
工单号,来电时间,来电人,联系电话,工单标题,诉求内容,诉求类别,办理时限
示例-0001,2026-05-08 14:23:11,赵甲示例,13800000001,示例路灯不亮,示例路灯坏十日。,办事效率,5月15日
示例-0002,2026.5.9,,,反映示例工程款未付,示例工程验收后未付款。,拖欠工程款,5月18日
示例-0003,５月１０日,钱乙示例,13800000002,反映窗口无人,示例大厅三号窗口上午无人。,道路交通,5月19日
"""


@pytest.fixture
def listed(tmp_path):
    """Return ``listed(text)``: a .csv as another office sends it."""

    def write(text, name="list.csv", encoding="gb18030"):
        path = tmp_path / name
        path.write_text(text, encoding)
        return path

    return write


def seen(office, type_name, path):
    return office.as_("clerk").ask(LookAtList(type=type_name, path=path))


def look(office, type_name, path, source=None):
    return office.as_("clerk").ask(CheckImport(type=type_name, path=path, source=source))


def take(office, type_name, path, source=None, **options):
    command = ImportRows(type=type_name, path=path, source=source, **options)
    return office.as_("clerk").perform(command).value


@pytest.mark.parametrize("ready", ready_sources(), ids=lambda each: each.code)
def test_every_ready_source_speaks_of_fields_and_words_that_exist(ready):
    declared = type_named(ready.register)
    targets = targets_of(declared)
    assert set(ready.synonyms) <= set(targets)
    assert ready.key in ready.synonyms
    assert set(ready.defaults) | set(ready.words) <= set(targets)
    for name, some in ready.words.items():
        assert {targets[name].choices(each) for each in some.values()}
    headings = [each for some in ready.synonyms.values() for each in some]
    assert len(set(headings)) == len(headings)
    assert ready.code in READY


def test_work_orders_of_12345_come_in_without_a_single_heading_of_ours(office, listed):
    path = listed(ORDERS)
    view = seen(office, "complaint", path)
    assert not view.settled
    assert view.source.name == "12345工单"
    assert view.source.fields["来电人"] == "reporter.name"
    told = look(office, "complaint", path, view.source)
    assert told.problems == ()
    assert told.counts == {"added": 3}
    assert take(office, "complaint", path, view.source).added == 3
    first, second, third = office.reading().find(Complaint)
    assert first.channel.value == "hotline_12345"
    assert [each.matter.value for each in (first, second, third)] == ["service", "arrears", "other"]
    assert [each.received_on.day for each in (first, second, third)] == [8, 9, 10]
    assert first.facts == "诉求内容：示例路灯坏十日。\n办理时限：5月15日"
    names = {each.complaint_id: each.name for each in office.reading().find(Reporter)}
    assert names == {first.id: "赵甲示例", third.id: "钱乙示例"}
    assert "赵甲示例" not in " ".join(map(str, first.__dict__.values()))


def test_the_next_list_of_the_same_source_needs_no_mapping_and_offers_only_what_is_new(
    office, listed
):
    path = listed(ORDERS)
    take(office, "complaint", path, seen(office, "complaint", path).source)
    longer = listed(ORDERS + "示例-0004,2026-05-11,,,反映示例事项,示例事实。,拖欠账款,\n")
    assert seen(office, "complaint", longer).settled
    told = look(office, "complaint", longer)
    assert told.counts == {"same": 3, "added": 1}
    assert take(office, "complaint", longer).added == 1
    assert take(office, "complaint", longer).added == 0
    assert len(office.reading().find(Complaint)) == 4


def test_a_repeated_list_changes_what_changed_in_it_and_never_what_was_written_here(office, listed):
    path = listed(ORDERS)
    take(office, "complaint", path, seen(office, "complaint", path).source)
    first, second, _third = office.reading().find(Complaint)
    office.amend(first.id, subject="示例路路灯（已核对标题）")
    again = listed(ORDERS.replace("反映示例工程款未付", "反映示例工程款拖欠"))
    (line,) = look(office, "complaint", again).lines
    assert (line.kind, line.id, line.after) == ("changed", second.id, "反映示例工程款拖欠")
    take(office, "complaint", again)
    assert office.record(first.id).subject == "示例路路灯（已核对标题）"
    both = listed(ORDERS.replace("示例路灯不亮", "示例路全部路灯不亮"))
    conflict = next(e for e in look(office, "complaint", both).lines if e.id == first.id)
    assert conflict.kind == "conflict"


def test_the_same_number_twice_in_one_list_is_a_problem(office, listed):
    path = listed(ORDERS.replace("示例-0002", "示例-0001"))
    (line,) = look(office, "complaint", path, seen(office, "complaint", path).source).problems
    assert "“示例-0001”在第3行已经有了" in line.sentence


def test_a_word_that_no_choice_knows_is_mapped_once(office, listed):
    text = "领域,承诺事项,承诺内容,责任单位,责任人,承诺日期\n"
    text += "老有所养,示例认证,当场办结。,示例镇政务服务大厅,钱经办,2026年1月5日\n"
    path = listed(text)
    view = seen(office, "commitment", path)
    assert view.source.name == "十五个服务领域承诺"
    (line,) = look(office, "commitment", path, view.source).problems
    assert (line.heading, line.address) == ("领域", "A2")
    words = {**view.source.words, "service_area": {"老有所养": "elderly_care"}}
    source = replace(view.source, words=words)
    assert take(office, "commitment", path, source).added == 1
    assert take(office, "commitment", path).added == 0
    (made,) = office.reading().find(Commitment)
    assert made.service_area.value == "elderly_care"
    assert made.kind.value == "service_quality"


def test_a_years_list_of_projects_has_amounts_in_ten_thousands(office, listed):
    text = "示例镇2026年民生实事清单\n项目名称,建设内容,牵头单位,责任人,公布日期,完成时限,"
    text += "总投资（万元）\n"
    text += '示例路改造,改造示例路一公里。,示例镇政务服务大厅,钱经办,1月5日,11月30日,"1,250"\n'
    path = listed(text)
    view = seen(office, "commitment", path)
    assert view.source.name == "民生实事清单"
    (line,) = look(office, "commitment", path, view.source).lines
    assert "承诺金额：12,500,000.00" in line.after
    assert "作出日期：2026-01-05" in line.after
    assert "责任单位：示例镇政务服务大厅" in line.after
    assert take(office, "commitment", path, view.source).added == 1
    (made,) = office.reading().find(Commitment)
    assert made.amount_fen == 1_250_0000_00
    assert (made.made_on.isoformat(), made.due_on.isoformat()) == ("2026-01-05", "2026-11-30")
    assert made.kind.value == "livelihood_project"


def test_lost_lawsuits_and_arrears_find_their_fields(office, listed):
    lawsuits = "案号,案由,判决日期,审理法院,被告,推送日期,判决结果\n"
    lawsuits += "（2026）示0001民初1号,合同纠纷,2026-03-05,示例县人民法院,示例镇某站,2026-04-01,"
    lawsuits += "给付示例款\n"
    path = listed(lawsuits, "lawsuits.csv")
    assert seen(office, "complaint", path).source.name == "法院败诉案件"
    take(office, "complaint", path, seen(office, "complaint", path).source)
    arrears = "台账编号,欠款单位,企业名称,欠款金额,应付日期,登记日期\n"
    arrears += "示欠01,示例镇某站,示例建材公司,1.2万元,2026-01-31,2026-04-02\n"
    path = listed(arrears, "arrears.csv")
    take(office, "complaint", path, seen(office, "complaint", path).source)
    suit, debt = office.reading().find(Complaint)
    assert (suit.channel.value, suit.about_others) == ("lost_lawsuit", "示例镇某站")
    assert "判决日期：2026-03-05" in suit.facts
    assert debt.matter.value == "arrears"
    assert "欠款金额：1.2万元" in debt.facts


def test_lost_digits_are_refused_in_a_sentence_that_says_so(office, tmp_path):
    book = Workbook()
    book.active.append(["姓名", "人员类别", "所在单位", "公民身份号码", "联系电话"])
    hall = "示例镇政务服务大厅"
    book.active.append(["王示例", "公务员", hall, 110101199003070011, "1.38E+10"])
    path = tmp_path / "people.xlsx"
    book.save(path)
    first, second = look(office, "person", path).problems
    assert {first.address, second.address} == {"D2", "E2"}
    assert all("后面的数字已经丢失" in each.sentence for each in (first, second))


def test_people_of_one_name_are_listed_and_told_apart_by_their_unit(office, listed):
    office.unit(name="示例镇司法所")
    for hall in (office.hall, office.unit(name="示例镇财政所")):
        office.person(name="王同名", unit_id=hall, post="")
    text = "承诺事项,承诺类别,具体内容,责任单位,责任人,作出日期\n"
    row = "示例事项,服务质量承诺,示例内容,示例镇司法所,{},2026-01-05\n"
    kind = type_named("commitment").field("kind").choices
    row = row.replace("服务质量承诺", next(iter(kind)).label)
    (line,) = look(office, "commitment", listed(text + row.format("王同名"))).problems
    assert "有2条都叫“王同名”" in line.sentence
    assert "王同名（示例镇财政所）" in line.sentence
    told_apart = listed(text + row.format("王同名（示例镇财政所）"))
    assert take(office, "commitment", told_apart).added == 1


def test_the_report_is_the_file_itself_with_comments_on_its_cells(office, listed, tmp_path):
    path = listed("单位名称,单位类别\n示例甲,宇宙飞船\n,事业单位\n")
    report = tmp_path / "report.xlsx"
    office.as_("clerk").ask(CheckImport(type="unit", path=path, report=report))
    sheet = load_workbook(report)["数据"]
    assert sheet["B2"].value == "宇宙飞船"
    assert "不在可选的范围内" in sheet["B2"].comment.text
    assert "请填写" in sheet["A3"].comment.text
    assert sheet["A2"].comment is None
    office.as_("clerk").ask(CheckImport(type="unit", path=report, report=tmp_path / "b.xlsx"))
    again = load_workbook(tmp_path / "b.xlsx")["数据"]
    assert "不在可选的范围内" in again["B2"].comment.text
    with pytest.raises(InvalidInput, match="换一个文件名"):
        office.as_("clerk").ask(CheckImport(type="unit", path=report, report=report))


def test_a_source_is_found_by_name_and_an_unknown_one_is_told(office, listed):
    heads = ORDERS.splitlines()[1].split(",")
    reader = office.reading()
    declared = type_named("complaint")
    found = source_named(declared, "12345工单", heads, reader)
    assert found.key == "source_number"
    assert source_named(declared, "hotline_12345", heads, reader) == found
    with pytest.raises(NotFound, match="12345工单、法院败诉案件、拖欠企业账款"):
        source_named(declared, "无此来源", heads, reader)
