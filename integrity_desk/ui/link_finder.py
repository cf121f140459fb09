"""What the link editors of forms search with."""

from __future__ import annotations

from integrity_desk.domain.fields import Id
from integrity_desk.services.links import FindLinks, NameRecords
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.link_editors import OnFound


class RecordFinder:
    """Finds and names records on the questions' lane."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks

    def find(self, types: tuple[str, ...], text: str, on_found: OnFound) -> object:
        """Search; an older search of the same editor is dropped."""
        return self._tasks.ask(FindLinks(types=types, text=text), on_found, latest=True)

    def name(self, ids: tuple[Id, ...], on_named: OnFound) -> object:
        """Read titles."""
        return self._tasks.ask(NameRecords(ids=ids), on_named, latest=True)
