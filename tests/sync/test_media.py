import errno
import io
import os

import pytest

from integrity_desk.errors import Cancelled, MediaUnavailable
from integrity_desk.sync import media
from integrity_desk.sync.files import CHUNK_BYTES, Files, temporary_name

CONTENT = bytes(range(256)) * 4096 * 3 + b"tail"


class Stick(Files):
    """A stick that fails: ``fails`` maps an operation to the error it meets, once it is armed."""

    def __init__(self, *, code=0, at="", corrupt=False, free=10**12):
        self.code, self.at, self.corrupt, self.free = code, at, corrupt, free
        self.done = []

    def _do(self, name):
        self.done.append(name)
        if name == self.at:
            raise OSError(self.code, os.strerror(self.code))

    def extend(self, path):
        self._do("extend")
        return Failing(super().extend(path), self) if self.at == "write" else super().extend(path)

    def flush(self, file):
        self._do("flush")
        super().flush(file)

    def flush_folder(self, folder):
        self._do("flush_folder")
        super().flush_folder(folder)

    def rename(self, source, target):
        self._do("rename")
        super().rename(source, target)
        if self.corrupt:
            with target.open("r+b") as file:
                file.seek(1000)
                file.write(b"\xaa\xbb")

    def forget_cache(self, file):
        self._do("forget_cache")
        super().forget_cache(file)

    def free_bytes(self, folder):
        return self.free


class Failing(io.BufferedRandom):
    """A file that fails after its first MiB."""

    def __init__(self, real, stick):
        super().__init__(io.FileIO(os.dup(real.fileno()), "r+b"))
        real.close()
        self.stick, self.left = stick, 1

    def write(self, data):
        if not self.left:
            raise OSError(self.stick.code, os.strerror(self.stick.code))
        self.left -= 1
        return super().write(data)


@pytest.fixture
def source(tmp_path):
    """Return a file of three MiB and a bit."""
    path = tmp_path / "440000001-d02-7f3a7f3a-0000000001-p00.tsb"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def stick(tmp_path):
    """Return the folder that plays the stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_a_file_is_carried_and_read_back(source, stick):
    told = []
    carried = media.carry(source, stick, step=lambda *each: told.append(each))
    assert carried.path.read_bytes() == CONTENT
    assert os.listdir(stick) == [source.name]
    assert told[-1] == (2 * len(CONTENT), 2 * len(CONTENT))
    assert told == sorted(told)


def test_the_order_of_writing_survives_a_pulled_stick(source, stick):
    layer = Stick()
    media.carry(source, stick, files=layer)
    assert layer.done == [
        "extend", "forget_cache", "flush", "extend", "flush", "rename", "flush_folder",
        "extend", "flush", "forget_cache",
    ]  # fmt: skip


def test_carrying_again_changes_nothing(source, stick):
    media.carry(source, stick)
    layer = Stick()
    media.carry(source, stick, files=layer)
    assert layer.done == ["forget_cache"]


@pytest.mark.parametrize(
    ("code", "words", "status"),
    [
        (errno.ENOSPC, "空间不足", "full"),
        (errno.EROFS, "写保护", "write_protected"),
        (errno.EACCES, "写保护", "write_protected"),
        (errno.EIO, "拔出", "pulled"),
        (errno.ENODEV, "拔出", "pulled"),
        (errno.ESTALE, "共享文件夹", "share_gone"),
        (errno.EFBIG, "FAT32", "too_large"),
    ],
)
@pytest.mark.parametrize("at", ["extend", "write", "flush", "rename", "flush_folder"])
def test_a_failing_stick_is_told_in_a_sentence_and_leaves_no_false_file(
    source, stick, code, words, status, at
):
    with pytest.raises(MediaUnavailable, match=words) as refused:
        media.carry(source, stick, files=Stick(code=code, at=at))
    assert refused.value.status == status
    found = stick / source.name
    assert not found.exists() or found.read_bytes() == CONTENT


def test_a_broken_copy_is_resumed_after_its_last_good_mebibyte(source, stick):
    with pytest.raises(MediaUnavailable):
        media.carry(source, stick, files=Stick(code=errno.EIO, at="write"))
    temporary = temporary_name(stick / source.name)
    assert temporary.stat().st_size == CHUNK_BYTES
    with temporary.open("ab") as file:
        file.write(b"rubbish" * 200_000)
    told = []
    media.carry(source, stick, step=lambda done, total: told.append(done))
    assert (stick / source.name).read_bytes() == CONTENT
    assert told[0] == 2 * CHUNK_BYTES


def test_a_stick_that_returns_other_bytes_is_found_out(source, stick):
    with pytest.raises(MediaUnavailable, match="不一致"):
        media.carry(source, stick, files=Stick(corrupt=True))


def test_a_foreign_file_in_the_way_is_left_as_it_is(source, stick):
    (stick / source.name).write_bytes(b"somebody else's")
    with pytest.raises(MediaUnavailable, match="同名") as refused:
        media.carry(source, stick)
    assert refused.value.status == "other_file"
    assert (stick / source.name).read_bytes() == b"somebody else's"


def test_too_little_room_is_told_before_anything_is_written(source, stick):
    with pytest.raises(MediaUnavailable, match="还需要") as refused:
        media.carry(source, stick, files=Stick(free=len(CONTENT)))
    assert refused.value.status == "full"
    assert os.listdir(stick) == []


def test_a_stick_that_is_gone_is_told(source, tmp_path):
    with pytest.raises(MediaUnavailable, match="拔出"):
        media.carry(source, tmp_path / "gone")
    with pytest.raises(MediaUnavailable, match="拔出"):
        media.bundles_in(tmp_path / "gone")


def test_stopping_keeps_what_was_copied_for_next_time(source, stick):
    def stop(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        media.carry(source, stick, step=stop)
    assert media.bundles_in(stick) == ()
    media.carry(source, stick)
    assert [path.name for path in media.bundles_in(stick)] == [source.name]


def test_removable_media_are_found_by_their_flag_or_their_bus(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "proc /proc proc rw 0 0\n/dev/sda1 / ext4 rw 0 0\n"
        "/dev/sdb1 /media/clerk/U\\040盘 vfat rw,nosuid 0 0\n/dev/sdc1 /media/disk exfat ro 0 0\n",
        encoding="utf-8",
    )
    blocks = tmp_path / "class"
    blocks.mkdir()
    for disk, bus, removable in (("sda", "ata1", "0"), ("sdb", "mmc0", "1"), ("sdc", "usb2", "0")):
        partition = tmp_path / "devices" / bus / disk / f"{disk}1"
        partition.mkdir(parents=True)
        (partition / "partition").write_text("1\n")
        (partition.parent / "removable").write_text(removable + "\n")
        (blocks / f"{disk}1").symlink_to(partition)
    found = media.removable_media(mounts, blocks)
    assert [(str(each.path), each.filesystem, each.read_only) for each in found] == [
        ("/media/clerk/U 盘", "vfat", False), ("/media/disk", "exfat", True),
    ]  # fmt: skip
