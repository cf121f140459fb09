"""All benchmarks in one table: ``python -m benchmarks [--scale 0.02] [--only store table]``.

Scale 1 is the full size (a million records, 500 MB of attachments) and takes most of an hour;
``--store DIR`` keeps the big store there and takes it from there the next time.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from pathlib import Path

import benchmarks
from benchmarks.report import table

_PREFIX = "bench_"


def main() -> None:
    """Run the modules one after another and print what they measured."""
    names = [
        each.name.removeprefix(_PREFIX)
        for each in pkgutil.iter_modules(benchmarks.__path__)
        if each.name.startswith(_PREFIX)
    ]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--scale", type=float, default=0.02)
    parser.add_argument("--only", nargs="+", choices=names, default=names)
    parser.add_argument("--store", type=Path, metavar="DIR")
    arguments = parser.parse_args()
    for name in arguments.only:
        module = importlib.import_module(f"benchmarks.{_PREFIX}{name}")
        kept = [arguments.store] if name == "store" else []
        print(f"{name}\n{table(module.rows(arguments.scale, *kept))}\n", flush=True)


if __name__ == "__main__":
    main()
