"""``init``, ``check`` and ``backup``: and where passwords come from."""

from __future__ import annotations

import os
import re
import stat
import subprocess

import pytest

from integrity_desk.errors import SignInRefused
from integrity_desk.services.opening import recover, sign_in
from tests.office import CHEAP, PASSWORD

ORDER = (
    "init", "--org", "999901001", "--desk", "03", "--name", "示例镇政务服务大厅",
    "--login", "admin", "--administrator", "示例管理员",
)  # fmt: skip


@pytest.fixture
def handed():
    """Return ``handed(text)``: a file descriptor from which the text is read."""

    def act(text):
        reading, writing = os.pipe()
        os.write(writing, text.encode())
        os.close(writing)
        return reading

    return act


# init


def test_a_store_and_its_recovery_sheet_are_made(program, tmp_path):
    folder, sheet = tmp_path / "new", tmp_path / "recovery.pdf"
    told = program(
        *ORDER, "--store", folder, "--recovery-sheet", sheet, INTEGRITY_DESK_PASSWORD=PASSWORD
    )
    assert (told.code, told.err) == (0, "")
    assert str(sheet) in told.out
    assert os.name != "posix" or stat.S_IMODE(sheet.stat().st_mode) == 0o600
    desk = sign_in(folder, "admin", PASSWORD)
    assert desk.actor.name == "示例管理员"
    desk.close()
    text = subprocess.run(
        ["pdftotext", "-layout", sheet, "-"], capture_output=True, check=True
    ).stdout.decode()
    (code,) = re.findall(r"(?:[A-Z2-7]{4}-){7}[A-Z2-7]{4}", text) or [_code_in(text)]
    assert code not in told.out
    recover(folder, code, "admin", "另一示例密码 2026", cost=CHEAP).close()
    with pytest.raises(SignInRefused):
        sign_in(folder, "admin", PASSWORD)


def _code_in(text):
    return "-".join(re.findall(r"\b[A-Z2-7]{4}\b", text)[:8])


def test_a_short_password_makes_nothing(run, tmp_path, monkeypatch):
    monkeypatch.setenv("INTEGRITY_DESK_PASSWORD", "short")
    told = run(*ORDER, "--store", tmp_path / "new", "--recovery-sheet", tmp_path / "r.pdf")
    assert told.code == 1
    assert "至少8个字符" in told.err
    assert not (tmp_path / "new" / "store.db").exists()
    assert not (tmp_path / "r.pdf").exists()


def test_no_store_is_made_whose_recovery_sheet_could_not_be_kept(run, tmp_path, monkeypatch):
    monkeypatch.setenv("INTEGRITY_DESK_PASSWORD", PASSWORD)
    told = run(*ORDER, "--store", tmp_path / "new", "--recovery-sheet", tmp_path / "gone" / "r.pdf")
    assert told.code == 1
    assert told.err.strip().endswith("。")
    assert not (tmp_path / "new" / "store.db").exists()


def test_a_recovery_sheet_that_is_there_is_not_overwritten(run, tmp_path, monkeypatch):
    monkeypatch.setenv("INTEGRITY_DESK_PASSWORD", PASSWORD)
    (tmp_path / "r.pdf").write_bytes(b"somebody's")
    told = run(*ORDER, "--store", tmp_path / "new", "--recovery-sheet", tmp_path / "r.pdf")
    assert told.code == 1
    assert (tmp_path / "r.pdf").read_bytes() == b"somebody's"
    assert not (tmp_path / "new" / "store.db").exists()


def test_a_store_is_not_begun_over_another(desk, run, office, tmp_path, monkeypatch):
    monkeypatch.setenv("INTEGRITY_DESK_PASSWORD", PASSWORD)
    told = run(*ORDER, "--store", office.folder, "--recovery-sheet", tmp_path / "r.pdf")
    assert told.code == 1
    assert "已有数据库" in told.err
    assert not (tmp_path / "r.pdf").exists()


# check


def test_a_sound_store_is_exit_code_nought(desk):
    told = desk("check")
    assert told.code == 0
    assert "检查通过" in told.out


def test_a_sound_store_as_json(desk):
    told = desk("check", "--json").json
    assert (told["sound"], told["faults"]) == (True, [])
    assert told["records"] > 0


