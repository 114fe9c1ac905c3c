"""Finding the rooms of the draft panel."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


def room(page: Page, name: str) -> None:
    """Opens a room of the panel."""
    page.locator(".smm-draft > .jupyter-widget-tab > .lm-TabBar").get_by_role(
        "tab", name=name, exact=True
    ).click()


def work(page: Page, name: str) -> Locator:
    """Opens a room of the open draft; returns what stands in it."""
    tabs = page.locator(".smm-room-write .smm-box > .jupyter-widget-tab")
    tabs.locator("> .lm-TabBar").get_by_role("tab", name=name, exact=True).click()
    return tabs.locator("> .widget-tab-contents")
