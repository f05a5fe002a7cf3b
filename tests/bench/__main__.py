"""``make bench``: every measured ratio, each taken within this one run. Name benches to run only those."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import tests.bench


def main(wanted: list[str]) -> None:
    names = [m.name for m in pkgutil.iter_modules(tests.bench.__path__) if m.name.startswith("bench_")]
    for name in names:
        if wanted and name.removeprefix("bench_") not in wanted:
            continue
        print(f"\n{name.removeprefix('bench_')}", flush=True)
        for what, figure in importlib.import_module(f"tests.bench.{name}").rows():
            print(f"  {what:<72} {figure}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
