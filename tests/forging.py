"""Taking bundles apart and putting them together wrongly, with the sender's own keys."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from backports import zstd

from integrity_desk.sync import age, age_opening, bag, tar
from integrity_desk.sync.envelope import Envelope, pack, unpack
from integrity_desk.sync.keys import DeskKeys
from tests.bundles import SendingDesk

Members = list[tuple[str, bytes]]


def taken_apart(desk: SendingDesk, path: Path) -> tuple[Envelope, Members]:
    """Return the envelope and the (name, bytes) of the bag of a volume."""
    with tarfile.open(path) as outer:
        envelope, _signature, payload = (outer.extractfile(each).read() for each in outer)
    squeezed = age_opening.opened(io.BytesIO(payload), len(payload), desk.county.age_secrets)
    with tarfile.open(fileobj=io.BytesIO(zstd.decompress(b"".join(squeezed)))) as inner:
        members = [
            (each.name.removeprefix(bag.ROOT), inner.extractfile(each).read()) for each in inner
        ]
    return unpack(envelope), members


def archive(members: Members, root: str = bag.ROOT) -> bytes:
    """Return the archive of a bag."""
    parts = [
        tar.header(root + name, len(data)) + data + tar.padding(len(data))
        for name, data in members
    ]  # fmt: skip
    return b"".join(parts) + tar.END


def signed_anew(members: Members) -> Members:
    """Return a bag whose manifests fit whatever its files have become."""
    files = {name: data for name, data in members if "manifest" not in name}
    digests = {name: sha256(data).hexdigest() for name, data in files.items()}
    payload = {name: each for name, each in digests.items() if name.startswith("data/")}
    manifest = bag.manifest(payload)
    digests[bag.MANIFEST] = sha256(manifest).hexdigest()
    tags = bag.manifest({name: digests.get(name, "") for name in bag.TAGS})
    kept = [(name, data) for name, data in members if "manifest" not in name]
    return [*kept, (bag.MANIFEST, manifest), (bag.TAG_MANIFEST, tags)]


def with_info(envelope: Envelope, members: Members) -> Members:
    """Return a bag whose bag-info.txt fits the envelope again."""
    payload = [data for name, data in members if name.startswith("data/")]
    info = bag.info_of(envelope, sum(map(len, payload)), len(payload))
    return [(name, info if name == bag.INFO else data) for name, data in members]


def sealed(
    desk: SendingDesk,
    plain: bytes,
    envelope: Envelope,
    *,
    keys: DeskKeys | None = None,
    squeeze: Callable[[bytes], bytes] = zstd.compress,
    encrypt: Callable[[bytes], bytes] | None = None,
    **lies: Any,
) -> bytes:
    """Return a volume with these contents, properly signed, the envelope telling ``lies``."""
    payload = (encrypt or (lambda data: encrypted(desk, data)))(squeeze(plain))
    told = {
        "bytes": len(payload), "plain_bytes": len(plain), "sha256": sha256(payload).hexdigest(),
        **lies,
    }  # fmt: skip
    packed = pack(replace(envelope, payload=replace(envelope.payload, **told)))
    return container(packed, (keys or desk.keys).signer.sign(packed), payload)


def container(packed: bytes, signature: bytes, payload: bytes) -> bytes:
    """Return the outside of a volume."""
    return archive(
        [("envelope.json", packed), ("envelope.json.sig", signature), ("payload.age", payload)],
        root="",
    )


def encrypted(desk: SendingDesk, data: bytes) -> bytes:
    """Return ``data`` encrypted to the county."""
    into = io.BytesIO()
    age.encrypt(io.BytesIO(data), into, [desk.county.recipient])
    return into.getvalue()


def rebuilt(
    desk: SendingDesk, envelope: Envelope, members: Members, *, info: bool = True, **changes: Any
) -> bytes:
    """Return a volume of these files with all manifests, hashes and signatures made to fit."""
    envelope = replace(envelope, **changes)
    fitted = signed_anew(with_info(envelope, members) if info else members)
    content = sha256(dict(fitted)[bag.TAG_MANIFEST]).hexdigest()
    return sealed(
        desk, archive(fitted), replace(envelope, content=content), plain_members=len(fitted)
    )
