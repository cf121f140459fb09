"""Each failure of a medium has a name and one sentence; tried on real file systems."""

from __future__ import annotations

import errno
import os
import subprocess

import pytest

from integrity_desk.errors import MediaUnavailable
from integrity_desk.sync import media
from integrity_desk.sync.files import MediaStatus, sentences
from integrity_desk.sync.media import Medium
from tests.carrying import NAME, Roomy, bundles_on, refused


@pytest.fixture
def mounted(tmp_path):
    """Mount a small file system in memory; only an administrator may."""
    place = tmp_path / "stick"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", place], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("mounting needs an administrator")
    yield place
    subprocess.run(["umount", "-l", place], capture_output=True, check=False)


def test_a_full_stick_is_told_before_writing(source, mounted):
    assert refused(source, mounted) == MediaStatus.FULL
    assert list(mounted.iterdir()) == []


def test_a_stick_that_fills_up_meanwhile_is_told_and_holds_no_false_bundle(source, mounted):
    assert refused(source, mounted, Roomy()) == MediaStatus.FULL
    assert bundles_on(mounted) == []


def test_a_write_protected_stick_is_told(source, mounted):
    subprocess.run(["mount", "-o", "remount,ro", mounted], check=True)
    assert refused(source, mounted, Roomy()) == MediaStatus.WRITE_PROTECTED


def test_a_stick_pulled_while_writing_is_told_and_the_next_try_succeeds(tmp_path, mounted):
    small = tmp_path / NAME
    small.write_bytes(os.urandom(2 << 20))

    def pull(done, total):
        subprocess.run(["umount", "-l", mounted], capture_output=True, check=False)

    assert refused(small, mounted, Roomy(), pull) == MediaStatus.PULLED
    assert bundles_on(mounted) == []
    again = media.carry(small, mounted)
    assert again.path.read_bytes() == small.read_bytes()


def test_no_stick_several_sticks_and_one():
    sticks = [
        Medium(path=tuple_path, device="/dev/sdb1", filesystem="vfat", read_only=False)
        for tuple_path in ("/media/A", "/media/B")
    ]
    with pytest.raises(MediaUnavailable, match="没有发现U盘") as none:
        media.only_one([])
    assert none.value.status == MediaStatus.NONE
    with pytest.raises(MediaUnavailable, match="发现2个U盘") as several:
        media.only_one(sticks)
    assert several.value.status == MediaStatus.SEVERAL
    assert media.only_one(sticks[:1]) is sticks[0]


def test_a_foreign_file_in_the_way_stays_as_it_is(source, tmp_path):
    place = tmp_path / "folder"
    place.mkdir()
    (place / NAME).write_bytes(b"another's")
    assert refused(source, place) == MediaStatus.IN_THE_WAY
    assert (place / NAME).read_bytes() == b"another's"


@pytest.mark.parametrize("code", [errno.ESTALE, errno.EHOSTDOWN, errno.ENOTCONN, errno.ETIMEDOUT])
def test_a_share_that_is_gone_is_no_pulled_stick(tmp_path, code):
    with (
        pytest.raises(MediaUnavailable, match="共享文件夹") as told,
        sentences(tmp_path, writing=True),
    ):
        raise OSError(code, os.strerror(code))
    assert told.value.status == MediaStatus.SHARE_GONE


def test_a_folder_that_was_never_there_is_gone_not_pulled(source, tmp_path):
    assert refused(source, tmp_path / "nowhere") == MediaStatus.GONE
