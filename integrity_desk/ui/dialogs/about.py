"""What this program is: version, licence, and what it stands on."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtWidgets import QWidget

from integrity_desk import __version__, paths
from integrity_desk.ui.dialogs.foot import closing
from integrity_desk.ui.dialogs.small_dialog import SmallDialog
from integrity_desk.ui.widgets.details import DetailList
from integrity_desk.ui.widgets.labels import label
from integrity_desk.wording import _


class AboutDialog(SmallDialog):
    """Name, version and licence; the values can be copied into a question to the makers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("关于诚信台账"), parent, width=110)
        facts = DetailList()
        facts.show_pairs(
            (
                (_("版本"), __version__),
                (_("许可"), "Apache-2.0"),
                (_("界面"), f"Qt {PySide6.__version__}（LGPL-3.0）"),
                (_("运行环境"), f"Python {platform.python_version()}，{platform.platform()}"),
                (_("运行日志"), str(paths.log_folder())),
            )
        )
        lead = _("政务诚信登记、公示与上报；数据只在本机，不联网。")
        self.body.addWidget(label(_("诚信台账"), "title"))
        self.body.addWidget(label(lead, "muted", wrap=True))
        self.body.addWidget(facts)
        self.body.addLayout(closing(self))
