"""What the link editors of forms search with."""

from __future__ import annotations

from integrity_desk.domain.fields import Field, Id
from integrity_desk.services.links import FindLinks, NameRecords
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.link_editors import OnFound


class RecordFinder:
    """Finds and names records on the questions' lane, for the fields of the record ``of``."""

    def __init__(self, tasks: Tasks, of: Id = "") -> None:
        self._tasks = tasks
        self._of = of

    def find(self, field: Field, text: str, on_found: OnFound) -> object:
        """Search; an older search of the same editor is dropped."""
        question = FindLinks(types=field.to, text=text, of=self._of, field=field.name)
        return self._tasks.ask(question, on_found, latest=True)

    def name(self, ids: tuple[Id, ...], on_named: OnFound) -> object:
        """Read titles."""
        return self._tasks.ask(NameRecords(ids=ids), on_named, latest=True)
