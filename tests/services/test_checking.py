"""Checking the store: each kind of damage has its sentence, and a sound store is told sound."""

from __future__ import annotations

import pytest

from integrity_desk.errors import Cancelled
from integrity_desk.services.attachments import AttachFile
from integrity_desk.services.checking import CheckStore
from integrity_desk.services.records import DiscardRecord
from integrity_desk.services.spreadsheet_imports import ImportRows


@pytest.fixture
def check(office):
    """Return ``check()``: the report of the whole store, as the viewer gets it."""
    return lambda **options: office.as_("viewer").ask(CheckStore(**options))


@pytest.fixture
def damage(office):
    """Return ``damage(sql)``: changes the store behind the program's back."""

    def act(sql, *values):
        connection = office.store.database.conn
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("PRAGMA foreign_keys = OFF")
        assert connection.execute(sql, values).rowcount != 0

    return act


@pytest.fixture
def enter_many(office, tmp_path):
    """Return ``enter_many(n)``: enters n units in one act."""

    def act(number):
        path = tmp_path / "many.csv"
        rows = "".join(f"示例单位{each},事业单位\n" for each in range(number))
        path.write_text(f"单位名称,单位类别\n{rows}", "utf-8")
        office.as_("clerk").perform(ImportRows(type="unit", path=path))

    return act


def test_a_sound_store_is_told_with_its_numbers(office, check, tmp_path):
    unit = office.unit()
    evidence = tmp_path / "示例.txt"
    evidence.write_text("示例", "utf-8")
    office.as_("clerk").perform(AttachFile(owner_id=unit, path=evidence))
    office.as_("clerk").perform(DiscardRecord(id=office.commitment()))
    report = check()
    assert report.sound
    assert report.faults == ()
    assert report.attachments == 1
    assert "检查通过" in report.sentence
    assert f"{report.records}条记录" in report.sentence


def test_a_changed_line_of_the_log_is_named_by_its_number(office, check, damage):
    unit = office.unit(name="示例原名")
    damage(
        "UPDATE revision SET line = CAST(replace(CAST(line AS TEXT), '原名', '改名') AS BLOB)"
        " WHERE rec = ?",
        unit,
    )
    report = check(records_too=False)
    assert not report.sound
    (fault,) = report.faults
    assert "条变更记录与校验值不符" in fault
    assert fault in report.sentence
    assert "请停止录入" in report.sentence


def test_a_line_taken_out_of_the_log_is_found(office, check, damage):
    unit = office.unit()
    office.unit(name="示例第二单位")
    damage("DELETE FROM revision WHERE rec = ?", unit)
    assert any("变更记录与校验值不符" in each for each in check().faults)


def test_a_changed_record_is_named_by_the_name_the_log_knows(office, check, damage):
    unit = office.unit(name="示例原名")
    damage("UPDATE unit SET name = '示例改名' WHERE id = ?", unit)
    assert check(records_too=False).sound
    assert check().faults == ("“示例原名”的内容与变更历史不一致",)


def test_a_lost_record_is_found(office, check, damage):
    unit = office.unit()
    damage("DELETE FROM unit WHERE id = ?", unit)
    damage("DELETE FROM record WHERE id = ?", unit)
    assert any("1条记录不见了" in each for each in check().faults)


@pytest.mark.parametrize("act", ["enter", "amend", "discard"])
def test_the_newest_line_taken_out_of_the_log_is_found(office, check, damage, act):
    unit = office.unit(name="示例甲")
    if act == "amend":
        office.amend(unit, name="示例乙")
    if act == "discard":
        office.as_("clerk").perform(DiscardRecord(id=office.commitment(unit_id=unit)))
    assert check().sound
    damage("DELETE FROM revision WHERE position = (SELECT max(position) FROM revision)")
    report = check()
    assert not report.sound
    assert ("没有记载" in report.sentence) is (act == "enter")


def test_a_changed_attachment_is_named_by_its_digest(office, check, damage, tmp_path):
    evidence = tmp_path / "示例.txt"
    evidence.write_bytes(b"original")
    office.as_("clerk").perform(AttachFile(owner_id=office.unit(), path=evidence))
    (table,) = [
        name
        for (name,) in office.store.database.conn.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%chunk%'"
        )
    ]
    columns = [row[1] for row in office.store.database.conn.execute(f"PRAGMA table_info({table})")]
    (content,) = set(columns) & {"bytes", "content", "data", "chunk"}
    damage(f"UPDATE {table} SET {content} = ?", b"tampered")
    (fault,) = check().faults
    assert fault.startswith("附件")
    assert "内容与摘要不符" in fault


def test_an_attachment_that_is_gone_is_named(office, check, damage, tmp_path):
    evidence = tmp_path / "示例证据.txt"
    evidence.write_bytes(b"original")
    office.as_("clerk").perform(AttachFile(owner_id=office.unit(), path=evidence))
    damage("DELETE FROM blob_chunk")
    (fault,) = check().faults
    assert "内容与摘要不符" in fault
    damage("DELETE FROM blob")
    report = check()
    assert report.faults == ("“示例证据.txt”的文件不见了",)
    assert not report.sound


def test_a_file_that_another_desk_has_not_brought_yet_is_no_fault(township, tmp_path):
    evidence = tmp_path / "示例证据.txt"
    evidence.write_bytes(b"original")
    first, second = township["01"], township["02"]
    first.as_("clerk").perform(AttachFile(owner_id=first.unit(), path=evidence))
    township.exchange()
    assert second.as_("viewer").ask(CheckStore()).sound
    for table in ("blob_chunk", "blob"):
        second.store.database.conn.execute(f"DELETE FROM {table}")
    assert second.as_("viewer").ask(CheckStore()).sound


def test_several_faults_are_counted_and_the_first_is_told(office, check, damage):
    first, second = office.unit(name="示例甲"), office.unit(name="示例乙")
    damage("UPDATE unit SET contact = '改' WHERE id IN (?, ?)", first, second)
    report = check()
    assert len(report.faults) == 2
    assert "2处问题" in report.sentence


def test_a_damaged_page_is_found(office, enter_many):
    enter_many(300)
    office.close()
    path = office.folder / "store.db"
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle + 100 : middle + 200] = bytes(100)
    path.write_bytes(data)
    office._open()
    report = office.as_("viewer").ask(CheckStore())
    assert not report.sound
    assert "数据库文件有损坏的页" in report.faults


def test_a_check_can_be_stopped(office, enter_many):
    class Stop:
        def step(self, done, total, label=""):
            raise Cancelled

    enter_many(1000)
    with pytest.raises(Cancelled):
        office.as_("viewer").ask(CheckStore(), Stop())
