"""All simulations, or those that are named: `python -m benchmarks.validation size --runs 2000`."""

from __future__ import annotations

import argparse
import importlib
import platform
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from benchmarks.validation import Row

TOPICS = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def markdown(rows: Iterable[Row]) -> str:
    """The rows as a table."""
    lines = [
        "| topic | claim | expected | measured | Monte Carlo error | kept |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.topic} | {row.claim} | {row.expected} | {row.measured} | {row.monte_carlo_error:.2g} | "
        f"{'yes' if row.ok else '**no**'} |"
        for row in rows
    ]
    return "\n".join(lines)


def main(asked: list[str]) -> int:
    """Run the topics, print the table; the exit code counts the promises that were not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.validation", description=__doc__)
    parser.add_argument("topics", nargs="*", metavar="topic", help=f"among {', '.join(TOPICS)}; none: all")
    parser.add_argument("--runs", type=int, default=20_000, help="simulated tests a claim (20,000)")
    parser.add_argument("--seed", type=int, default=20_260, help="of the random numbers")
    options = parser.parse_args(asked)
    unknown = sorted(set(options.topics) - set(TOPICS))
    if unknown:
        parser.error(f"there is no topic {', '.join(unknown)}; there is: {', '.join(TOPICS)}")
    rows: list[Row] = []
    for name in options.topics or TOPICS:
        print(f"{name} …", file=sys.stderr, flush=True)
        rows += importlib.import_module(f"benchmarks.validation.{name}").rows(options.runs, options.seed)
    print(markdown(rows))
    when, version = date.today(), platform.python_version()
    print(f"\n{options.runs:,} runs a claim, seed {options.seed}, Python {version}, {when:%Y-%m-%d}.")
    return sum(not row.ok for row in rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
