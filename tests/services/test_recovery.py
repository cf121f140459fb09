"""The recovery sheet prints the code that lets an account back in."""

from __future__ import annotations

import re
import subprocess

import pytest

from integrity_desk.documents.preview import page_text
from integrity_desk.errors import NotPermitted, SignInRefused
from integrity_desk.services.opening import NewDesk, begin, recover, sign_in
from integrity_desk.services.recovery import RenewRecoverySheet, recovery_pdf
from tests.office import CHEAP, PASSWORD, START

NAME = "示例镇政务服务大厅"


@pytest.fixture
def begun(tmp_path):
    """Return a store just begun."""
    new = NewDesk(
        org="999901001", desk="07", name=NAME, login="admin", administrator="示例管理员",
        password=PASSWORD,
    )  # fmt: skip
    made = begin(tmp_path / "new", new, now=lambda: START, cost=CHEAP)
    yield made
    made.desk.close()


def printed(begun):
    pdf = recovery_pdf(begun, NAME)
    assert pdf.startswith(b"%PDF")
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode()


def test_the_sheet_says_whose_it_is_and_when(begun):
    shown = "".join(printed(begun).split())
    assert NAME in shown
    assert "2026" in shown
    assert shown.count("\f") <= 1


def test_what_is_typed_off_the_sheet_opens_the_store(begun, tmp_path):
    begun.desk.close()
    groups = begun.recovery_code.split("-")
    shown = printed(begun)
    assert all(re.search(rf"\b{group}\b", shown) for group in groups)
    typed = " ".join(groups).lower()
    desk = recover(
        tmp_path / "new", typed, "admin", "新的示例密码 2026", cost=CHEAP, now=lambda: START
    )
    assert desk.actor.name == "示例管理员"
    desk.close()
    with pytest.raises(SignInRefused):
        sign_in(tmp_path / "new", "admin", PASSWORD, now=lambda: START)


def test_the_password_does_not_stand_on_the_sheet(begun):
    assert PASSWORD not in printed(begun)


def test_a_renewed_sheet_opens_the_store_and_the_earlier_one_no_more(office):
    pdf = office.as_("admin").perform(RenewRecoverySheet(cost=CHEAP)).value
    code = "-".join(re.findall(r"[A-Z2-7]{4}", page_text(pdf, 0))[:8])
    office.close()
    with pytest.raises(SignInRefused, match="恢复码不对"):
        recover(office.folder, office.recovery_code, "clerk", "a new password", cost=CHEAP)
    desk = recover(office.folder, code, "clerk", "a new password", cost=CHEAP, now=office.now)
    desk.close()


def test_only_an_administrator_renews_the_sheet(office):
    with pytest.raises(NotPermitted):
        office.as_("clerk").perform(RenewRecoverySheet(cost=CHEAP))
