"""The pages of the window, in the order of the navigation.

A line is a page: its id (for registers the name of the record type), its words, its icon, and
the group it stands in. Adding a page is adding a line.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial

from integrity_desk.domain.records import type_named
from integrity_desk.ui.pages.accounts import AccountsPage
from integrity_desk.ui.pages.base import Context, Page, PageEntry
from integrity_desk.ui.pages.commitments import CommitmentPage
from integrity_desk.ui.pages.due import DuePage
from integrity_desk.ui.pages.evaluations import EvaluationPage
from integrity_desk.ui.pages.exchange import ExchangePage
from integrity_desk.ui.pages.find import FindPage
from integrity_desk.ui.pages.inquiries import InquiryPage
from integrity_desk.ui.pages.measure_board import MeasureBoardPage
from integrity_desk.ui.pages.notices import NoticePage
from integrity_desk.ui.pages.pledges import PledgePage
from integrity_desk.ui.pages.register import RegisterPage
from integrity_desk.ui.pages.settings_page import SettingsPage
from integrity_desk.ui.pages.subject_file import SubjectPage
from integrity_desk.ui.pages.trainings import TrainingPage
from integrity_desk.ui.pages.workbench import WorkbenchPage
from integrity_desk.wording import N_

REGISTERED = N_("登记")
FILES = N_("档案")
ASSESSED = N_("考评和查询")
PUBLISHED = N_("公开和上报")
BASIS = N_("基础")


def _register(type_name: str, icon: str, group: str) -> PageEntry:
    return PageEntry(
        id=type_name,
        label=type_named(type_name).label,
        icon=icon,
        factory=partial(RegisterPage, type_name=type_name),
        group=group,
    )


def _of_register(
    type_name: str, icon: str, group: str, factory: Callable[[Context], Page]
) -> PageEntry:
    """A register whose page has work of its own."""
    return dataclasses.replace(_register(type_name, icon, group), factory=factory)


def _subjects(type_name: str, icon: str) -> PageEntry:
    """Return the line of a register whose records have an integrity file."""
    page = partial(SubjectPage, type_name=type_name)
    return dataclasses.replace(_register(type_name, icon, BASIS), factory=page)


PAGES: tuple[PageEntry, ...] = (
    PageEntry(id="workbench", label=N_("工作台"), icon="home", factory=WorkbenchPage),
    PageEntry(id="due", label=N_("期限板"), icon="clock", factory=DuePage),
    PageEntry(id="find", label=N_("查找"), icon="search", factory=FindPage, listed=False),
    _of_register("commitment", "commitment", REGISTERED, CommitmentPage),
    _register("complaint", "message", REGISTERED),
    _register("sealed_item", "lock", REGISTERED),
    _register("proposal", "landmark", REGISTERED),
    _register("question", "help", REGISTERED),
    _register("integrity_record", "record", FILES),
    _register("measure", "scale", FILES),
    PageEntry(
        id="measure_board", label=N_("措施板"), icon="shield", factory=MeasureBoardPage, group=FILES
    ),
    _register("objection", "alert", FILES),
    _register("repair", "repair", FILES),
    _register("rectification_order", "clipboard", FILES),
    _of_register("evaluation_scheme", "chart", ASSESSED, EvaluationPage),
    _of_register("training", "graduation", ASSESSED, TrainingPage),
    _of_register("pledge", "pledge", ASSESSED, PledgePage),
    _of_register("inquiry", "stamp", ASSESSED, InquiryPage),
    PageEntry(
        id="notice",
        label=type_named("notice").label,
        icon="megaphone",
        factory=NoticePage,
        group=PUBLISHED,
    ),
    PageEntry(
        id="exchange",
        label=N_("上报与回执"),
        icon="usb",
        factory=ExchangePage,
        permission="exchange",
        group=PUBLISHED,
    ),
    _subjects("unit", "building"),
    _subjects("person", "users"),
    PageEntry(id="accounts", label=N_("账号"), icon="key", factory=AccountsPage, at_bottom=True),
    PageEntry(
        id="settings", label=N_("设置"), icon="settings", factory=SettingsPage, at_bottom=True
    ),
)
