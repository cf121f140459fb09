"""Builders for the store: bare encrypted databases, and acts written without the services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from integrity_desk.storage.database import Database, connect
from integrity_desk.storage.store import Store
from integrity_desk.storage.unit_of_work import UnitOfWork
from tests.office import Office

KEY = bytes(range(32))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Return an empty encrypted database without any schema."""
    made = connect(tmp_path / "bare.db", KEY, create=True)
    yield made
    made.close()


@pytest.fixture
def acting(office: Office) -> Callable[..., AbstractContextManager[UnitOfWork]]:
    """Return ``acting(command="…", by="clerk")``: one act's transaction on the office's store."""

    def begin(*, command: str = "Try", by: str = "clerk", store: Store | None = None):
        actor = office.account(by).actor
        return (store or office.store).unit_of_work(actor=actor, command=command, now=office.now())

    return begin
