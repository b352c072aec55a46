"""Opens Chromium without a screen, for the tests in JupyterLab and for the README's pictures."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def open_chromium(playwright: Playwright, program: str, profile: Path, width: int, height: int) -> BrowserContext:
    """A browser window of a size in pixels, drawn at one and a half times its resolution.

    profile: an empty folder, which the caller deletes.
    """
    return playwright.chromium.launch_persistent_context(
        profile,
        executable_path=program,
        args=FLAGS,
        viewport={"width": width, "height": height},
        device_scale_factor=1.5,
    )
