"""Everything a person may see of the program: pages, opened records, forms, dialogs, sentences.

A scene is a name, who looks, and a function that brings it about and returns what is looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.fields import Kind
from integrity_desk.domain.records import type_named
from integrity_desk.errors import DeskError
from integrity_desk.paths import resource
from integrity_desk.services.sample import sample_accounts
from integrity_desk.ui.dialogs.backing_up import BackingUpDialog
from integrity_desk.ui.dialogs.carry_bundles import CarryBundlesDialog
from integrity_desk.ui.dialogs.compose_notice import ComposeNoticeDialog
from integrity_desk.ui.dialogs.confirm import confirm_leaving
from integrity_desk.ui.dialogs.how_counted import HowCountedDialog
from integrity_desk.ui.dialogs.import_calendar import ImportCalendarDialog
from integrity_desk.ui.dialogs.import_rows import ImportRowsDialog
from integrity_desk.ui.dialogs.inspect_bundle import InspectBundleDialog
from integrity_desk.ui.dialogs.link_account import LinkAccountDialog
from integrity_desk.ui.dialogs.open_account import OpenAccountDialog
from integrity_desk.ui.dialogs.password import PasswordDialog
from integrity_desk.ui.dialogs.pick_many import PickManyDialog
from integrity_desk.ui.dialogs.print_paper import PrintDialog
from integrity_desk.ui.dialogs.print_sheet import PrintSheetDialog
from integrity_desk.ui.dialogs.redactions import RedactionsDialog
from integrity_desk.ui.dialogs.renew_recovery import RenewRecoveryDialog
from integrity_desk.ui.pages.registry import PAGES as ENTRIES
from integrity_desk.ui.reporting import CrashDialog, report_of, show_failure
from tests.ui.looks.showroom import Room


@dataclass(frozen=True, kw_only=True)
class Scene:
    """``make(room)`` returns the widget to look at."""

    make: Callable[[Room], QWidget]
    login: str = "reviewer"


def _page(page_id: str) -> Scene:
    login = "admin" if page_id == "accounts" else "reviewer"
    return Scene(make=lambda room: room.go(page_id).window(), login=login)


def _record(type_name: str) -> Scene:
    return Scene(make=lambda room: room.open(type_name).window())


def _form(type_name: str) -> Scene:
    def make(room: Room) -> QWidget:
        page = room.go(type_name)
        page.act("new")
        room.settle()
        return page.window()

    return Scene(make=make, login="clerk")


def _found_nothing(room: Room) -> QWidget:
    page = room.go("commitment")
    page.search("没有这样的登记")
    room.settle()
    return page.window()


def _refused_form(room: Room) -> QWidget:
    page = room.go("complaint")
    page.act("new")
    room.settle()
    page.forms.view.form.submit()
    room.settle()
    return page.window()


def _window_act(action: str) -> Callable[[Room], QWidget]:
    def make(room: Room) -> QWidget:
        room.window._act(action)
        return room.dialog()

    return make


def _page_act(page_id: str, act: str) -> Callable[[Room], QWidget]:
    def make(room: Room) -> QWidget:
        room.go(page_id).act(act)
        return room.dialog()

    return make


def _own(type_name: str, code: str, *states: str) -> Callable[[Room], QWidget]:
    """Take one of the acts that a register's page adds; a dialog if it opened one."""

    def make(room: Room) -> QWidget:
        page = room.open(type_name, *states)
        page.take_own(code)
        room.settle()
        return QApplication.activeModalWidget() or page.window()

    return make


def _step(type_name: str, act: str, *states: str) -> Callable[[Room], QWidget]:
    def make(room: Room) -> QWidget:
        room.open(type_name, *states)._take_step(act)
        return room.dialog()

    return make


def _opened(build: Callable[[Room], QDialog]) -> Callable[[Room], QWidget]:
    """Open what is built as the window would, and wait for its answers."""

    def make(room: Room) -> QWidget:
        dialog = build(room)
        dialog.open()
        room.settle()
        return dialog

    return make


def _acted(room: Room, page_id: str, act: str) -> QWidget:
    page = room.go(page_id)
    page.act(act)
    room.settle()
    return page.window()


def _called(room: Room, page_id: str, method: str) -> QWidget:
    getattr(room.go(page_id), method)()
    return room.dialog()


