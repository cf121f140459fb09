"""Real FAT32 and exFAT sticks and a real SMB share, where they can be mounted.

The sticks are images in a file system of their own, which is shut down when they are pulled: from
then on every access fails, as with a device that is gone. Needs an administrator and the Debian
packages dosfstools, exfatprogs, fusefat and exfat-fuse; for the share samba and smbnetfs.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from integrity_desk.errors import MediaUnavailable
from integrity_desk.sync import media, mounts
from integrity_desk.sync.files import MediaStatus
from tests.carrying import NAME, Roomy, bundles_on, refused

_SHUT_DOWN, _WITHOUT_WRITING_BACK = 0x8004587D, 2
"""What a file system is told, so that it behaves as if its disk were gone (FS_IOC_SHUTDOWN)."""

_MAKE = {"fat32": ["mkfs.vfat", "-F", "32"], "exfat": ["mkfs.exfat"]}
_MOUNT = {"fat32": "fusefat", "exfat": "mount.exfat-fuse"}

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="mounts as Linux does")


@dataclass
class Stick:
    """A stick plugged in; ``image`` is what is on the device itself."""

    kind: str
    image: Path
    place: Path

    def pull(self, *_progress: int) -> None:
        """Pull it out."""
        folder = os.open(self.image.parent, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, _SHUT_DOWN, struct.pack("I", _WITHOUT_WRITING_BACK))
        finally:
            os.close(folder)


def run(*command: str | Path) -> str:
    """Run a command; the test is skipped where that is not allowed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"{command[0]} cannot be used here: {done.stderr.strip()[:80]}")
    return done.stdout.strip()


@contextmanager
def plugged_in(kind: str, image: Path, place: Path, *, read_only: bool = False) -> Iterator[None]:
    """Mount an image as a stick."""
    place.mkdir(exist_ok=True)
    with ExitStack() as leaving:
        if kind == "fat32":
            run("fusefat", "-o", "ro" if read_only else "rw+", image, place)
        else:
            device = run("losetup", "-f", "--show", image)
            leaving.callback(subprocess.run, ["losetup", "-d", device], check=False)
            run("mount.exfat-fuse", "-o", "ro" if read_only else "rw", device, place)
        leaving.callback(subprocess.run, ["umount", "-l", place], check=False)
        yield


@contextmanager
def made(kind: str, root: Path, megabytes: int) -> Iterator[Stick]:
    """Make a stick of that size, in a file system that can be shut down."""
    for tool in ("mkfs.ext4", "losetup", _MAKE[kind][0], _MOUNT[kind]):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed here: {kind} goes untried")
    disk, lies_in = root / "disk.img", root / "disk"
    lies_in.mkdir()
    with ExitStack() as leaving:
        for image, size in ((disk, megabytes + 32), (lies_in / "stick.img", megabytes)):
            image.touch()
            os.truncate(image, size << 20)
            if image == disk:
                run("mkfs.ext4", "-q", disk)
                run("mount", "-o", "loop", disk, lies_in)
                leaving.callback(subprocess.run, ["umount", "-l", lies_in], check=False)
        run(*_MAKE[kind], lies_in / "stick.img")
        yield Stick(kind, lies_in / "stick.img", root / "stick")


@pytest.fixture(params=["fat32", "exfat"])
def blank(request, tmp_path):
    """A stick with plenty of room, not plugged in."""
    with made(request.param, tmp_path, 64) as stick:
        yield stick


@pytest.fixture
def frank(blank):
    """A stick that is plugged in, of a driver that says what is wrong."""
    if blank.kind == "fat32":
        pytest.skip("fusefat calls every failure EPERM; the kernel's own driver is not at hand")
    with plugged_in(blank.kind, blank.image, blank.place):
        yield blank


@pytest.fixture
def stick(blank):
    """A stick that is plugged in."""
    with plugged_in(blank.kind, blank.image, blank.place):
        yield blank


@needs_linux
def test_what_was_read_back_is_on_the_stick_though_it_is_pulled_at_once(source, stick, tmp_path):
    media.carry(source, stick.place)
    pulled = tmp_path / "pulled.img"
    shutil.copyfile(stick.image, pulled)  # what the device itself holds, nothing unmounted
    with plugged_in(stick.kind, pulled, tmp_path / "at the county", read_only=True):
        there = tmp_path / "at the county" / NAME
        assert there.read_bytes() == source.read_bytes()


