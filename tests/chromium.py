"""Finds Chromium for the browser story, or installs Debian's when that is possible."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
HOW = (
    "The browser story needs Chromium. Install it (Debian: apt-get install chromium), or set "
    "REFBOT_CHROMIUM to its path."
)


def chromium() -> str | None:
    """Give the browser's path: REFBOT_CHROMIUM, else the PATH."""
    named = os.environ.get("REFBOT_CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> None:
    """Make sure that there is one; as root on Debian, install it."""
    if chromium():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"DEBIAN_FRONTEND": "noninteractive", **os.environ}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-qq", *command], check=True, env=quiet, stdout=sys.stderr)  # noqa: S603, S607
    if not chromium():
        sys.exit(HOW)


if __name__ == "__main__":
    main()
