"""Who is behind an account id: accounts of this desk, and the names other desks sent along."""

from __future__ import annotations

import dataclasses

from integrity_desk.domain.accounts import Account
from integrity_desk.domain.authors import Author
from integrity_desk.domain.fields import Id
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork


def write_authors(work: UnitOfWork) -> None:
    """Note the names of this desk's accounts for the next bundle, where they are new or changed."""
    noted = {each.account: each for each in work.find(Author)}
    for account in work.find(Account):
        known = noted.get(account.id)
        if known is None:
            work.add(Author(account=account.id, name=account.name))
        elif known.name != account.name:
            work.save(dataclasses.replace(known, name=account.name))


def author_name(account: Id, reader: Reader) -> str:
    """Return the name behind an account id, of whichever desk; "" when nobody sent it."""
    found = reader.find(Author, account=account)
    return found[-1].name if found else ""
