"""Migrations up and down, and the tables that come out are those that the classes expect."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from refbot.storage import Database, settings, upgrade
from refbot.storage.settings import Setting
from refbot.storage.upgrade import OldDatabase, alembic_config
from tests.databases import Databases
from tests.storage.together import together

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(params=ENGINES)
def empty(
    request: pytest.FixtureRequest, databases: Databases, tmp_path: Path
) -> Iterator[Database]:
    """A database without tables."""
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'empty.db'}" if is_sqlite else databases.empty_postgresql()
    opened = Database.open(url)
    yield opened
    opened.close()
    if not is_sqlite:
        databases.drop(url)


def revisions_in_order() -> list[str]:
    scripts = ScriptDirectory.from_config(alembic_config())
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def test_there_is_one_line_of_migrations() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1


def test_every_migration_goes_up_down_and_up_again_and_ends_at_the_classes(
    empty: Database,
) -> None:
    assert upgrade.revision(empty) is None
    with pytest.raises(OldDatabase, match="refbot db upgrade"):
        upgrade.must_be_current(empty)
    for revision in revisions_in_order():
        upgrade.upgrade(empty, revision)
        assert upgrade.revision(empty) == revision
        with upgrade._alone(empty) as connection:  # noqa: SLF001 - there is no command to go down
            command.downgrade(alembic_config(connection), "-1")
        upgrade.upgrade(empty, revision)
    upgrade.must_be_current(empty)
    assert upgrade.differences(empty) == []

    with upgrade._alone(empty) as connection:  # noqa: SLF001
        command.downgrade(alembic_config(connection), "base")
    assert set(inspect(empty.reader).get_table_names()) <= {"alembic_version"}


def test_a_difference_between_tables_and_classes_is_seen(empty: Database) -> None:
    upgrade.upgrade(empty)
    with empty.write() as session:
        session.execute(text("ALTER TABLE account DROP COLUMN city"))
    assert "city" in str(upgrade.differences(empty))


def test_what_is_stored_survives_the_way_down_and_up(empty: Database) -> None:
    upgrade.upgrade(empty)
    with empty.write() as session:
        settings.keep(session, "kept", {"a": [1, "ä"]})
    with upgrade._alone(empty) as connection:  # noqa: SLF001
        command.downgrade(alembic_config(connection), "-1")
    upgrade.upgrade(empty)
    with empty.read() as session:
        assert session.scalars(select(Setting.value)).one() == {"a": [1, "ä"]}


def test_several_processes_that_upgrade_at_once_do_it_once(empty: Database) -> None:
    def race(_: int) -> None:
        mine = Database.open(empty.url)
        try:
            upgrade.upgrade(mine)
        finally:
            mine.close()

    together(3, race)
    upgrade.must_be_current(empty)
    assert upgrade.differences(empty) == []


def test_an_older_sqlite_file_is_backed_up_before_it_is_changed(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'old.db'}")
    first = revisions_in_order()[0]
    upgrade.upgrade(database, first)
    assert list(tmp_path.glob("*.before-*")) == []
    upgrade.upgrade(database)
    (kept,) = tmp_path.glob("old.db.before-*")
    with upgrade._alone(database) as connection:  # noqa: SLF001 - as if it had failed half-way
        command.downgrade(alembic_config(connection), first)
    upgrade.upgrade(database)
    assert len(list(tmp_path.glob("old.db.before-*"))) == 2
    older = Database.open(f"sqlite:///{kept}")
    assert upgrade.revision(older) == first
    older.close()
    database.close()
