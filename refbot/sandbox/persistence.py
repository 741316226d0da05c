"""Keeps the sandbox's memory in a file, so that the next start goes on from there."""

import logging
import os
import threading
from pathlib import Path

from refbot.sandbox.world import World

log = logging.getLogger(__name__)
FILE_NAME = "sandbox.json"
DEBOUNCE_SECONDS = 0.3
UNKEPT = {"traffic"}  # the log is not part of the memory


class Keeper:
    """Writes the memory a moment after it changed, and once more at the end."""

    def __init__(self, world: World, folder: Path) -> None:
        self._world = world
        self._path = folder / FILE_NAME
        self._is_dirty = threading.Event()
        self._is_ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sandbox-keeper", daemon=True)
        folder.mkdir(parents=True, exist_ok=True)

    def load(self) -> None:
        """Go on from the file when it is there; one that cannot be read is set aside."""
        if not self._path.exists():
            return
        try:
            self._world.restore(self._path.read_text())
        except (ValueError, TypeError, KeyError):
            aside = self._path.with_suffix(".unreadable")
            self._path.replace(aside)
            log.warning("sandbox starts afresh: its file could not be read", exc_info=True)

    def start(self) -> None:
        """Watch for changes from now on."""
        self._world.watchers.append(self._changed)
        self._thread.start()

    def stop(self) -> None:
        """Write what is left and end."""
        if not self._thread.is_alive():
            return
        self._world.watchers.remove(self._changed)
        self._is_ending.set()
        self._is_dirty.set()
        self._thread.join()
        self._write()

    def _changed(self, topic: str) -> None:
        if topic not in UNKEPT:
            self._is_dirty.set()

    def _run(self) -> None:
        while not self._is_ending.is_set():
            self._is_dirty.wait()
            self._is_ending.wait(DEBOUNCE_SECONDS)
            self._is_dirty.clear()
            self._write()

    def _write(self) -> None:
        """Write beside and rename, so that a crash leaves the old file or the new one."""
        beside = self._path.with_suffix(".writing")
        with beside.open("w") as file:
            file.write(self._world.written())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
