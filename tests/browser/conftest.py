"""One JupyterLab and one Chromium for all browser tests; a page, a notebook and a workspace for each."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.browser.chromium import arguments, find_chromium
from tests.browser.jupyterlab import PATIENCE, PROJECT, Lab, Notebook

OURS = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")
ARTEFACTS = Path(os.environ.get("SMM_ARTEFACTS") or PROJECT / "tests" / "browser" / "artefacts")

expect.set_options(timeout=20_000)  # ms; a busy machine takes its time to show what is right


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A running JupyterLab; its own notebooks open the practice company that it made at its first start."""
    lab = Lab(tmp_path_factory.mktemp("lab"), secrets.token_hex(16))
    try:
        lab.start()
        yield lab
    finally:
        lab.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright, request: pytest.FixtureRequest) -> Iterator[Browser]:
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")

    def tell(sentence: str) -> None:
        if reporter:
            reporter.write_line(f"\n{sentence}")

    try:
        path = find_chromium(Path(playwright.chromium.executable_path), tell)
    except FileNotFoundError as missing:
        pytest.fail(str(missing), pytrace=False)
    browser = playwright.chromium.launch(executable_path=path, args=arguments())
    yield browser
    browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of its own. At the end it has logged no error and asked nobody but 127.0.0.1."""
    context = chromium.new_context(viewport={"width": 1400, "height": 950})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request", lambda asked: complaints.append(f"request to {asked.url}") if leaves(asked.url) else None
    )
    yield page
    context.close()
    assert complaints == []


def leaves(url: str) -> bool:
    """Whether a request goes anywhere but to this machine."""
    return not url.startswith(OURS)


@pytest.fixture
def workspace(lab: Lab, request: pytest.FixtureRequest) -> Path:
    """A practice company for this test alone."""
    return lab.copy_practice(place_of(request))


@pytest.fixture
def open_notebook(lab: Lab, page: Page, request: pytest.FixtureRequest) -> Iterator[Callable[..., Notebook]]:
    """Opens a notebook: `open_notebook("01_draft_posts.ipynb", folder=str(workspace), language="de")`."""

    def opened(name: str, **parameters: object) -> Notebook:
        path = lab.lay_notebook(name, place_of(request), **parameters) if parameters else f"notebooks/{name}"
        notebook = Notebook(page, lab, path, ARTEFACTS)
        notebook.open()
        return notebook

    yield opened
    lab.stop_kernels()


def place_of(request: pytest.FixtureRequest) -> str:
    """A folder name for the test."""
    return re.sub(r"\W+", "-", f"{request.path.stem}-{request.node.name}").strip("-")
