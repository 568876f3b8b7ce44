"""What keeps people out of a page of the desk, as it stands in the browser: told by axe, and by its width."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

WIDTHS = (390, 1280)  # a telephone, a desk
CONTRAST = ["color-contrast"]  # all that another theme can change
FAULTS = """(only) => axe.run(document, only ? { runOnly: only } : {}).then((found) =>
    found.violations.filter((one) => ["serious", "critical"].includes(one.impact))
        .map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)} ${one.nodes[0].failureSummary}`))"""


@cache
def axe() -> str:
    """The script."""
    return (files("axe_playwright_python") / "axe.min.js").read_text()


def serious(page: Any, only: list[str] | None = None) -> list[str]:
    """What axe finds that is serious, by all its rules or by these."""
    before = list(page.told)
    page.evaluate(axe())
    found: list[str] = page.evaluate(FAULTS, only)
    page.told[:] = before  # axe puts styles into the page, which the policy forbids
    return found


def faults(page: Any, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """What is wrong with the page at each width: axe's rules in the theme it has, contrast in the other one."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"scrolls sideways: {wide} wide in {width}"] if wide > width else []
        found += serious(page)
    switch_theme(page)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        found += serious(page, CONTRAST)
    switch_theme(page)
    return found


def switch_theme(page: Any) -> None:
    """Press the button for it, though a dialog be open, and wait until plots are drawn anew."""
    page.evaluate("document.querySelector('#theme').click()")
    page.locator("[data-plot][aria-busy=true]").first.wait_for(state="detached")
