import os
from dataclasses import replace

import pytest

from integrity_desk.errors import BundleRefused
from integrity_desk.sync import canonical, receipt
from integrity_desk.sync.receipt import BundleVerdict, Receipt, RevisionVerdict
from tests.bundles import COUNTY


@pytest.fixture
def said(desk):
    """Return a receipt about the desk's stream."""
    return Receipt(
        stream=desk.stream, through_seq=3, content_through="c" * 64, held=(5,), missing=("4",),
        bundles=(BundleVerdict(seq=3, content="c" * 64, state="partly"),),
        revisions=(
            RevisionVerdict(
                dot="7f3a7f3a7f3a7f3a-9", rec="0" * 32, state="rejected", code="field.required",
                field="name", message_zh="“单位名称”必须填写。", county_ref="00000012",
            ),
        ),
        missing_blobs=("d" * 64,), trust_serial=2,
    )  # fmt: skip


def issued(desk, folder, document, **facts):
    """Write a bundle as the county would, to the desk."""
    told = {"audience": desk.stream, "kind": "receipt", "org": COUNTY, "stream": "440000-to-d02"}
    (written,) = desk.write(folder, keys=desk.county, document=document, facts={**told, **facts})
    county = replace(
        desk.trusted, sign=desk.county.signer.public.hex(), org=COUNTY, streams=("440000-to-*",),
        audiences=("*",),
    )  # fmt: skip
    return written.path, {county.key: county}


def read(desk, path, known, tmp_path):
    return receipt.read(
        path, desk.keys.age_secrets, known, tmp_path / "staging", own_stream=desk.stream
    )


def test_a_receipt_arrives_as_it_was_written(desk, said, tmp_path):
    path, known = issued(desk, tmp_path / "out", said.document())
    assert read(desk, path, known, tmp_path) == said
    assert os.listdir(tmp_path) == ["out"]


def test_a_receipt_for_another_desk_is_refused(desk, said, tmp_path):
    document = replace(said, stream="440000001-d09-00000000").document()
    path, known = issued(desk, tmp_path / "out", document)
    with pytest.raises(BundleRefused, match="不是给本登记点"):
        read(desk, path, known, tmp_path)


def test_a_bundle_of_another_kind_is_no_receipt(desk, tmp_path):
    path, known = issued(desk, tmp_path / "out", None, kind="delta")
    with pytest.raises(BundleRefused, match="不是回执"):
        read(desk, path, known, tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"held": ["5"]}, {"missing": [4]}, {"bundles": [{}]}, {"revisions": [1]}, {"more": 1},
        {"through_seq": None}, {"bundles": [{"seq": 1, "content": "", "state": "?", "code": ""}]},
    ],
)  # fmt: skip
def test_a_malformed_receipt_is_refused(said, change):
    document = canonical.loads(canonical.dumps({**said.document(), **change}))
    with pytest.raises(BundleRefused):
        receipt.from_document(document)