def _page_record_act(type_name: str, act: str, *states: str) -> Callable[[Room], QWidget]:
    """Open a record and take one of the page's offers for it."""

    def make(room: Room) -> QWidget:
        room.open(type_name, *states).act(act)
        return room.dialog()

    return make


PROJECTS = """示例镇2026年民生实事清单
实事项目,建设内容,牵头单位,责任人,公布日期,完成时限,总投资（万元）
示例路改造,改造示例路一公里。,示例镇便民服务中心,王示例,1月5日,11月30日,"1,250"
社区食堂,新建社区食堂两处。,示例镇便民服务中心,王示例,1月5日,年底前,80
"""


def import_of_projects(room: Room) -> QDialog:
    path = room.folder.parent / "示例镇2026年民生实事.csv"
    path.write_text(PROJECTS, "utf-8-sig")
    page = room.go("commitment")
    return ImportRowsDialog(room.context, type_named("commitment"), path, page)


def _import_reviewed(room: Room) -> QWidget:
    dialog = import_of_projects(room)
    dialog.open()
    room.until(lambda: dialog.go.isEnabled())
    dialog.go.click()
    room.until(lambda: dialog.again.isVisible() and dialog.again.isEnabled())
    return dialog


def _bundle(room: Room, path: Path) -> QDialog:
    return InspectBundleDialog(room.context.tasks, path, room.go("exchange"))


def _no_bundle(room: Room) -> QDialog:
    path = room.folder.parent / "不是同步包.tsb"
    path.write_bytes(b"not a bundle")
    return _bundle(room, path)


def _scores(room: Room) -> QWidget:
    page = room.open("evaluation_scheme", "collecting")
    page.take_own("sheet")
    room.until(lambda: page.work is not None and page.work.sheet is not None)
    page.work._give("")
    return room.dialog()


def _list_of_people(room: Room) -> QWidget:
    page = room.open("training")
    page.take_own("list")
    room.settle()
    page.work._pick()
    return room.dialog()


def _pick_units(room: Room) -> QDialog:
    field = next(
        each for declared in TYPES for each in declared.fields
        if each.kind is Kind.LINKS and each.to == ("unit",)
    )  # fmt: skip
    return PickManyDialog(room.context.tasks, field, (room.first("unit"),), room.window)


def _letter(room: Room) -> QWidget:
    page = room.open("rectification_order", "issued")
    (first, *_others) = page.letters.found.offered
    page.letters.write(page.panel.view.id, first.template, first.title)
    return room.dialog()


def _crash(_room: Room) -> QDialog:
    return CrashDialog(report_of(ValueError("示例")))


SENTENCE = "数据库正被另一个程序使用。请关闭另一个窗口，或稍候再试；已填写的内容没有丢失。"

REGISTERS = [each.id for each in ENTRIES if each.id in {declared.name for declared in TYPES}]
WITHOUT_FORM = {"notice", "measure", "inquiry"}
"""Composed, imposed and asked otherwise."""

PAGES = {
    **{f"page {each.id}": _page(each.id) for each in ENTRIES},
    **{f"record {each}": _record(each) for each in REGISTERS},
}
FORMS = {f"form {each}": _form(each) for each in REGISTERS if each not in WITHOUT_FORM}

STATES = {
    "state nothing-found": Scene(make=_found_nothing),
    "state form-refused": Scene(make=_refused_form, login="clerk"),
    "state viewer": Scene(make=lambda room: room.open("complaint").window(), login="viewer"),
    "state viewer-accounts": Scene(make=lambda room: room.go("accounts").window(), login="viewer"),
    "state file": Scene(make=_own("unit", "file")),
    "state file-person": Scene(make=_own("person", "file")),
    "state scores": Scene(make=_own("evaluation_scheme", "sheet", "computed")),
    "state attendance": Scene(make=_own("training", "list")),
    "state inquiry-form": Scene(make=lambda room: _acted(room, "inquiry", "new")),
}

