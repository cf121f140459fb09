"""Search: whatever is written is found, whatever is private is not."""

from __future__ import annotations

import pytest

from integrity_desk.domain.identifiers import citizen_check_digit

FULL_ID = "110101199003070011"


@pytest.fixture
def find(office):
    """Return ``find(text)``: the ids found, newest first."""

    def ask(text, *, limit=50, restricted=False):
        reader = office.reading()
        rows = reader.index.find(text, limit=limit, restricted=restricted)
        ids = dict(office.store.database.conn.execute("SELECT row, id FROM record"))
        return [ids[row] for row in rows]

    return ask


@pytest.mark.parametrize(
    "query",
    ["滨", "滨江", "滨江路", "江路改", "改造", "造", "滨江 改造", "濱江路", "ＢＪ12", "bj12", "12"],
)
def test_any_run_of_characters_is_found(office, find, query):
    commitment = office.commitment(subject="滨江路改造", beneficiary="BJ12号企业")
    assert find(query) == [commitment]


@pytest.mark.parametrize("query", ["江改", "路滨", "滨改", "bj2", "滨江 桥", "", "  ", "，。"])
def test_what_does_not_stand_there_is_not_found(office, find, query):
    office.commitment(subject="滨江路改造", beneficiary="BJ12号企业")
    assert find(query) == []


def test_one_character_is_found_anywhere_in_long_text(office, find):
    commitment = office.commitment(content="本镇承诺于年底前修缮堰坝。")
    for character in "本堰坝":
        assert commitment in find(character)


def test_a_phrase_does_not_reach_across_punctuation_or_fields(office, find):
    office.commitment(subject="甲乙，丙丁", beneficiary="戊己")
    assert find("乙丙") == []
    assert find("丁戊") == []


@pytest.mark.parametrize("query", ["sxm", "shanxiaoming", "shanxiao", "SXM", "dxm", "单小明"])
def test_a_name_is_found_by_its_pinyin(office, find, query):
    person = office.person(name="单小明")
    assert find(query) == [person]


def test_a_changed_name_is_no_longer_found_by_the_old_one(office, find):
    person = office.person(name="单小明")
    office.amend(person, name="欧阳小红")
    assert find("单小明") == find("sxm") == []
    assert find("oyxh") == find("欧阳") == [person]


def test_a_name_that_grew_too_long_for_pinyin_leaves_the_old_pinyin(office, find):
    commitment = office.commitment(subject="修桥")
    assert find("xiuqiao") == [commitment]
    office.amend(commitment, subject="整治示例河道并在两岸植树造林以及其他若干配套工程")
    assert find("xiuqiao") == []


@pytest.mark.parametrize("asked", ["長者飯堂", "长者饭堂"])
def test_simplified_and_traditional_find_each_other(office, find, asked):
    old = office.commitment(subject="開辦長者飯堂")
    new = office.commitment(subject="开办长者饭堂")
    assert find(asked) == [new, old]


def test_a_full_identity_number_is_found_and_no_part_of_it(office, find):
    person = office.person(citizen_id=FULL_ID)
    assert find(FULL_ID) == [person]
    assert [find(FULL_ID[:end]) for end in (4, 8, 14, 17)] == [[]] * 4
    assert find(FULL_ID[6:]) == find("0011") == []


def test_numbers_do_not_stand_in_the_index_or_beside_it(office):
    office.person(citizen_id=FULL_ID, phone="13800000002")
    conn = office.store.database.conn
    (digests,) = conn.execute("SELECT group_concat(hex(digest)) FROM search_secret").fetchone()
    assert len(digests.split(",")) == 2
    kept = b"".join(
        bytes(block)
        for table in ("search_text_data", "search_pinyin_data", "search_restricted_data")
        for (block,) in conn.execute(f"SELECT block FROM {table}")
    )
    assert FULL_ID[:6].encode() not in kept
    assert b"1380000" not in kept


def test_a_phone_number_is_found_however_it_is_written(office, find):
    person = office.person(phone="138-0000-0002")
    assert find("13800000002") == [person]
    assert find("138 0000 0002") == [person]


def test_a_number_is_forgotten_with_its_field(office, find):
    person = office.person(citizen_id=FULL_ID)
    office.amend(person, citizen_id=None)
    assert find(FULL_ID) == []


def test_reporters_are_found_only_where_restricted_finds_are_asked_for(office, find):
    office.complaint(reporter={"name": "孙密报", "phone": "13800000003"})
    assert find("13800000003") == []
    assert find("孙密报") == find("smb") == find("孙") == []
    assert len(find("13800000003", restricted=True)) == 1


def test_newest_stand_first_and_the_limit_holds(office, find):
    made = [office.unit(name=f"示例第{number}村") for number in range(5)]
    assert find("示例第", limit=3) == made[:1:-1]


def test_a_void_record_is_not_found(office, find, acting):
    unit = office.unit(name="将被作废的单位")
    assert find("作废") == [unit]
    with acting() as work:
        work.void(work.load_any(unit))
    assert find("作废") == []


def test_an_old_identity_number_finds_the_new_one_and_the_other_way_round(office, find):
    new, old = "11010519491231002X", "110105491231002"
    office.person(name="李示例", citizen_id=new)
    office.person(name="周示例", citizen_id="110105500101003", citizen_id_note="旧证号码")
    assert find(old) == find(new) != []
    longer = "11010519500101003" + citizen_check_digit("11010519500101003")
    assert find(longer) == find("110105500101003") != []
