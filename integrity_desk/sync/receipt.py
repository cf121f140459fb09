"""Receipts: what the county says of each bundle and revision; only they move a bundle on.

A receipt is a bundle of kind ``receipt``, signed by the county, encrypted to the desk. A revision
of an applied bundle that is not listed is accepted without remark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from integrity_desk.errors import BundleRefused
from integrity_desk.sync import bundle_reader, canonical
from integrity_desk.sync.envelope import MOMENT_PATTERN
from integrity_desk.sync.trust import KnownKeys
from integrity_desk.wording import _

BUNDLE_STATES = ("accepted", "partly", "rejected", "held", "quarantined")
REVISION_STATES = ("accepted", "warning", "rejected", "superseded")

_Shape = dict[str, type | tuple[type, ...]]
_SHAPE: _Shape = {
    "bundles": list, "content_through": str, "everything_asked": str, "held": list,
    "missing": list, "missing_blobs": list, "revisions": list, "stream": str,
    "through_seq": int, "trust_serial": int,
}  # fmt: skip
_BUNDLE_SHAPE: _Shape = {"code": str, "content": str, "seq": int, "state": str}
_REVISION_SHAPE: _Shape = {
    "code": str, "county_ref": str, "dot": str, "field": str, "message_zh": str, "rec": str,
    "state": str,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class BundleVerdict:
    """What became of one bundle: a BUNDLE_STATES state, the ``content`` of its last volume."""

    seq: int
    content: str
    state: str
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class RevisionVerdict:
    """What became of one revision; ``field`` is "" when the whole record is meant."""

    dot: str
    rec: str
    state: str
    code: str = ""
    field: str = ""
    message_zh: str = ""
    county_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The county's word on one stream.

    Everything up to ``through_seq`` is applied; ``held`` bundles wait for ``missing`` ("3",
    "5-p01"); ``missing_blobs`` are sha256 of attachments to send again. ``everything_asked`` is the
    moment ("YYYY-MM-DDTHH:MM:SSZ") at which the county, having lost its copy, asked for everything;
    it names the request, so that a desk answers it once.
    """

    stream: str
    through_seq: int
    content_through: str
    held: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    bundles: tuple[BundleVerdict, ...] = ()
    revisions: tuple[RevisionVerdict, ...] = ()
    missing_blobs: tuple[str, ...] = ()
    trust_serial: int = 0
    everything_asked: str = ""

    def document(self) -> dict[str, Any]:
        """Return the receipt as JSON values."""
        lists = {name: [vars(each) for each in getattr(self, name)] for name in _VERDICTS}
        return {**vars(self), **lists}


_VERDICTS = ("bundles", "revisions")
_MOMENT = re.compile(MOMENT_PATTERN + "|").fullmatch


def from_document(document: Mapping[str, Any]) -> Receipt:
    """Return the receipt of a bundle; BundleRefused ``json`` if it is malformed."""
    document = {"everything_asked": "", **document}
    if not canonical.fitting(document, _SHAPE) or not _MOMENT(document["everything_asked"]):
        raise canonical.malformed()
    receipt = Receipt(
        **{
            **document,
            "held": _each(document["held"], int),
            "missing": _each(document["missing"], str),
            "missing_blobs": _each(document["missing_blobs"], str),
            "bundles": tuple(
                BundleVerdict(**each) for each in _shaped(document["bundles"], _BUNDLE_SHAPE)
            ),
            "revisions": tuple(
                RevisionVerdict(**each) for each in _shaped(document["revisions"], _REVISION_SHAPE)
            ),
        }
    )
    _check_states(receipt)
    return receipt


def read(
    path: Path,
    age_secrets: Sequence[str],
    known: KnownKeys,
    staging: Path,
    *,
    own_stream: str,
    step: Callable[[int], None] = lambda plain_bytes: None,
) -> Receipt:
    """Return the receipt in a bundle, proved and meant for ``own_stream``.

    Raises what ``bundle_reader.read`` raises; ``kind`` for a bundle that is no receipt,
    ``audience`` for one about another stream. Leaves nothing in ``staging``.
    """
    staged = bundle_reader.read(path, age_secrets, known, staging, step=step)
    try:
        if staged.envelope.kind != "receipt":
            raise BundleRefused("kind", _("这份文件不是回执。请选择县级发回的回执文件。"))
        receipt = from_document(staged.document())
    finally:
        staged.discard()
    if receipt.stream != own_stream or staged.envelope.audience != own_stream:
        raise BundleRefused("audience", _("这份回执不是给本登记点的，已拒收。请交给收件的登记点。"))
    return receipt


def _each(values: list[Any], kind: type) -> tuple[Any, ...]:
    if not all(type(value) is kind for value in values):
        raise canonical.malformed()
    return tuple(values)


def _shaped(values: list[Any], shape: _Shape) -> list[dict[str, Any]]:
    if not all(isinstance(each, dict) and canonical.fitting(each, shape) for each in values):
        raise canonical.malformed()
    return values


def _check_states(receipt: Receipt) -> None:
    bundles = {each.state for each in receipt.bundles} <= set(BUNDLE_STATES)
    if not bundles or not {each.state for each in receipt.revisions} <= set(REVISION_STATES):
        raise canonical.malformed()
