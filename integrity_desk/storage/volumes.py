"""Where a store may lie: a local disk. Shares and sticks lose acknowledged rows in WAL mode.

In trials two PCs on one share acknowledged 600 rows and kept 75 to 360, with no error; a stick
pulled in mid-write is the same story. So both are refused with a sentence.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

from integrity_desk.errors import StoreUnavailable
from integrity_desk.wording import _

_NETWORK = frozenset(
    {"cifs", "smb3", "smbfs", "nfs", "nfs4", "9p", "fuse.sshfs", "davfs", "afs", "ncpfs"}
)
_STICK = frozenset({"vfat", "exfat", "msdos"})
_DRIVE_REMOVABLE, _DRIVE_REMOTE = 2, 4


def refuse_unsafe(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> None:
    """Raise StoreUnavailable when ``folder`` lies on a network share or a removable volume."""
    kind = _windows_kind(folder) if sys.platform == "win32" else _mounted_as(folder, mounts)
    if kind in _NETWORK or kind == "remote":
        raise StoreUnavailable(
            _("数据库不能放在网络共享文件夹（{path}），断网会丢失数据。请选本机硬盘。").format(
                path=folder
            )
        )
    if kind in _STICK or kind == "removable":
        raise StoreUnavailable(
            _("数据库不能放在U盘等移动介质（{path}），拔出会损坏数据。请选本机硬盘。").format(
                path=folder
            )
        )


def _mounted_as(folder: Path, mounts: Path) -> str:
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    place = folder.absolute().resolve()
    best, kind = -1, ""
    for line in lines:
        _device, point, file_system, *_rest = line.split(" ")
        mounted = Path(point.replace("\\040", " "))
        if place.is_relative_to(mounted) and len(mounted.parts) > best:
            best, kind = len(mounted.parts), file_system
    return kind


def _windows_kind(folder: Path) -> str:

    drive = ctypes.windll.kernel32.GetDriveTypeW(folder.absolute().anchor)  # type: ignore[attr-defined,unused-ignore]
    return {_DRIVE_REMOTE: "remote", _DRIVE_REMOVABLE: "removable"}.get(drive, "")
