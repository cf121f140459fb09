"""Every file of the hostile set is refused whole; ``python -m tests.hostile`` prints how."""

from __future__ import annotations

import subprocess
import sys

import pytest

from integrity_desk.errors import BundleRefused
from integrity_desk.sync import bundle_reader, tar
from tests.forging import archive
from tests.hostile import CASES, HONEST, genuine, judged

HEADERS_END = 10_240
MOST_CPU_S = 5.0
"""What the slowest may take of a processor, however busy the machine."""


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


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
def test_the_whole_set_is_refused_within_little_memory_and_time(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile", "--out", tmp_path, "--within", "48"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert float(done.stdout.splitlines()[-1]) < MOST_CPU_S


def test_cut_off_at_any_byte_of_its_inner_headers_a_volume_is_refused(it, tmp_path):
    plain, path = archive(it.members), tmp_path / "cut.tsb"
    second = 512 + len(it.members[0][1]) + len(tar.padding(len(it.members[0][1])))
    for start in (0, second, len(plain) - len(tar.END)):
        for length in range(start + 1, start + 512, 7):
            path.write_bytes(it.sealed(plain[:length]))
            assert judged(path, it.desk, tmp_path / "staging") is not None


def test_cut_off_at_any_byte_of_its_headers_a_volume_is_refused(it, tmp_path):
    path = tmp_path / "cut.tsb"
    for length in range(HEADERS_END + 1):
        path.write_bytes(it.data[:length])
        with pytest.raises(BundleRefused):
            bundle_reader.inspect(path, it.desk.known)