@needs_linux
def test_a_stick_pulled_while_writing_is_named_so(source, frank):
    assert refused(source, frank.place, step=frank.pull) == MediaStatus.PULLED


@needs_linux
def test_a_write_protected_stick_is_named_so(source, blank):
    with plugged_in(blank.kind, blank.image, blank.place, read_only=True):
        assert refused(source, blank.place) == MediaStatus.WRITE_PROTECTED


@needs_linux
def test_a_stick_that_fills_up_is_named_so_and_holds_no_false_bundle(source, frank):
    room = 60 << 20
    with (frank.place / "holiday.mp4").open("wb") as film:
        film.write(bytes(room))
    assert refused(source, frank.place, Roomy()) == MediaStatus.FULL
    assert bundles_on(frank.place) == []
    (frank.place / "holiday.mp4").unlink()
    assert media.carry(source, frank.place, files=Roomy()).size == source.stat().st_size


# A share

PATIENCE_S = 20
_SERVER = """
[global]
server role = standalone server
map to guest = Bad User
guest account = root
disable netbios = yes
smb ports = 445
private dir = {private}
lock directory = {private}
state directory = {private}
cache directory = {private}
pid directory = {private}
ncalrpc dir = {private}
load printers = no
[share]
path = {folder}
guest ok = yes
read only = no
"""


class Share:
    """A server in a network of its own, so that it disturbs nothing and nothing disturbs it."""

    def __init__(self, root: Path, leaving: ExitStack) -> None:
        self.folder, mounted, private = root / "served", root / "mounted", root / "private"
        for each in (self.folder, mounted, private):
            each.mkdir()
        settings, quiet = root / "smb.conf", root / "smbnetfs.conf"
        settings.write_text(_SERVER.format(folder=self.folder, private=private), "utf-8")
        quiet.write_text("smb_query_browsers false\n", "utf-8")
        serve = ["smbd", "--foreground", "--no-process-group", f"--configfile={settings}"]
        both = 'ip link set lo up && smbnetfs "$1" -o "config=$2" && shift 2 && exec "$@"'
        self._server = subprocess.Popen(
            ["unshare", "--net", "sh", "-c", both, "-", mounted, quiet, *serve],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        leaving.callback(self._server.wait)
        leaving.callback(self._server.kill)
        leaving.callback(subprocess.run, ["umount", "-l", mounted], check=False)
        self.place = mounted / "127.0.0.1" / "share"
        (self.folder / "there").touch()
        self._wait()

    def end(self, *_progress: int) -> None:
        """Let the server's machine be switched off."""
        os.killpg(self._server.pid, signal.SIGKILL)

    def _wait(self) -> None:
        ends = time.monotonic() + PATIENCE_S
        while not self._is_there():
            if self._server.poll() is not None or time.monotonic() > ends:
                pytest.skip("no share can be mounted here: a real one goes untried")
            time.sleep(0.1)

    def _is_there(self) -> bool:
        try:
            return (self.place / "there").exists()
        except OSError:  # the server does not listen yet
            return False


@pytest.fixture
def share(tmp_path):
    """A share of a server on this machine, mounted."""
    for tool in ("unshare", "ip", "smbd", "smbnetfs"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed here: a real share goes untried")
    with ExitStack() as leaving:
        yield Share(tmp_path, leaving)


@needs_linux
def test_a_bundle_is_carried_to_a_share_that_does_not_tell_its_size(source, share):
    assert mounts.is_share(share.place)
    media.carry(source, share.place)
    assert (share.folder / NAME).read_bytes() == source.read_bytes()
    assert media.bundles_in(share.place) == (share.place / NAME,)


@needs_linux
def test_a_share_whose_server_goes_meanwhile_is_no_pulled_stick(source, share):
    assert refused(source, share.place, step=share.end) == MediaStatus.SHARE_GONE
    with pytest.raises(MediaUnavailable) as told:
        media.bundles_in(share.place)
    assert told.value.status == MediaStatus.SHARE_GONE
