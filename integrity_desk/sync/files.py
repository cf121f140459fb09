"""The few file operations that decide whether a pulled stick loses anything.

Written is only what was flushed, renamed, and flushed again (file and folder); read back is
only what did not come from the cache. ``Files`` is a seam: tests put a failing stick there.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from integrity_desk.errors import MediaUnavailable
from integrity_desk.wording import N_, _

CHUNK_BYTES = 1 << 20

_AMISS = {
    "gone": N_("找不到“{place}”，存储介质可能已拔出。请重新插好后再试一次。"),
    "write_protected": N_("“{place}”写保护或没有写入权限。请关闭写保护开关，或换一个U盘或文件夹。"),
    "full": N_("“{place}”空间不足。请清理空间或换一个U盘后再试一次。"),
    "too_large": N_("“{place}”不能存放这么大的文件（FAT32单个文件不超过4GB）。请换一个U盘。"),
    "link": N_("“{place}”是一个链接，不是文件，不能接收。请选择原来的文件。"),
    "broken": N_("读写“{place}”时出错，存储介质可能已拔出或已损坏。请重新插好或换一个后再试。"),
}
"""What can be amiss with a medium: status and sentence."""

_STATUS = {
    errno.ENOENT: "gone", errno.ENODEV: "gone", errno.ENXIO: "gone", errno.ENOTCONN: "gone",
    errno.ENOTDIR: "gone", errno.EHOSTDOWN: "gone", errno.ENETUNREACH: "gone",
    errno.ESTALE: "gone", errno.EROFS: "write_protected", errno.EACCES: "write_protected",
    errno.EPERM: "write_protected", errno.ENOSPC: "full", errno.EDQUOT: "full",
    errno.EFBIG: "too_large", errno.ELOOP: "link",
}  # fmt: skip
"""What the system's numbers mean; anything else is "broken"."""


class Files:
    """The real file layer."""

    def create(self, path: Path) -> BinaryIO:
        """Open ``path`` for writing and reading, empty."""
        return path.open("w+b")

    def extend(self, path: Path) -> BinaryIO:
        """Open ``path`` for reading and writing as it is; made if it is not there."""
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | _BINARY, 0o644), "r+b")

    def read(self, path: Path) -> BinaryIO:
        """Open ``path`` for reading; a link is never followed."""
        return os.fdopen(os.open(path, os.O_RDONLY | _NO_LINK | _BINARY), "rb")

    def flush(self, file: BinaryIO) -> None:
        """Force a file's bytes onto the medium."""
        file.flush()
        os.fsync(file.fileno())

    def flush_folder(self, folder: Path) -> None:
        """Force a folder's names onto the medium (Windows does so by itself)."""
        if os.name == "nt":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def rename(self, source: Path, target: Path) -> None:
        """Put ``source`` in the place of ``target`` in one step."""
        source.replace(target)

    def forget_cache(self, file: BinaryIO) -> None:
        """Make later reads come from the medium, where the system lets us."""
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

    def free_bytes(self, folder: Path) -> int:
        """Return the room left."""
        return shutil.disk_usage(folder).free


def settle(files: Files, temporary: Path, final: Path) -> None:
    """Give a finished file its name so that it is whole or absent, whatever happens."""
    with files.extend(temporary) as file:
        files.flush(file)
    files.rename(temporary, final)
    files.flush_folder(final.parent)
    with files.extend(final) as file:
        files.flush(file)


def temporary_name(final: Path) -> Path:
    """Return the name a file has until it is whole; no pattern of ours picks it up."""
    return final.with_name(f".{final.name}.part")


@contextmanager
def sentences(place: Path) -> Iterator[None]:
    """Turn failures of the system at ``place`` into MediaUnavailable with a sentence."""
    try:
        yield
    except OSError as error:
        status = _STATUS.get(error.errno or 0, "broken")
        raise MediaUnavailable(_(_AMISS[status]).format(place=place), status) from error


_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)
