"""Finds a Chromium or Chrome to test with; where none is installed, gets one and says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
)
WHAT_TO_DO = (
    "No Chromium or Chrome was found and none could be installed: install chromium or google-chrome, "
    "or set CHROMIUM to its path."
)
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def arguments() -> list[str]:
    """Command line that keeps the browser from calling home; root gets it without its sandbox."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*QUIET, *(["--no-sandbox"] if root else [])]


def find_chromium(own: Path, tell: Callable[[str], None]) -> Path:
    """A browser to start: the one named, an installed one, Debian's, Playwright's own.

    Args:
        own: Where Playwright keeps the browser it brings.
        tell: Says a sentence to whoever runs the tests.

    Raises:
        FileNotFoundError: There is none and none can be had.
    """
    found = named() or installed()
    if not found and may_use_apt():
        tell("No Chromium was found; installing Debian's: apt-get install chromium")
        install_from_debian()
        found = installed()
    if not found and not own.exists():
        tell("No Chromium was found; fetching Playwright's own: playwright install chromium")
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if not found and own.exists():
        found = own
    if not found:
        raise FileNotFoundError(WHAT_TO_DO)
    return found


def named() -> Path | None:
    """The browser that CHROMIUM or BROWSER_PATH names."""
    path = os.environ.get("CHROMIUM") or os.environ.get("BROWSER_PATH")
    if path and not Path(path).is_file():
        raise FileNotFoundError(f"CHROMIUM is {path!r}, where there is no browser; correct it or unset it.")
    return Path(path) if path else None


def installed() -> Path | None:
    """A browser on the path or in one of the usual places of macOS and Windows."""
    on_path = (shutil.which(name) for name in NAMES)
    usual = (os.path.expandvars(Path(place).expanduser()) for place in PLACES)
    return next((Path(path) for path in (*on_path, *usual) if path and Path(path).is_file()), None)


def may_use_apt() -> bool:
    """Whether this is root on a Debian or its kin."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_from_debian() -> None:
    """Install Debian's chromium; what it prints is shown when it fails."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (
        ["update"],
        ["install", "-y", "--no-install-recommends", "chromium", "fonts-noto-color-emoji"],
    ):
        done = subprocess.run(
            ["apt-get", "-q", *step],
            env=quiet,
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if done.returncode:
            print(done.stdout[-2000:])
