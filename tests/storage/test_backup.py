"""Backup while RefBot writes, the check of a file, and the way back."""

import shutil
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from refbot.storage import Database, upgrade
from refbot.storage.backup import BackupFailed, back_up, check_sqlite_file, restore
from refbot.storage.inbox import Inbox

NOW = datetime(2027, 2, 1, 14, tzinfo=UTC)


@pytest.fixture
def at(tmp_path: Path) -> Path:
    path = tmp_path / "refbot.db"
    database = Database.open(f"sqlite:///{path}")
    upgrade.upgrade(database)
    database.close()
    return path


def write(path: Path, *keys: str) -> None:
    database = Database.open(f"sqlite:///{path}")
    with database.write() as session:
        for key in keys:
            session.execute(insert(Inbox).values(key=key, received_at=NOW))
    database.close()


def keys(path: Path) -> list[str]:
    database = Database.open(f"sqlite:///{path}")
    with database.read() as session:
        found = list(session.scalars(select(Inbox.key).order_by(Inbox.key)))
    database.close()
    return found


def test_what_was_there_comes_back_and_the_file_from_before_is_kept(at: Path) -> None:
    write(at, "a", "b")
    database = Database.open(f"sqlite:///{at}")
    copy = at.parent / "deep" / "copy.db"
    back_up(database, copy)
    with pytest.raises(BackupFailed, match="exists already"):
        back_up(database, copy)
    database.close()
    write(at, "c")
    restore(f"sqlite:///{at}", copy)
    assert keys(at) == ["a", "b"]
    assert keys(at.with_name(at.name + ".replaced")) == ["a", "b", "c"]
    assert sorted(p.name for p in copy.parent.iterdir()) == ["copy.db"]


def test_a_backup_under_writes_is_whole(at: Path) -> None:
    database = Database.open(f"sqlite:///{at}")
    stop = threading.Event()

    def write_on() -> None:
        number = 0
        while not stop.is_set():
            with database.write() as session:  # always two of a kind
                for half in "ab":
                    key = f"{number:06d}{half}"
                    session.execute(insert(Inbox).values(key=key, received_at=NOW))
            number += 1

    writer = threading.Thread(target=write_on)
    writer.start()
    copies = [at.parent / f"copy{n}.db" for n in range(3)]
    for copy in copies:
        back_up(database, copy)
    stop.set()
    writer.join(10)
    with database.read() as session:
        assert (session.scalar(select(func.count()).select_from(Inbox)) or 0) > 0
    database.close()
    for copy in copies:
        check_sqlite_file(copy)
        found = keys(copy)
        assert len(found) % 2 == 0
        assert [key[:6] for key in found[::2]] == [key[:6] for key in found[1::2]]


def test_a_file_that_is_none_or_damaged_changes_nothing(at: Path) -> None:
    write(at, "a")
    for number, content in enumerate(
        (b"this is no database" * 100, b"SQLite format 3\x00" + b"x" * 9000)
    ):
        broken = at.parent / f"broken{number}.db"
        broken.write_bytes(content)
        with pytest.raises(BackupFailed):
            restore(f"sqlite:///{at}", broken)
    torn = at.parent / "torn.db"
    shutil.copyfile(at, torn)
    with torn.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 4)
    with pytest.raises(BackupFailed, match=r"damaged|not a SQLite"):
        restore(f"sqlite:///{at}", torn)
    with pytest.raises(BackupFailed, match="no file"):
        restore(f"sqlite:///{at}", at.parent / "nowhere.db")
    assert keys(at) == ["a"]
    assert list(at.parent.glob("*.restoring")) == []


def test_a_damaged_database_gives_no_backup_with_a_good_name(at: Path) -> None:
    write(at, *(f"key {number:05d}" for number in range(400)))
    with at.open("r+b") as file:
        file.seek(at.stat().st_size // 2)
        file.write(b"\xff" * 4096 * 8)
    database = Database.open(f"sqlite:///{at}")
    with pytest.raises(BackupFailed, match=r"damaged|not a SQLite"):
        back_up(database, at.parent / "copy.db")
    database.close()
    assert not (at.parent / "copy.db").exists()
