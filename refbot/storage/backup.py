"""Backup by the engines' own online means, the check of a file, and the way back."""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import make_url

from refbot.errors import RefBotError
from refbot.storage.engine import Database, sqlite_module


class BackupFailed(RefBotError):
    """The backup or restore did not come about; nothing was changed."""


def back_up(database: Database, to: Path) -> None:
    """Write a consistent copy while RefBot runs; the copy is checked before it gets its name."""
    if to.exists():
        raise BackupFailed(f"{to} exists already. Choose another name.")
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(to.name + ".part")
    part.unlink(missing_ok=True)
    if database.url.get_backend_name() == "sqlite":
        _copy_sqlite(Path(str(database.url.database)), part)
    else:
        _run(
            "pg_dump",
            "--format=custom",
            f"--file={part}",
            f"--dbname={_libpq(database)}",
        )
    part.rename(to)


def restore(url: str, source: Path) -> None:
    """Put a backup in the database's place. RefBot must be stopped; the old file is kept."""
    if not source.exists():
        raise BackupFailed(f"There is no file {source}.")
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        database = Database.open(url)
        try:
            _run("pg_restore", "--clean", "--if-exists", "--single-transaction",
                 f"--dbname={_libpq(database)}", str(source))  # fmt: skip
        finally:
            database.close()
        return
    target = Path(str(parsed.database))
    fresh = target.with_name(target.name + ".restoring")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, fresh)
    try:
        check_sqlite_file(fresh)
    except BackupFailed:
        fresh.unlink()
        raise
    if target.exists():
        _copy_sqlite(target, target.with_name(target.name + ".replaced"))
    for beside in ("-wal", "-shm", "-journal"):
        with contextlib.suppress(FileNotFoundError):
            target.with_name(target.name + beside).unlink()
    fresh.rename(target)


def check_sqlite_file(path: Path) -> None:
    """Have SQLite look at every page of a file."""
    module = sqlite_module()
    connection = module.connect(str(path))
    try:
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except module.DatabaseError as error:
        raise BackupFailed(f"{path} is not a SQLite database: {error}.") from error
    finally:
        connection.close()
    if verdict != "ok":
        raise BackupFailed(f"{path} is damaged: {verdict}.")


def _copy_sqlite(source: Path, target: Path) -> None:
    module = sqlite_module()
    target.unlink(missing_ok=True)
    origin, copy = module.connect(str(source)), module.connect(str(target))
    try:
        origin.backup(copy, pages=2000, sleep=0.01)
    finally:
        copy.close()
        origin.close()
    check_sqlite_file(target)
    descriptor = os.open(target, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _libpq(database: Database) -> str:
    return database.url.set(drivername="postgresql").render_as_string(hide_password=False)


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs, which must be of the server's version or newer."""
    if shutil.which(program) is None:
        raise BackupFailed(f"{program} is not installed; it comes with PostgreSQL's client tools.")
    command = [program, *arguments]  # a fixed program with our own words
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupFailed(f"{program} failed: {done.stderr.strip()}")
