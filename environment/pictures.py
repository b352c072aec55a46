"""Photographs outputs of an executed notebook.

Usage: pictures.py PAGE.html DIR CHROMIUM. A picture is named after what its cell says.
"""

import re
import sys
import tempfile
from pathlib import Path

from chromium import open_chromium
from playwright.sync_api import sync_playwright

PICTURES = {"comparison": "compare(", "errors": "errors.overlay("}


def main(page: Path, folder: Path, chromium: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        browser = open_chromium(playwright, chromium, Path(profile), width=900, height=1200)
        view = browser.new_page()
        view.goto(page.resolve().as_uri())
        for name, source in PICTURES.items():
            cell = view.locator(".jp-CodeCell", has=view.locator(".jp-InputArea", has_text=re.compile(re.escape(source))))
            cell.locator(".jp-OutputArea-output").last.screenshot(path=folder / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
