"""A real JupyterLab, started as users start it, and a notebook in it as they see it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Page, expect

PROJECT = Path(__file__).parents[2]
PATIENCE = 60_000  # ms; a busy machine takes its time
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
HEIGHT, TALLEST = 950, 6000  # pixels
# All cells are in the page even when they are scrolled out of sight, and nothing empty is below them.
SETTINGS = {"notebook-extension/tracker": {"windowingMode": "none", "scrollPastEnd": False}}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Lab:
    """`smm lab` on a project of its own: copies of the notebooks, the practice company it makes itself.

    Attributes:
        root: Folder of that project.
        url: Address without token.
        token: What lets the browser in.
        log: What JupyterLab printed.
    """

    root: Path
    token: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.root / "lab.log"

    @property
    def practice(self) -> Path:
        return self.root / "data" / "practice"

    def command(self) -> list[str]:
        """What is typed to start it."""
        return [sys.executable, "-m", "smmlib", "lab", "--no-browser"]

    def start(self) -> None:
        """Start it and wait until it answers; the first time it makes the practice company."""
        self._lay_out()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command(),
                cwd=self.root, env=self._environment(), stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + 120
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"JupyterLab did not start:\n{self.log.read_text()}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop it and its kernels, the way Ctrl+C does."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def stop_kernels(self) -> None:
        """End all kernels, so that the next test has the machine to itself."""
        for session in json.loads(self.ask("sessions")):
            self.ask(f"sessions/{session['id']}", method="DELETE")

    def ask(self, what: str, method: str = "GET") -> bytes:
        """The answer of the server's own interface."""
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(f"{self.url}/api/{what}", headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            content: bytes = answer.read()
            return content

    def lay_notebook(self, name: str, place: str, **parameters: object) -> str:
        """Copy a notebook into a folder of its own with other parameters; returns its path in the lab."""
        notebook = json.loads((PROJECT / "notebooks" / name).read_text("utf-8"))
        cell = next(c for c in notebook["cells"] if "parameters" in c["metadata"].get("tags", []))
        cell["source"] = [*cell["source"], *(f"\n{key} = {value!r}" for key, value in parameters.items())]
        target = self.root / "notebooks" / place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(notebook), "utf-8")
        return target.relative_to(self.root).as_posix()

    def copy_practice(self, name: str) -> Path:
        """A practice company of one's own, which a test may change."""
        target = self.root / "data" / name
        shutil.copytree(self.practice, target)
        return target

    def _answers(self) -> bool:
        try:
            return bool(self.ask("status"))
        except OSError:
            return False

    def _lay_out(self) -> None:
        (self.root / "notebooks").mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / "pyproject.toml", self.root)
        for notebook in (PROJECT / "notebooks").glob("*.ipynb"):
            shutil.copy(notebook, self.root / "notebooks")
        config = self.root / "jupyter" / "config"
        config.mkdir(parents=True, exist_ok=True)
        (config / "jupyter_lab_config.json").write_text('{"LabApp": {"expose_app_in_browser": true}}')
        for plugin, values in SETTINGS.items():
            place = self.root / "jupyter" / "settings" / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(json.dumps(values))

    def _environment(self) -> dict[str, str]:
        own = self.root / "jupyter"
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("SMM_", "JUPYTER", "PYTEST_"))}
        return {
            **inherited,
            "JUPYTER_CONFIG_DIR": str(own / "config"),
            "JUPYTER_DATA_DIR": str(own / "data"),
            "JUPYTER_RUNTIME_DIR": str(own / "runtime"),
            "JUPYTERLAB_SETTINGS_DIR": str(own / "settings"),
            "IPYTHONDIR": str(own / "ipython"),
            "JUPYTER_PORT": str(self.port),
            "JUPYTER_TOKEN": self.token,
            "PYTHONPATH": str(PROJECT),
        }