def test_a_damaged_store_is_exit_code_one(desk, office):
    unit = office.unit(name="示例原名")
    office.store.database.conn.execute("UPDATE unit SET name = '改' WHERE id = ?", (unit,))
    told = desk("check", "--json")
    assert told.code == 1
    assert told.json["sound"] is False
    assert "示例原名" in told.json["faults"][0]
    assert desk("check").code == 1


def test_a_damaged_file_is_told_without_a_traceback(desk, office):
    office.close()
    path = office.folder / "store.db"
    path.write_bytes(b"\0" * 4096 + path.read_bytes()[4096:])
    told = desk("check")
    assert told.code == 1
    assert told.err.strip().endswith("。")
    assert "Traceback" not in told.err
    office.folder.rename(office.folder.with_name("damaged"))


# backup


def test_a_backup_is_made_and_opens(desk, office):
    told = desk("backup", by="admin")
    assert told.code == 0
    (copy,) = (office.folder / "backups").glob("*.db")
    assert str(copy) in told.out


def test_who_may_not_is_refused_in_a_sentence(desk, stick):
    told = desk("bundle", "export", stick, by="viewer")
    assert told.code == 1
    assert "查阅员" in told.err


# Where passwords come from


def test_the_password_may_come_by_a_file_descriptor(run, office, handed, monkeypatch):
    monkeypatch.setenv("INTEGRITY_DESK_PASSWORD", "wrong password")
    words = ("check", "--store", office.folder, "--login", "clerk", "--password-fd")
    assert run(*words, handed(f"{PASSWORD}\n")).code == 0
    assert run(*words, handed(f"{PASSWORD}\r\n")).code == 0
    assert run(*words, handed(PASSWORD)).code == 0
    assert run(*words, handed("wrong as well")).code == 1


def test_the_password_may_come_by_the_environment(run, office, monkeypatch):
    words = ("check", "--store", office.folder, "--login", "clerk")
    monkeypatch.setenv("INTEGRITY_DESK_PASSWORD", PASSWORD)
    assert run(*words).code == 0
    monkeypatch.setenv("INTEGRITY_DESK_PASSWORD", "wrong password")
    told = run(*words)
    assert told.code == 1
    assert told.err.strip().endswith("。")


def test_the_login_may_come_by_the_environment(run, office, monkeypatch):
    monkeypatch.setenv("INTEGRITY_DESK_PASSWORD", PASSWORD)
    assert run("check", "--store", office.folder).code == 1
    monkeypatch.setenv("INTEGRITY_DESK_LOGIN", "clerk")
    assert run("check", "--store", office.folder).code == 0


def test_without_a_password_and_a_terminal_the_two_ways_are_named(program, office):
    told = program("check", "--store", office.folder, "--login", "clerk")
    assert told.code == 1
    assert "--password-fd" in told.err
    assert "INTEGRITY_DESK_PASSWORD" in told.err


@pytest.mark.parametrize("descriptor", [99, -1])
def test_a_descriptor_that_is_not_open_is_told(run, office, descriptor):
    told = run("check", "--store", office.folder, "--login", "clerk", f"--password-fd={descriptor}")
    assert told.code == 1
    assert told.err.strip().endswith("。")


def test_a_password_that_is_no_text_is_told(run, office):
    reading, writing = os.pipe()
    os.write(writing, b"\xff\xfe\n")
    os.close(writing)
    told = run("check", "--store", office.folder, "--login", "clerk", "--password-fd", reading)
    assert told.code == 1
    assert told.err.strip().endswith("。")


def test_a_store_that_is_not_there_is_told(run, tmp_path, monkeypatch):
    monkeypatch.setenv("INTEGRITY_DESK_PASSWORD", PASSWORD)
    told = run("check", "--store", tmp_path / "nothing", "--login", "clerk")
    assert told.code == 1
    assert told.err.strip().endswith("。")


def test_where_there_is_no_store_no_password_is_asked_for(run, tmp_path):
    told = run("check", "--store", tmp_path / "nothing", "--login", "clerk")
    assert told.code == 1
    assert "没有数据库" in told.err
    assert "--store" in told.err


def test_the_password_is_nowhere_in_what_is_printed(desk):
    told = desk("check", "--json")
    assert PASSWORD not in told.out + told.err
