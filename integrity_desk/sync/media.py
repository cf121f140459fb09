"""Media: carrying bundles on sticks and shares so that "you may pull it out" is true.

A copy is written under a temporary name, flushed, renamed, flushed again, and read back from
the medium itself; a broken copy resumes after its last good MiB. Nothing on a medium is ever
changed: a file of the same name with other contents is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from integrity_desk.errors import MediaUnavailable
from integrity_desk.sync import mounts
from integrity_desk.sync.files import (
    CHUNK_BYTES,
    Files,
    MediaStatus,
    sentences,
    settle,
    temporary_name,
)
from integrity_desk.wording import _

ENDING = ".tsb"
"""How a bundle's file name ends."""

SPARE_BYTES = 16 << 20
"""Room that must remain beside the copy."""


@dataclass(frozen=True, kw_only=True)
class Medium:
    """A mounted removable medium, e.g. /media/clerk/STICK on /dev/sdb1 with vfat."""

    path: Path
    device: str
    filesystem: str
    read_only: bool


@dataclass(frozen=True, kw_only=True)
class Carried:
    """A file that was read back whole from the medium."""

    path: Path
    sha256: str
    size: int


def carry(
    source: Path,
    folder: Path,
    *,
    name: str = "",
    files: Files | None = None,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> Carried:
    """Copy ``source`` into ``folder`` and read it back; MediaUnavailable if anything is amiss.

    The copy is called ``name``, or as the source.

    ``step(done, total)`` hears bytes (written, then read back: total is twice the size) and may
    raise to stop; what was copied stays under its temporary name and is resumed next time.
    """
    layer = files or Files()
    target = folder / (name or source.name)
    with sentences(source):
        digest, size = _digest(layer, source)
    with sentences(folder):
        if not folder.is_dir():
            raise FileNotFoundError(2, "", str(folder))
        is_new = not target.exists()
    with sentences(folder, writing=True):
        if is_new:
            _copy(layer, source, target, size, step)
        found = _read_back(layer, target, size, step)
    if found != digest:
        raise _differs(target)
    return Carried(path=target, sha256=digest, size=size)


def bundles_in(folder: Path) -> tuple[Path, ...]:
    """Return the bundle files lying in ``folder``; see ``files_in``."""
    return files_in(folder, ENDING)


def files_in(folder: Path, ending: str) -> tuple[Path, ...]:
    """Return the files lying in ``folder`` that end so, by name; MediaUnavailable if it is gone."""
    with sentences(folder):
        if not folder.is_dir():
            raise FileNotFoundError(2, "", str(folder))
        found = folder.glob(f"*{ending}")
        return tuple(sorted(path for path in found if not path.name.startswith(".")))


def stamps_in(folder: Path) -> dict[str, tuple[int, int]]:
    """Return (bytes, time in ns) of every bundle file in ``folder``, by name; see ``files_in``."""
    found = {}
    for path in bundles_in(folder):
        with sentences(folder):
            try:
                stat = path.stat(follow_symlinks=False)
            except FileNotFoundError:  # taken away between the two questions
                continue
        found[path.name] = (stat.st_size, stat.st_mtime_ns)
    return found


def removable_media(
    table: Path = mounts.TABLE, sys_block: Path = Path("/sys/class/block")
) -> tuple[Medium, ...]:
    """Return the removable media mounted now (Linux; none elsewhere: a folder can be chosen)."""
    return tuple(
        Medium(
            path=each.place, device=each.device, filesystem=each.filesystem,
            read_only=each.read_only,
        )
        for each in mounts.mounted(table)
        if each.device.startswith("/dev/") and _is_removable(sys_block / Path(each.device).name)
    )  # fmt: skip


def only_one(found: Sequence[Medium]) -> Medium:
    """Return the one stick plugged in; MediaUnavailable when there is none, or a choice."""
    if not found:
        raise MediaUnavailable(
            _("没有发现U盘。请插入U盘稍候，或选择一个文件夹。"), status=MediaStatus.NONE
        )
    if len(found) > 1:
        raise MediaUnavailable(several(len(found)), status=MediaStatus.SEVERAL)
    return found[0]


def several(count: int) -> str:
    """Say that there are several sticks, and that a person chooses."""
    return _("发现{count}个U盘。请选定要用的一个，或拔掉其余的。").format(count=count)


def _copy(
    files: Files, source: Path, target: Path, size: int, step: Callable[[int, int], None]
) -> None:
    temporary = temporary_name(target)
    there = temporary.stat().st_size if temporary.exists() else 0
    if files.free_bytes(target.parent) + there < size + SPARE_BYTES:
        raise MediaUnavailable(
            _("“{place}”空间不足，还需要{need}MB。请清理空间或换一个U盘后再试一次。").format(
                place=target.parent, need=(size + SPARE_BYTES - there >> 20) + 1
            ),
            status=MediaStatus.FULL,
        )
    with files.read(source) as original, files.extend(temporary) as copy:
        files.forget_cache(copy)
        done = _good_bytes(original, copy)
        original.seek(done)
        copy.seek(done)
        copy.truncate()
        while chunk := original.read(CHUNK_BYTES):
            copy.write(chunk)
            done += len(chunk)
            step(done, 2 * size)
        files.flush(copy)
    settle(files, temporary, target)


def _good_bytes(original: BinaryIO, copy: BinaryIO) -> int:
    """How much of a broken copy is as it should be, in whole MiB."""
    good = 0
    while (chunk := copy.read(CHUNK_BYTES)) and len(chunk) == CHUNK_BYTES:
        if chunk != original.read(CHUNK_BYTES):
            break
        good += CHUNK_BYTES
    return good


def _read_back(files: Files, path: Path, size: int, step: Callable[[int, int], None]) -> str:
    with files.read(path) as file:
        files.forget_cache(file)
        digest, done = sha256(), 0
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
            done += len(chunk)
            step(size + min(done, size), 2 * size)
    return digest.hexdigest()


def _digest(files: Files, path: Path) -> tuple[str, int]:
    with files.read(path) as file:
        digest, size = sha256(), 0
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _is_removable(block: Path) -> bool:
    """A partition's flag stands at its disk; a disk on the USB counts though it says "fixed"."""
    if not block.exists():
        return False
    device = block.resolve()
    disk = device.parent if (device / "partition").exists() else device
    flag = disk / "removable"
    return (flag.exists() and flag.read_text().strip() == "1") or "/usb" in str(device)


def _differs(target: Path) -> MediaUnavailable:
    return MediaUnavailable(
        _(
            "“{place}”与要拷贝的文件内容不一致：可能早有同名文件，或存储介质已损坏。"
            "请换一个文件夹或U盘后再试一次。"
        ).format(place=target),
        status=MediaStatus.IN_THE_WAY,
    )
