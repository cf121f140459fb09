"""Looking at a bundle file where there is no store: at the county's counter, or on any PC."""

from __future__ import annotations

from pathlib import Path

from integrity_desk.sync import bundle_reader
from integrity_desk.sync.bundle_reader import Inspection


def inspect_without_store(path: Path) -> Inspection:
    """Check container, signature and digests; no signer is known.

    Raises BundleRefused with a code, or MediaUnavailable.
    """
    return bundle_reader.inspect(path, {})
