"""Composition root: builds the window's concrete parts. Only ``__main__`` imports it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from integrity_desk import paths
from integrity_desk.settings import SettingsFile
from integrity_desk.ui import pages, widgets
from integrity_desk.ui.application import make_application
from integrity_desk.ui.preloading import Preloading
from integrity_desk.ui.session import Doors, Session, Workplace
from integrity_desk.ui.tasks import Tasks


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the command line says about the window."""

    store: Path | None = None
    """The store's folder; None for the one last used, else the default."""
    sample: bool = False
    language: str = ""
    screenshots: Path | None = None
    """Save pictures of the main screens here, then end."""


def open_window(options: Options) -> int:
    """Show the sign-in window and run until the program is closed; return its exit code."""
    application, session = build(options)
    session.show_sign_in()
    preload(application, session)
    if options.screenshots is not None:
        pictures = _pictures(session, options.screenshots)
        pictures.finished.connect(session.close)
    code: int = application.exec()
    return code


def build(options: Options) -> tuple[Any, Session]:
    """Return the QApplication and the session, nothing shown yet."""
    settings = SettingsFile(paths.config_folder() / "settings.json")
    application = make_application(settings.current)
    doors = Doors(front_door=_front_door, open_workplace=_open_workplace)
    folder = _folder(options, settings)
    session = Session(doors, settings, folder, sample=options.sample, language=options.language)
    session.ended.connect(application.quit)
    application.aboutToQuit.connect(session.close)  # the system may quit it, logging off
    return application, session


def preload(application: Any, session: Session) -> Preloading:
    """Load the desk behind the sign-in window; the application owns what does it."""
    return Preloading(_modules_of_the_desk(), lambda: session.idle, application)


def _folder(options: Options, settings: SettingsFile) -> Path:
    if options.store is not None:
        return options.store
    if options.sample:
        return paths.data_folder().with_name("integrity-desk-sample")
    return Path(settings.current.store) if settings.current.store else paths.data_folder()


def _front_door() -> Any:
    """Runs in the lane's thread, behind the painted sign-in window; loads nothing of Qt there."""
    # lazy: the store's libraries take longer than the sign-in window itself
    from integrity_desk.services.front_door import FrontDoor  # noqa: PLC0415

    return FrontDoor()


def _modules_of_the_desk() -> Iterator[str]:
    """Yield the pages and what they are made of, then the desk itself, in small steps."""
    import pkgutil  # noqa: PLC0415  (lazy: first asked when the sign-in window is painted)

    for package in (widgets, pages):
        for each in pkgutil.iter_modules(package.__path__):
            yield f"{package.__name__}.{each.name}"
    yield "integrity_desk.ui.workplace"


def _open_workplace(desk: Any, tasks: Tasks, settings: SettingsFile) -> Workplace:
    from integrity_desk.ui.workplace import open_workplace  # noqa: PLC0415  (lazy: see above)

    return open_workplace(desk, tasks, settings)


def _pictures(session: Session, folder: Path) -> Any:
    from integrity_desk.ui.pictures import Pictures  # noqa: PLC0415  (lazy: for the demo only)

    return Pictures(session, folder)
