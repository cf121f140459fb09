"""A store begins in a folder that only its owner may look into."""

from __future__ import annotations

import sys

import pytest

from integrity_desk.services.opening import NewDesk, begin
from tests.office import CHEAP, PASSWORD, START

NEW = NewDesk(
    org="999901001", desk="07", name="示例镇政务服务大厅", login="admin",
    administrator="示例管理员", password=PASSWORD,
)  # fmt: skip

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX folders")


def rights(folder):
    return folder.stat().st_mode & 0o777


def test_a_new_folder_is_closed_to_other_accounts(tmp_path):
    folder = tmp_path / "desk"
    begin(folder, NEW, now=lambda: START, cost=CHEAP).desk.close()
    assert rights(folder) == 0o700
    assert {each.name for each in folder.iterdir()} >= {"store.db", "keyring.json"}


def test_a_folder_that_was_there_keeps_its_rights(tmp_path):
    folder = tmp_path / "desk"
    folder.mkdir()
    folder.chmod(0o750)
    begin(folder, NEW, now=lambda: START, cost=CHEAP).desk.close()
    assert rights(folder) == 0o750
