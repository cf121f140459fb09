"""Bundles beside ``tar | zstd -3 | age``: time and peak memory, in the same run, as ratios.

    python -m benchmarks.bench_bundles [--revisions 100000] [--attachments-mb 500] [--json]

Both work on the same lines and files and on the same disk, and end with ``sync``; ours also
hashes, signs, proves and reads every line, and its time includes the start of Python. They take
turns for some rounds, of which the fastest counts on either side. Each step runs in a process
of its own; its memory is what the kernel noted.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.report import Row
from integrity_desk.domain.revisions import Clock, Revision, encode
from integrity_desk.sync import age, bundle_reader, bundle_writer
from integrity_desk.sync.bag import Attachment
from integrity_desk.sync.envelope import FIRST_PREV, Facts
from integrity_desk.sync.keys import DeskKeys
from integrity_desk.sync.trust import TrustedKey

_ROUNDS = 5
_ATTACHMENT_BYTES = 2 << 20
_CHUNK_BYTES = 1 << 20
_ORG, _COUNTY, _STREAM = "440000001", "440000", "440000001-d01-00000000"
_TEXT = (
    "反映示例路段照明设施损坏未修复，群众夜间出行不便，请责任单位核实后限期整改并公开结果。"
    "登记人员已当场告知办理时限，材料齐全。示例镇便民服务中心接收，转示例村民委员会办理。"
)


def main() -> None:
    """Run the benchmark and print a table, or one JSON object with ``--json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--revisions", type=int, default=100_000)
    parser.add_argument("--attachments-mb", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--step", nargs=2, metavar=("NAME", "FOLDER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        _STEPS[arguments.step[0]](Path(arguments.step[1]))
        print(json.dumps(_peak_mib()))
        return
    with TemporaryDirectory(prefix="bench-bundles-") as folder:
        figures = _measure(Path(folder), arguments.revisions, arguments.attachments_mb)
    print(json.dumps(figures) if arguments.json else _table(figures))


def rows(scale: float) -> list[Row]:
    """Measure ``scale`` times 100,000 revisions and 500 MB; nothing without the tools.

    The goals are for the full size; below it the start of Python counts for more.
    """
    if shutil.which("age") is None or shutil.which("zstd") is None:
        return []
    with TemporaryDirectory(prefix="bench-bundles-") as folder:
        figures = _measure(Path(folder), int(scale * 100_000), max(2, int(scale * 500)))
    return [
        Row(
            name=f"{way} a bundle of {figures['bundle_mb']} MB", ours=figures[f"{way}_s"],
            peer=figures[f"tools_{way}_s"], against="tar, zstd and age in a pipe",
            goal=goal if scale >= 1 else math.nan,
        )
        for way, goal in (("export", 2.1), ("import", 1.6))
    ]  # fmt: skip


class _Took(NamedTuple):
    """What a step took: seconds on the clock, seconds of the processors, memory at its peak."""

    clock_s: float
    cpu_s: float
    peak_mib: float


def _measure(folder: Path, revisions: int, attachments_mb: int) -> dict[str, float]:
    _prepare(folder, revisions, attachments_mb)
    rounds = [_round(folder) for _number in range(_ROUNDS)]
    volumes = sorted((folder / "out").iterdir())
    figures: dict[str, float] = {
        "revisions": revisions,
        "attachments_mb": attachments_mb,
        "volumes": len(volumes),
        "bundle_mb": round(sum(path.stat().st_size for path in volumes) / 1e6, 1),
    }
    for way in ("export", "import"):
        ours, tools = ([each[name] for each in rounds] for name in (way, f"tools_{way}"))
        clocks = [min(each.clock_s for each in side) for side in (ours, tools)]
        figures |= {
            f"tools_{way}_s": round(clocks[1], 2),
            f"{way}_s": round(clocks[0], 2),
            f"{way}_ratio": round(clocks[0] / clocks[1], 2),
            f"tools_{way}_cpu_s": round(min(each.cpu_s for each in tools), 2),
            f"{way}_cpu_s": round(min(each.cpu_s for each in ours), 2),
            f"{way}_peak_mib": max(each.peak_mib for each in ours),
        }
    return figures


def _round(folder: Path) -> dict[str, _Took]:
    """Let both sides take their turn, after clearing away what the round before left."""
    for path in folder.iterdir():
        if path.name == "t" or path.name.startswith(("in", "out")):
            shutil.rmtree(path)
    return {
        "tools_export": _took(
            folder, _tools("tar -cf - data | zstd -q -3 | age -r $(cat to.txt) > plain.age")
        ),
        "export": _took(folder, _own(folder, "export")),
        "tools_import": _took(
            folder, _tools("mkdir t && age -d -i key.txt plain.age | zstd -dq | tar -xC t")
        ),
        "import": _took(folder, _own(folder, "import")),
    }


def _prepare(folder: Path, revisions: int, attachments_mb: int) -> None:
    data, chance = folder / "data", random.Random(1)
    data.mkdir()
    with (data / "revisions.jsonl").open("wb") as file:
        for n in range(1, revisions + 1):
            file.write(_line(n, chance) + b"\n")
    for _number in range(attachments_mb * 1_000_000 // _ATTACHMENT_BYTES):
        content = chance.randbytes(_ATTACHMENT_BYTES)
        (data / f"{sha256(content).hexdigest()}.jpg").write_bytes(content)
    desk, county = DeskKeys.generate(), DeskKeys.generate()
    (folder / "desk.json").write_text(json.dumps(desk.secrets()))
    (folder / "county.json").write_text(json.dumps(county.secrets()))
    (folder / "key.txt").write_text(county.age_secrets[0] + "\n")
    (folder / "to.txt").write_text(age.recipient_of(county.age_secrets[0]))
    os.sync()


def _line(n: int, chance: random.Random) -> bytes:
    start = chance.randrange(len(_TEXT) // 2)
    return encode(
        Revision(
            by="c" * 32,
            cmd="EnterRecord",
            hlc=Clock(1_795_000_000_000 + n).stamp,
            n=n,
            pred={},
            rec=f"{chance.getrandbits(128):032x}",
            replica="0" * 16,
            set={"subject": f"示例事项{n}", "facts": _TEXT[start : start + 60], "state": "open"},
            type="complaint@1",
        )
    )


def _tools(pipe: str) -> list[str]:
    return ["bash", "-o", "pipefail", "-c", pipe + "; sync"]


def _own(folder: Path, step: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.bench_bundles", "--step", step, str(folder)]


def _took(folder: Path, command: list[str]) -> _Took:
    os.sync()
    begun, cpu = time.perf_counter(), _cpu_s()
    where = {**os.environ, "PYTHONPATH": os.getcwd()}
    done = subprocess.run(command, cwd=folder, env=where, check=True, capture_output=True)
    return _Took(
        time.perf_counter() - begun, _cpu_s() - cpu, float(done.stdout) if done.stdout else 0
    )


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _export(folder: Path) -> None:
    keys = _keys(folder, "desk")
    (folder / "out").mkdir()
    bundle_writer.write(
        folder / "out",
        Facts(
            audience=_COUNTY,
            created="2026-11-20T00:00:00Z",
            kind="delta",
            org=_ORG,
            prev=FIRST_PREV,
            seq=1,
            stream=_STREAM,
        ),
        signer=keys.signer,
        recipients=[_keys(folder, "county").recipient],
        revisions=_lines(folder / "data" / "revisions.jsonl"),
        attachments=map(_attachment, sorted((folder / "data").glob("*.jpg"))),
    )
    os.sync()


def _import(folder: Path) -> None:
    key = _keys(folder, "desk").signer
    trusted = TrustedKey(sign=key.public.hex(), age="", org=_ORG, name="示例", streams=(_STREAM,))
    secrets = _keys(folder, "county").age_secrets
    for number, path in enumerate(sorted((folder / "out").iterdir())):
        bundle_reader.read(path, secrets, {trusted.key: trusted}, folder / f"in{number}")
    os.sync()


_STEPS = {"export": _export, "import": _import}


def _keys(folder: Path, whose: str) -> DeskKeys:
    return DeskKeys.from_secrets(json.loads((folder / f"{whose}.json").read_text()))


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for line in file:
            yield line[:-1]


def _attachment(path: Path) -> Attachment:
    """The desk knows the hashes of its attachments; here they are the files' names."""
    return Attachment(
        sha256=path.stem,
        size=path.stat().st_size,
        extension="jpg",
        media_type="image/jpeg",
        chunks=partial(_chunks, path),
    )


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def _peak_mib() -> float:
    status = Path("/proc/self/status").read_text()
    peak_kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return round(int(peak_kib) / 1024, 1)


def _table(figures: dict[str, float]) -> str:
    width = max(map(len, figures))
    return "\n".join(f"{name:<{width}}  {value}" for name, value in figures.items())


if __name__ == "__main__":
    if shutil.which("age") is None:
        sys.exit("needs tar, zstd and age on the command line")
    main()