DIALOGS = {
    "about": Scene(make=_window_act("about")),
    "shortcuts": Scene(make=_window_act("shortcuts")),
    "statistics": Scene(make=_window_act("statistics")),
    "verify": Scene(make=_window_act("verify_sheet")),
    "templates": Scene(make=_window_act("templates"), login="admin"),
    "carry": Scene(
        make=_opened(lambda room: CarryBundlesDialog(room.context, room.go("exchange")))
    ),
    "compose": Scene(
        make=_opened(lambda room: ComposeNoticeDialog(room.context, room.go("notice")))
    ),
    "compose again": Scene(
        make=_opened(
            lambda room: ComposeNoticeDialog(
                room.context, room.go("notice"), room.first("notice", "draft")
            )
        )
    ),
    "redact": Scene(
        make=_opened(
            lambda room: RedactionsDialog(
                room.context, room.first("notice", "draft"), room.go("notice")
            )
        )
    ),
    "sheet preview": Scene(make=_page_record_act("notice", "print", "posted")),
    "print sheet": Scene(
        make=_opened(
            lambda room: PrintSheetDialog(
                room.context,
                room.first("notice"),
                "示例镇便民服务承诺公示（2026年第二批）",
                pages=3,
                again=True,
                parent=room.go("notice"),
            )
        )
    ),
    "print paper": Scene(
        make=_opened(
            lambda room: PrintDialog(
                room.context, "示例镇统计报表", b"", pages=3, parent=room.window
            )
        )
    ),
    "letter": Scene(make=_letter),
    "case file": Scene(make=_page_record_act("complaint", "case_file")),
    "own data": Scene(make=_own("person", "own"), login="reviewer"),
    "divide": Scene(make=_own("person", "divide"), login="reviewer"),
    "password": Scene(
        make=_opened(
            lambda room: PasswordDialog(
                room.context.tasks, room.account("clerk"), own=True, parent=room.window
            )
        ),
        login="admin",
    ),
    "password of another": Scene(
        make=_opened(
            lambda room: PasswordDialog(
                room.context.tasks, room.account("clerk"), own=False, parent=room.window
            )
        ),
        login="admin",
    ),
    "account": Scene(
        make=_opened(lambda room: OpenAccountDialog(room.context.tasks, room.window)), login="admin"
    ),
    "link": Scene(
        make=_opened(
            lambda room: LinkAccountDialog(room.context.tasks, room.account("clerk"), room.window)
        ),
        login="admin",
    ),
    "recovery": Scene(
        make=_opened(lambda room: RenewRecoveryDialog(room.context.tasks, room.window)),
        login="admin",
    ),
    "carry over": Scene(make=lambda room: _called(room, "commitment", "_carry")),
    "counted": Scene(
        make=_opened(
            lambda room: HowCountedDialog(
                room.context, room.first("complaint", "accepted"), room.go("complaint")
            )
        )
    ),
    "calendar": Scene(
        make=_opened(
            lambda room: ImportCalendarDialog(
                room.context, resource("calendars/2026.toml"), room.window
            )
        ),
        login="admin",
    ),
    "issue": Scene(make=lambda room: _called(room, "pledge", "issue")),
    "sign": Scene(make=lambda room: _called(room, "pledge", "sign")),
    "add people": Scene(make=_list_of_people),
    "give scores": Scene(make=_scores),
    "pick many": Scene(make=_opened(_pick_units)),
    "ledger": Scene(make=_page_act("commitment", "ledger")),
    "import": Scene(make=_opened(import_of_projects)),
    "import reviewed": Scene(make=_import_reviewed),
    "inspect": Scene(make=_opened(lambda room: _no_bundle(room))),
    "fields of a step": Scene(make=_step("complaint", "accept", "received"), login="clerk"),
    "backing up": Scene(make=_opened(lambda _room: BackingUpDialog())),
    "crash": Scene(make=_opened(_crash)),
    "failure": Scene(make=lambda room: show_failure(DeskError(SENTENCE), room.window)),
    "leaving": Scene(make=lambda room: confirm_leaving(room.window, room.settle)),
}


def _door(do: Callable[[Any], None]) -> Callable[[Room], QWidget]:
    """Go back to the front door and do something there."""

    def make(room: Room) -> QWidget:
        room.visit.session.show_sign_in()
        room.settle()
        do(room.visit.door)
        room.settle()
        return room.visit.door

    return make


DOOR = {
    "door": Scene(make=_door(lambda door: door.sign_in.focus_first())),
    "door refused": Scene(make=_door(lambda door: door.sign_in.refuse(DeskError(SENTENCE)))),
    "door recover": Scene(make=_door(lambda door: door._show_recover())),
    "door restore": Scene(make=_door(lambda door: door._show_restore())),
    "door first start": Scene(make=_door(lambda door: door._looked(False))),
    "door sample": Scene(make=_door(lambda door: door._show_sample(sample_accounts()))),
}

SCENES = {**PAGES, **FORMS, **STATES, **DIALOGS, **DOOR}
