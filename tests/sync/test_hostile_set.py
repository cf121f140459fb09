"""Every file of the hostile set is refused whole; ``python -m tests.hostile`` prints how."""

from __future__ import annotations

import pytest

from integrity_desk.errors import BundleRefused
from integrity_desk.sync import bundle_reader
from tests.hostile import CASES, HONEST, genuine, judged

HEADERS_END = 10_240


@pytest.fixture(scope="module")
def it(tmp_path_factory):
    return genuine(tmp_path_factory.mktemp("genuine"))


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_is_refused_whole_with_one_sentence(it, tmp_path, name):
    path = tmp_path / "file.tsb"
    path.write_bytes(CASES[name](it))
    refusal = judged(path, it.desk, tmp_path / "staging")
    assert (refusal is None) == (name == HONEST)
    assert refusal is None or refusal.sentence.count("。") in (1, 2, 3)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file.tsb"]


def test_cut_off_at_any_byte_of_its_headers_a_volume_is_refused(it, tmp_path):
    path = tmp_path / "cut.tsb"
    for length in range(HEADERS_END + 1):
        path.write_bytes(it.data[:length])
        with pytest.raises(BundleRefused):
            bundle_reader.inspect(path, it.desk.known)
