"""The real program with a stick that is pulled out while it is first written to.

python -m tests.journeys.pulled_stick --store FOLDER

The folder named "stick" is taken away when what was written into it is to be flushed; whoever
puts it back has plugged the stick in again.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import BinaryIO

from integrity_desk.__main__ import main
from integrity_desk.sync.files import Files

PULLED = "pulled-stick"
"""What the folder is called while it is not plugged in."""

_flush = Files.flush


def _flush_or_pull(files: Files, file: BinaryIO) -> None:
    folder = Path(os.readlink(f"/proc/self/fd/{file.fileno()}")).parent
    if folder.name == "stick":
        Files.flush = _flush  # type: ignore[method-assign]
        folder.rename(folder.with_name(PULLED))
        raise OSError(errno.EIO, "pulled")
    _flush(files, file)


if __name__ == "__main__":
    Files.flush = _flush_or_pull  # type: ignore[method-assign]
    sys.exit(main())
