"""The vectors that go with the format's page say what this program does."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from integrity_desk.sync import bundle_reader
from tests import vectors
from tests.bundles import CREATED, sending_desk

TOLD = json.loads((vectors.FOLDER / vectors.CASES).read_text("utf-8"))


@pytest.mark.parametrize("kind", sorted(vectors.cases()))
def test_the_small_cases_come_to_what_is_written(kind):
    assert TOLD[kind] == vectors.cases()[kind]


def test_cases_of_both_outcomes_are_there():
    for kind in ("canonical_json", "lines"):
        assert {each["accepted"] for each in TOLD[kind]} == {True, False}
    acts = {step["act"] for story in TOLD["streams"] for step in story}
    assert acts == {"apply", "held", "duplicate", "fork", "chain", "overtaken"}


def test_the_whole_bundle_opens_with_the_key_beside_it(tmp_path):
    told, desk = TOLD["bundle"], sending_desk()
    signer = replace(desk.trusted, sign=told["sign"])
    secrets = (vectors.FOLDER / vectors.KEY).read_text("ascii").split()
    path = vectors.FOLDER / told["file"]
    staged = bundle_reader.read(path, secrets, {signer.key: signer}, tmp_path / "opened")
    assert (staged.envelope.content, staged.envelope.created) == (told["content"], CREATED)
    assert [line.decode() for line in staged.revisions()] == told["lines"]
    (blob,) = staged.blobs()
    assert blob.path.read_bytes() == vectors.CONTENT
    assert blob.sha256 == told["attachments"][0]["sha256"]
