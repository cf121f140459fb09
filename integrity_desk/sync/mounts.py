"""What is mounted here (Linux; elsewhere nothing is told): sticks by device, shares by name."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

TABLE = Path("/proc/self/mounts")

_SHARES = frozenset(
    ("9p", "afs", "ceph", "cifs", "davfs", "nfs", "nfs4", "smb3", "smbfs", "vboxsf", "virtiofs")
)
_SHARES_BY_PROGRAM = frozenset(
    f"fuse.{program}" for program in ("davfs", "gvfsd-fuse", "rclone", "smbnetfs", "sshfs")
)
_UNC = "\\\\"
"""How Windows begins the name of a share."""


@dataclass(frozen=True, kw_only=True)
class Mount:
    """One line of the table, e.g. /dev/sdb1 at /media/clerk/STICK with vfat."""

    device: str
    place: Path
    filesystem: str
    read_only: bool


def mounted(table: Path = TABLE) -> tuple[Mount, ...]:
    """Return all that is mounted now, in the table's order."""
    if not table.exists():
        return ()
    return tuple(map(_read, table.read_text("utf-8", "surrogateescape").splitlines()))


def is_share(place: Path) -> bool:
    """Whether a folder lies on another machine; nothing there is touched to find out."""
    if str(place).startswith(_UNC):
        return True
    path = Path(os.path.abspath(place))
    under = [each for each in mounted() if path.is_relative_to(each.place)]
    nearest = max(under, key=lambda each: len(each.place.parts), default=None)
    return nearest is not None and nearest.filesystem in _SHARES | _SHARES_BY_PROGRAM


def _read(line: str) -> Mount:
    device, place, filesystem, options = line.split(" ")[:4]
    return Mount(
        device=device, place=Path(_unescaped(place)), filesystem=filesystem,
        read_only="ro" in options.split(","),
    )  # fmt: skip


def _unescaped(place: str) -> str:
    """Undo the octal escapes of the table (a blank is \\040)."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), place)
