"""From a key to what the draft panel says about it, at 3,000 characters, in Chromium.

`python -m benchmarks.typing`. Wall time of 30 keys each. A key for count and preview is a letter; one for the
findings is "!!!", which brings up a finding, or what takes it away again. Without a browser it says so and
measures nothing.
"""

from __future__ import annotations

import secrets
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.chromium import arguments, find_chromium
from tests.browser.jupyterlab import PATIENCE, Lab, Notebook

KEYS = 30
LENGTH = 3000
PAUSE = 150  # milliseconds between keys: what came of the one before is drawn and stored
SENTENCE = "Zwölf Räder, ein Samstag: Probefahrt am Deich 🚲 und Kaffee für alle, die kommen. "
COUNT, PREVIEW = ".smm-account-mastodon .smm-meter-cell", ".smm-previews"
FINDINGS = ".smm-findings-cell"
LIMITS = {"count": 150, "preview": 300, "findings": 300}

# Does one key and says how many milliseconds later the watched place has been drawn anew.
KEY_TO_PICTURE = """async ([command, text, watched]) => {
    const place = document.querySelector(watched);
    const drawn = new Promise(done => {
        const seen = new MutationObserver(() => { seen.disconnect(); requestAnimationFrame(() => done()); });
        seen.observe(place, {childList: true, subtree: true, characterData: true});
    });
    document.querySelector('.smm-text textarea').focus();
    const begin = performance.now();
    document.execCommand(command, false, text);
    await drawn;
    return performance.now() - begin;
}"""


def waits() -> dict[str, list[float]]:
    """Milliseconds of every key, by what was waited for."""
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        path = find_chromium(Path(playwright.chromium.executable_path), print)
        browser = playwright.chromium.launch(executable_path=path, args=arguments())
        lab = Lab(Path(place) / "lab", secrets.token_hex(16))
        lab.start()
        try:
            return _typed(_long_draft(browser.new_page(), lab))
        finally:
            lab.stop()
            browser.close()


def _long_draft(page: Page, lab: Lab) -> Page:
    """The panel with a draft of 3,000 characters for two accounts."""
    where = lab.lay_notebook("01_draft_posts.ipynb", "typing", folder=str(lab.practice), language="de")
    notebook = Notebook(page, lab, where, lab.root)
    notebook.open()
    notebook.run_all()
    expect(page.locator(".smm-draft")).to_be_visible(timeout=PATIENCE)
    page.locator("button.smm-new").click()
    expect(page.locator(".smm-text textarea")).to_have_value("")
    for network in ("mastodon", "facebook"):
        page.locator(f".smm-account-{network} input[type=checkbox]").first.check()
    page.locator(".smm-text textarea").fill((SENTENCE * LENGTH)[:LENGTH])
    expect(page.locator(COUNT).first).to_contain_text("zu viel")
    page.wait_for_timeout(1000)
    return page


def _typed(page: Page) -> dict[str, list[float]]:
    count = [("insertText", "a", COUNT)] * KEYS
    preview = [("insertText", "a", PREVIEW)] * KEYS
    findings = [("insertText", "!!!", FINDINGS), ("delete", "", FINDINGS)] * (KEYS // 2)
    times: dict[str, list[float]] = {}
    for what, keys in zip(LIMITS, (count, preview, findings), strict=True):
        times[what] = []
        for key in keys:
            times[what].append(page.evaluate(KEY_TO_PICTURE, list(key)))
            page.wait_for_timeout(PAUSE)
    return times


def main() -> int:
    """Print the medians; the exit code is the number of those that are too long."""
    try:
        found = waits()
    except FileNotFoundError as missing:
        print(f"Not measured: {missing}")
        return 0
    slow = 0
    print(f"{LENGTH:,} characters, two accounts, {KEYS} keys each")
    for what, times in found.items():
        median, limit = statistics.median(times), LIMITS[what]
        slow += median > limit
        verdict = "ok" if median <= limit else "TOO SLOW"
        print(
            f"a key to {what:<20}{median:>6.0f} ms median, {max(times):.0f} the longest "
            f"(at most {limit}: {verdict})"
        )
    return slow


if __name__ == "__main__":
    sys.exit(main())
