"""The reader under recipes nobody thought of; ``python -m tests.fuzz.reader`` goes on longer."""

from __future__ import annotations

import random
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.reader import CORPUS, mutations, try_recipe


@pytest.mark.parametrize("name", sorted(path.name for path in CORPUS.iterdir()))
def test_only_the_honest_volume_of_the_corpus_is_taken(name):
    assert try_recipe((CORPUS / name).read_bytes()) == (name == "outside-honest")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 4), st.binary(max_size=24))
def test_any_recipe_is_taken_whole_or_refused_whole(layer, cuts):
    try_recipe(bytes([layer]) + cuts)


def test_mutations_of_the_corpus_break_nothing():
    for recipe in islice(mutations(random.Random(2026)), 300):
        try_recipe(recipe)
