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
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from integrity_desk.errors import MediaUnavailable
from integrity_desk.sync.mounts import is_share
from integrity_desk.wording import N_, _

CHUNK_BYTES = 1 << 20


class MediaStatus(StrEnum):
    """Why a medium cannot be used; each has one sentence that says what to do."""

    NONE = "no_medium"
    SEVERAL = "several"
    FULL = "full"
    WRITE_PROTECTED = "write_protected"
    PULLED = "pulled"
    SHARE_GONE = "share_gone"
    IN_THE_WAY = "other_file"
    GONE = "gone"
    TOO_LONG = "too_large"
    LINK = "link"
    BROKEN = "broken"


_GONE = N_("找不到“{place}”，存储介质可能已拔出。请重新插好后再试一次。")
_READ_ONLY = N_("“{place}”写保护或没有写入权限。请关闭写保护开关，或换一个U盘或文件夹。")
_FULL = N_("“{place}”空间不足。请清理空间或换一个U盘后再试一次。")
_TOO_LONG = N_("“{place}”不能存放这么大的文件（FAT32单个文件不超过4GB）。请换一个U盘。")
_LINK = N_("“{place}”是一个链接，不是文件，不能接收。请选择原来的文件。")
_PULLED = N_(
    "写入“{place}”时存储介质被拔出，没写完的不算数。请重新插好再写一次，已写好的部分不用重写。"
)
_SHARE_GONE = N_("共享文件夹“{place}”连接中断。请检查网络或联系管理共享的人，恢复后再试一次。")
_BROKEN = N_("读写“{place}”时出错，存储介质可能已拔出或已损坏。请重新插好或换一个后再试。")
_SENTENCES = {
    MediaStatus.GONE: _GONE, MediaStatus.WRITE_PROTECTED: _READ_ONLY, MediaStatus.FULL: _FULL,
    MediaStatus.TOO_LONG: _TOO_LONG, MediaStatus.LINK: _LINK, MediaStatus.PULLED: _PULLED,
    MediaStatus.SHARE_GONE: _SHARE_GONE, MediaStatus.BROKEN: _BROKEN,
}  # fmt: skip
_STATUSES = {
    MediaStatus.GONE: (errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR),
    MediaStatus.WRITE_PROTECTED: (errno.EROFS, errno.EACCES, errno.EPERM),
    MediaStatus.FULL: (errno.ENOSPC, errno.EDQUOT),
    MediaStatus.TOO_LONG: (errno.EFBIG,),
    MediaStatus.LINK: (errno.ELOOP,),
    MediaStatus.SHARE_GONE: (
        errno.ENOTCONN, errno.ESTALE, errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH,
        errno.ENETUNREACH, errno.ENETDOWN, errno.ECONNRESET, errno.ECONNABORTED,
    ),
}  # fmt: skip
_STATUS_OF = {code: status for status, codes in _STATUSES.items() for code in codes}


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
        """Return the room left; plenty where a share does not say how large it is."""
        usage = shutil.disk_usage(folder)
        return usage.free if usage.total else _UNTOLD


def settle(files: Files, temporary: Path, final: Path) -> None:
    """Give a finished file its name so that it is whole or absent, whatever happens."""
    temporary.stat()  # a medium pulled meanwhile leaves its empty mount point: make nothing there
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
def sentences(place: Path, *, writing: bool = False) -> Iterator[None]:
    """Turn failures of the system at ``place`` into MediaUnavailable with status and sentence.

    ``writing``: it was there a moment ago, so what is gone or broken now was pulled out; what is
    broken on a share is its connection.
    """
    try:
        yield
    except OSError as error:
        status = _STATUS_OF.get(error.errno or 0, MediaStatus.BROKEN)
        broken_off = (MediaStatus.GONE, MediaStatus.BROKEN) if writing else (MediaStatus.BROKEN,)
        if status in broken_off and is_share(place):
            status = MediaStatus.SHARE_GONE
        elif status in broken_off and writing:
            status = MediaStatus.PULLED
        raise MediaUnavailable(_(_SENTENCES[status]).format(place=place), status=status) from error


_UNTOLD = 1 << 60
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)
