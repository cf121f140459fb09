"""A bundle must open without our code: every step here is somebody else's program."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.profiles import national_text, read_profile
from integrity_desk.sync import schema, seal
from tests.bundles import attachment

TOOLS = Path(sys.executable).parent
MAPPING = read_profile(national_text()).mapping()


def run(*command, cwd, feed=None):
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, input=feed, capture_output=True, check=False
    )
    assert done.returncode == 0, (command, done.stdout.decode(), done.stderr.decode())
    return done.stdout


@pytest.fixture
def opened(desk, tmp_path):
    """A bundle taken apart with tar, ssh-keygen, sha256sum, age and zstd only."""
    lines = [desk.line(number) for number in range(1, 40)]
    (written,) = desk.write(tmp_path / "out", lines, attachments=[attachment()], mapping=MAPPING)
    run("tar", "-xf", written.path, cwd=tmp_path)
    signers = tmp_path / "allowed_signers"
    line = seal.ssh_public_line(desk.keys.signer.public)
    signers.write_text(f'desk namespaces="{seal.BUNDLE_NAMESPACE}" {line}\n')
    run(
        "ssh-keygen", "-Y", "verify", "-f", signers, "-I", "desk", "-n", seal.BUNDLE_NAMESPACE,
        "-s", "envelope.json.sig", cwd=tmp_path, feed=(tmp_path / "envelope.json").read_bytes(),
    )  # fmt: skip
    envelope = json.loads((tmp_path / "envelope.json").read_bytes())
    digest = run("sha256sum", "payload.age", cwd=tmp_path).split()[0].decode()
    assert digest == envelope["payload"]["sha256"]
    (tmp_path / "key.txt").write_text(desk.county.age_secrets[0] + "\n")
    run("sh", "-c", "age -d -i key.txt payload.age | zstd -dc | tar -x", cwd=tmp_path)
    assert (
        run("ssh-keygen", "-lf", "-", cwd=tmp_path, feed=line.encode()).split()[1].decode()
        == (envelope["key"])
    )
    return tmp_path / "bag", envelope


def test_a_bundle_opens_without_our_program(opened):
    folder, envelope = opened
    run("sha256sum", "--strict", "-c", "manifest-sha256.txt", cwd=folder)
    run("sha256sum", "--strict", "-c", "tagmanifest-sha256.txt", cwd=folder)
    content = run("sha256sum", "tagmanifest-sha256.txt", cwd=folder).split()[0].decode()
    assert content == envelope["content"]
    run(sys.executable, "-W", "ignore", "-m", "bagit", "--validate", ".", cwd=folder)
    lines = (folder / "data/revisions-0001.jsonl").read_bytes().splitlines()
    assert len(lines) == envelope["revisions"]


def test_a_bundle_is_a_valid_table_package(opened):
    folder, _envelope = opened
    run(TOOLS / "frictionless", "validate", "data/datapackage.json", cwd=folder)
    assert json.loads((folder / "data/datapackage.json").read_bytes())["mapping"] == MAPPING


def test_every_line_fits_the_schema_made_from_the_declarations(opened, tmp_path):
    folder, _envelope = opened
    (tmp_path / "line.schema.json").write_text(json.dumps(schema.line_schema(TYPES)))
    lines = (folder / "data/revisions-0001.jsonl").read_bytes().splitlines()
    (tmp_path / "first.json").write_bytes(lines[0])
    check = TOOLS / "check-jsonschema"
    run(check, "--schemafile", "line.schema.json", "first.json", cwd=tmp_path)
    run(check, "--check-metaschema", "line.schema.json", cwd=tmp_path)
    wrong = json.loads(lines[0])
    wrong["set"]["kind"] = "no such kind"
    (tmp_path / "wrong.json").write_text(json.dumps(wrong))
    with pytest.raises(AssertionError):
        run(check, "--schemafile", "line.schema.json", "wrong.json", cwd=tmp_path)


def test_gnu_tar_lists_exactly_three_members(desk, tmp_path):
    (written,) = desk.write(tmp_path, [desk.line(1)])
    listed = run("tar", "-tf", written.path, cwd=tmp_path).decode().split()
    assert listed == ["envelope.json", "envelope.json.sig", "payload.age"]
    assert os.path.getsize(written.path) < 41_000
