"""The browser for the tests is found, or what to do is said in one line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.browser.chromium import WHAT_TO_DO, find_chromium, may_use_apt


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without any browser; returns the folder its programs are in."""
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("CHROMIUM", "BROWSER_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(chromium, "PLACES", ())
    return tmp_path


def program(path: Path, script: str = "exit 0") -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return path


def test_the_browser_that_was_named_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare / "chromium")
    monkeypatch.setenv("CHROMIUM", str(program(bare / "mine")))
    assert find_chromium(bare / "none", pytest.fail) == bare / "mine"


def test_a_wrong_name_is_reported(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", str(bare / "nothing"))
    with pytest.raises(FileNotFoundError, match="where there is no browser; correct it or unset it"):
        find_chromium(bare / "none", pytest.fail)


def test_an_installed_browser_is_found(bare: Path) -> None:
    program(bare / "google-chrome")
    assert find_chromium(bare / "none", pytest.fail) == bare / "google-chrome"
    program(bare / "chromium")
    assert find_chromium(bare / "none", pytest.fail) == bare / "chromium"


@pytest.mark.skipif(os.name == "nt", reason="there is no apt-get on Windows")
def test_root_on_debian_installs_it_and_says_so(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(
        bare / "apt-get",
        f'case "$*" in *" chromium "*) : > {bare}/chromium; /bin/chmod +x {bare}/chromium;; esac',
    )
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    said: list[str] = []
    assert find_chromium(bare / "none", said.append) == bare / "chromium"
    assert said == ["No Chromium was found; installing Debian's: apt-get install chromium"]


def test_nobody_else_uses_apt(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare / "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    assert not may_use_apt()


def test_playwrights_own_is_used_when_it_is_there(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    assert find_chromium(program(bare / "own"), pytest.fail) == bare / "own"


def test_what_to_install_is_said_in_one_line(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(chromium.sys, "executable", str(program(bare / "python", "exit 1")))
    said: list[str] = []
    with pytest.raises(FileNotFoundError, match="install chromium or google-chrome, or set CHROMIUM"):
        find_chromium(bare / "none", said.append)
    assert said == ["No Chromium was found; fetching Playwright's own: playwright install chromium"]
    assert "\n" not in WHAT_TO_DO
