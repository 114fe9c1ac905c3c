"""How long until one can work: importing smmlib, and JupyterLab's start until widgets are to be seen.

`python -m benchmarks.starting`. The import is CPU time, the least of ten fresh processes. The start is
wall time of `smm lab` and its workbench against a bare JupyterLab and one label, each the least of three,
from typing the command to seeing the widget in Chromium.
"""

from __future__ import annotations

import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.chromium import arguments, find_chromium
from tests.browser.jupyterlab import PATIENCE, Lab, Notebook

IMPORTS = 10
STARTS = 3
LIMIT = 0.2  # seconds of CPU for `import smmlib` after `import pandas`
LABEL = "import ipywidgets\n\nlabel = ipywidgets.Label('seen')\nlabel.add_class('bare-label')\nlabel"
BARE, OURS = "bare JupyterLab, a label", "smm lab, the workbench"


class BareLab(Lab):
    """JupyterLab as it comes, with a notebook that shows a label."""

    def command(self) -> list[str]:
        """What is typed to start it."""
        return [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={self.port}"),
            *("--ip=127.0.0.1", "--allow-root", "--LabApp.news_url="),
        ]

    def _lay_out(self) -> None:
        super()._lay_out()
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(LABEL)])
        notebook.metadata["kernelspec"] = {
            "name": "python3",
            "display_name": "Python 3",
            "language": "python",
        }
        nbformat.write(notebook, self.root / "notebooks" / "label.ipynb")


def import_seconds(before: str, module: str) -> float:
    """CPU seconds of importing `module` after `before`, the least of ten fresh processes."""
    code = f"{before}\nimport time; t = time.process_time(); import {module}; print(time.process_time() - t)"
    return min(
        float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)
        for _ in range(IMPORTS)
    )


def start_seconds(lab: Lab, browser: Browser, notebook: str, seen: str) -> dict[str, float]:
    """Seconds from typing the command until the server answers, the page is ready, the widget is seen."""
    begin = time.perf_counter()
    lab.start()
    try:
        server = time.perf_counter() - begin
        page = browser.new_page()
        opened = Notebook(page, lab, f"notebooks/{notebook}", lab.root)
        opened.open()
        ready = time.perf_counter() - begin
        opened.run_all()
        expect(page.locator(seen).first).to_be_visible(timeout=PATIENCE)
        return {"server": server, "page": ready, "widgets": time.perf_counter() - begin}
    finally:
        lab.stop()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser."""
    with sync_playwright() as playwright:
        path = find_chromium(Path(playwright.chromium.executable_path), print)
        browser = playwright.chromium.launch(executable_path=path, args=arguments())
        yield browser
        browser.close()


def starts() -> dict[str, list[dict[str, float]]]:
    """Times of every start, taken in turns; the first of ours makes the practice company."""
    times: dict[str, list[dict[str, float]]] = {BARE: [], OURS: []}
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        token = secrets.token_hex(16)
        bare, ours = BareLab(Path(place) / "bare", token), Lab(Path(place) / "ours", token)
        for _ in range(STARTS):
            times[BARE].append(start_seconds(bare, browser, "label.ipynb", ".bare-label"))
            times[OURS].append(start_seconds(ours, browser, "workbench.ipynb", ".smm-workbench"))
    return times


def run() -> dict[str, Any]:
    """Everything measured: CPU seconds of imports, wall seconds of starts."""
    return {
        "import pandas": import_seconds("", "pandas"),
        "import smmlib": import_seconds("import pandas", "smmlib"),
        "starts": starts(),
    }


def main() -> None:
    """Print it side by side."""
    found = run()
    pandas, smmlib = found["import pandas"], found["import smmlib"]
    print(f"import pandas              {pandas:7.3f} s CPU")
    print(
        f"import smmlib after it     {smmlib:7.3f} s CPU, ratio {smmlib / pandas:.3f} (at most {LIMIT} s)\n"
    )
    print(f"{'from the command until …':<30}{'server':>9}{'page':>9}{'widgets':>9}")
    for name, times in found["starts"].items():
        best = {step: min(time[step] for time in times) for step in times[0]}
        print(f"{name:<30}" + "".join(f"{seconds:>8.1f}s" for seconds in best.values()))
    bare, ours = (min(t["widgets"] for t in found["starts"][name]) for name in (BARE, OURS))
    print(
        f"ratio {ours / bare:.2f}; the very first start of ours {found['starts'][OURS][0]['widgets']:.1f} s"
    )


if __name__ == "__main__":
    main()
