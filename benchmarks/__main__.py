"""All benchmarks, each in a fresh process, or those that are named: `python -m benchmarks counting`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def main(asked: list[str]) -> int:
    """Run what was asked for, else everything; the exit code tells whether all went well."""
    unknown = sorted(set(asked) - set(NAMES))
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there is: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    failed = []
    for name in asked or NAMES:
        print(f"\n== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nFailed: {', '.join(failed)}", file=sys.stderr)
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
