"""Volumes: a store lies on a local disk, or nowhere."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from integrity_desk.errors import StoreUnavailable
from integrity_desk.storage.volumes import refuse_unsafe

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="drives are asked of Windows there")


@pytest.fixture
def mounts(tmp_path):
    """Return ``mounts(file_system, escaped=False)``: a mounts table with ``tmp_path/vol`` in it."""

    def write(file_system, name="vol"):
        table = tmp_path / "mounts"
        point = str(tmp_path / name).replace(" ", "\\040")
        table.write_text(
            "/dev/sda1 / ext4 rw,relatime 0 0\n"
            f"somewhere {point} {file_system} rw 0 0\n"
            f"tmpfs {tmp_path}/v tmpfs rw 0 0\n",
            "utf-8",
        )
        return table

    return write


@pytest.mark.parametrize("file_system", ["cifs", "smb3", "nfs", "nfs4", "fuse.sshfs", "9p"])
def test_a_network_share_is_refused(tmp_path, mounts, file_system):
    with pytest.raises(StoreUnavailable, match="网络共享"):
        refuse_unsafe(tmp_path / "vol" / "desk", mounts(file_system))


@pytest.mark.parametrize("file_system", ["vfat", "exfat", "msdos"])
def test_a_stick_is_refused(tmp_path, mounts, file_system):
    with pytest.raises(StoreUnavailable, match="移动介质"):
        refuse_unsafe(tmp_path / "vol", mounts(file_system))


@pytest.mark.parametrize("file_system", ["ext4", "xfs", "btrfs", "overlay", "zfs"])
def test_a_local_disk_is_accepted(tmp_path, mounts, file_system):
    refuse_unsafe(tmp_path / "vol" / "desk", mounts(file_system))


def test_only_the_volume_that_holds_the_folder_counts(tmp_path, mounts):
    refuse_unsafe(tmp_path / "volume", mounts("vfat"))
    refuse_unsafe(tmp_path, mounts("vfat"))


def test_a_mount_point_with_a_blank_is_understood(tmp_path, mounts):
    with pytest.raises(StoreUnavailable):
        refuse_unsafe(tmp_path / "my stick" / "desk", mounts("vfat", "my stick"))


def test_a_link_is_followed_to_where_the_store_would_lie(tmp_path, mounts):
    (tmp_path / "vol").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "vol")
    with pytest.raises(StoreUnavailable):
        refuse_unsafe(tmp_path / "link" / "desk", mounts("nfs"))


def test_without_a_table_of_mounts_nothing_is_refused(tmp_path):
    refuse_unsafe(tmp_path, Path(tmp_path / "no such table"))
