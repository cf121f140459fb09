"""The bar above the page: title, search box, look, account."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from integrity_desk.domain.accounts import Actor
from integrity_desk.ui import theme
from integrity_desk.ui.actions import Actions
from integrity_desk.ui.widgets.page_header import PageHeader
from integrity_desk.ui.widgets.search_box import SearchBox
from integrity_desk.wording import _

_ACCOUNT_MENU = (
    "verify_sheet",
    "statistics",
    "templates",
    "",
    "theme",
    "large",
    "shortcuts",
    "about",
    "",
    "sign_out",
    "quit",
)
_SEARCH_WIDTH = 100
"""In steps of the space scale: 400 px at the normal size."""


class HeadBar(QFrame):
    """Shows the page's title and holds what every page shares."""

    def __init__(self, actions: Actions, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._header = PageHeader()
        self.search = SearchBox()
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._header, 1)
        self._layout.addWidget(self.search)
        looks = [_button(actions[each]) for each in ("large", "theme")]
        self._buttons = [*looks, _account_button(actions, actor)]
        for each in self._buttons:
            self._layout.addWidget(each)
        self.fit()

    def fit(self) -> None:
        """Take the height and widths of the theme in force."""
        tokens = theme.current()
        self.setFixedHeight(tokens.space(13))
        self.search.setFixedWidth(tokens.space(_SEARCH_WIDTH))
        self._layout.setContentsMargins(tokens.space(4), 0, tokens.space(4), 0)
        self._layout.setSpacing(tokens.space(2))
        for each in self._buttons:
            each.setIconSize(QSize(tokens.icon, tokens.icon))

    def show_page(self, title: str, subtitle: str, search_hint: str) -> None:
        """Show a page's words; without a hint the search box is put away."""
        self._header.show_title(title, subtitle)
        self.search.setVisible(bool(search_hint))
        self.search.set_hint(_("{hint}（Ctrl+F）").format(hint=search_hint))


def _button(action: QAction) -> QToolButton:
    made = QToolButton()
    made.setDefaultAction(action)
    made.setAccessibleName(action.text())
    return made


def _account_button(actions: Actions, actor: Actor) -> QToolButton:
    made = QToolButton()
    made.setProperty("kind", "account")
    made.setText(actor.name)
    made.setToolTip(_("{name}（{role}）").format(name=actor.name, role=_(actor.role.label)))
    made.setAccessibleName(_("账户：{name}").format(name=actor.name))
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    made.setMenu(actions.menu(_ACCOUNT_MENU, made))
    theme.set_icon(made, "user")
    return made
