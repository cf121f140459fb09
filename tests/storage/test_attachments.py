"""Attachments: every byte comes back, the same content is kept once."""

from __future__ import annotations

import io
from hashlib import sha256

import pytest

from integrity_desk.errors import NotFound
from integrity_desk.storage import attachments
from integrity_desk.storage.database import transaction

SIZES = (0, 1, 1 << 20, (1 << 20) + 1, 3_000_000)


def content(size):
    return (bytes(range(251)) * (size // 251 + 1))[:size]


@pytest.fixture
def put(office):
    """Return ``put(data)``: the name under which the data is kept."""

    def keep(data):
        with transaction(office.store.database):
            return attachments.put(office.store.database, io.BytesIO(data))

    return keep


@pytest.mark.parametrize("size", SIZES)
def test_every_byte_comes_back(office, put, size):
    data = content(size)
    assert put(data) == (sha256(data).hexdigest(), size)
    assert b"".join(attachments.chunks(office.store.database, put(data)[0])) == data


def test_the_same_content_is_kept_once(office, put):
    put(content(5_000))
    put(content(5_000))
    assert office.store.database["blob"].count == 1


def test_content_that_is_not_here_is_told_in_a_sentence(office):
    with pytest.raises(NotFound, match="不在本机"):
        next(attachments.chunks(office.store.database, "0" * 64))


def test_damaged_content_is_found(office, put):
    name, _size = put(content(5_000))
    put(content(6_000))
    assert list(attachments.damaged(office.store.database)) == []
    office.store.database.conn.execute(
        "UPDATE blob_chunk SET data = x'00' WHERE sha256 = ?", (name,)
    )
    assert list(attachments.damaged(office.store.database)) == [name]
