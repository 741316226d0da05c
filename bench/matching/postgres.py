"""Debian's PostgreSQL with its contrib modules, run for the bench in a temporary folder."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import URL

_HOW = "pg_trgm needs Debian's PostgreSQL: apt-get install postgresql postgresql-contrib"
_STARTS_WITHIN = 60.0
SETTINGS = {
    "shared_buffers": "1GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "effective_cache_size": "4GB",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "jit": "off",
    "random_page_cost": "1.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "4GB",
}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; each database of it is for one peer."""

    url: URL
    pid: int

    def database(self, name: str) -> str:
        """Make an empty database; gives its URL."""
        self._on_server(f'CREATE DATABASE "{name}"')
        return self.url.set(database=name).render_as_string(hide_password=False)

    def drop(self, name: str) -> None:
        """Give the space back."""
        self._on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _on_server(self, statement: str) -> None:
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Start a server that only this machine can reach; PostgreSQL refuses to run as root."""
    programs = _programs()
    place = folder / "postgresql"
    place.mkdir()
    if os.geteuid() == 0:
        folder.chmod(0o755)
        owner = pwd.getpwnam("postgres")
        os.chown(place, owner.pw_uid, owner.pw_gid)
    data = place / "data"
    _run([str(programs / "initdb"), "-D", str(data), "-U", "bench", "--auth=trust", "-E", "UTF8",
          "--locale=C.UTF-8"])  # fmt: skip
    port = _free_port()
    options = [f"{name}={value}" for name, value in SETTINGS.items()]
    command = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", ""]
    command += ["-h", "127.0.0.1", *(part for option in options for part in ("-c", option))]
    server = subprocess.Popen(  # noqa: S603
        command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=_owner()
    )
    try:
        url = URL.create("postgresql+psycopg", "bench", None, "127.0.0.1", port, "postgres")
        _wait_for(url, server)
        yield Server(url, server.pid)
    finally:
        server.send_signal(signal.SIGINT)  # it waits for nobody's connection
        server.wait(60)


def _programs() -> Path:
    """Find the newest installed version; as root on Debian, install it."""
    found = _newest()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"DEBIAN_FRONTEND": "noninteractive", **os.environ}
        packages = ["postgresql", "postgresql-contrib"]
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
            subprocess.run(["apt-get", "-qq", *command], check=True, env=quiet, stdout=sys.stderr)  # noqa: S603, S607
        found = _newest()
    if found is None:
        sys.exit(_HOW)
    return found


def _newest() -> Path | None:
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    return max(folders, key=lambda path: int(path.parent.name), default=None)


def _owner() -> str | None:
    return "postgres" if os.geteuid() == 0 else None


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", user=_owner())  # noqa: S603


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: URL, server: subprocess.Popen[bytes]) -> None:
    engine = create_engine(url)
    ends = time.monotonic() + _STARTS_WITHIN
    while server.poll() is None and time.monotonic() < ends:
        try:
            engine.connect().close()
        except Exception:  # noqa: BLE001 - it is not there yet, whatever the driver calls it
            time.sleep(0.1)
        else:
            engine.dispose()
            return
    sys.exit("PostgreSQL did not start.")