@dataclass
class Notebook:
    """A notebook open in JupyterLab.

    Attributes:
        page: The browser's page; use its locators.
        lab: The JupyterLab.
        path: The notebook's path in it.
        artefacts: Folder for screenshots.
    """

    page: Page
    lab: Lab
    path: str
    artefacts: Path

    def open(self) -> None:
        """Open it and wait until its kernel is ready."""
        self.page.goto(f"{self.lab.url}/lab/tree/{quote(self.path)}?token={self.lab.token}&reset")
        self.page.wait_for_function(
            "() => window.jupyterapp?.shell?.currentWidget?.sessionContext", timeout=PATIENCE
        )
        self._in_lab(
            "await w.context.ready; await w.sessionContext.ready; "
            "await w.sessionContext.session?.kernel?.info"
        )

    def run_all(self) -> None:
        """Run all cells and wait for the last; an error in a cell is an error here."""
        assert self.do("notebook:run-all-cells"), self.errors()
        assert self.errors() == []

    def errors(self) -> list[str]:
        """The error messages below the cells."""
        found = self._in_lab(
            "return w.content.widgets.flatMap(c => c.model.outputs ? c.model.outputs.toJSON() : [])"
            ".filter(o => o.output_type === 'error').map(o => o.ename + ': ' + o.evalue)"
        )
        return list(found)

    def restart(self) -> None:
        """Restart the kernel: every widget on the page is dead after that."""
        self._in_lab("await w.sessionContext.restartKernel(); await w.sessionContext.session.kernel.info")

    def reload(self) -> None:
        """Load the page anew, as F5 does; the kernel lives on."""
        self.open()

    def do(self, command: str, **arguments: object) -> Any:
        """Carry out a command of JupyterLab."""
        code = "return await window.jupyterapp.commands.execute(argument[0], argument[1])"
        return self._wait_for(code, [command, arguments])

    def theme(self, name: str) -> None:
        """Change the look of JupyterLab: "light" or "dark"."""
        self.do("apputils:change-theme", theme=THEMES[name])
        expect(self.page.locator("body")).to_have_attribute(
            "data-jp-theme-light", str(name == "light").lower()
        )

    def hide_sidebar(self) -> None:
        """Close the list of files."""
        if self.page.locator("#jp-left-stack").is_visible():
            self.do("application:toggle-left-area")

    def screenshot(self, name: str, *, of: str = "", width: int = 1400, theme: str = "light") -> Path:
        """Keep a picture of the whole notebook, however long, or of one part of it.

        Args:
            name: Name of the file, without ending.
            of: Selector of the part, e.g. ".smm-draft"; empty: all of JupyterLab.
            width: Width of the window in pixels.
            theme: "light" or "dark".
        """
        self.theme(theme)
        self.artefacts.mkdir(parents=True, exist_ok=True)
        target = self.artefacts / f"{name}.png"
        before = self.page.viewport_size
        self._resize(width, HEIGHT)
        self._resize(width, min(HEIGHT + self._hidden(), TALLEST))
        self._in_lab("w.node.querySelector('.jp-WindowedPanel-outer').scrollTop = 0")
        (self.page.locator(of).first if of else self.page).screenshot(path=target)
        if before:
            self.page.set_viewport_size(before)
        return target

    def _resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.wait_for_timeout(300)  # the panels find their new width

    def _hidden(self) -> int:
        """Pixels of the notebook that are scrolled out of sight."""
        outside = "const o = w.node.querySelector('.jp-WindowedPanel-outer');"
        return int(self._in_lab(f"{outside} return o.scrollHeight - o.clientHeight"))

    def _in_lab(self, code: str) -> Any:
        return self._wait_for(f"const w = window.jupyterapp.shell.currentWidget; {code}")

    def _wait_for(self, code: str, argument: object = None) -> Any:
        """What the page's `code` returns; an error if it takes too long, which nothing else would notice."""
        return self.page.evaluate(
            f"""(argument) => Promise.race([
                (async () => {{ {code} }})(),
                new Promise((_, fail) => setTimeout(() => fail(new Error("too slow")), {PATIENCE})),
            ])""",
            argument,
        )
