"""`refbot db`: upgrade, check, back up, restore."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy import text

from refbot.config import load_settings
from refbot.errors import RefBotError
from refbot.storage import Database, upgrade
from refbot.storage.backup import back_up, restore

db = typer.Typer(help="Look after the database.", no_args_is_help=True)
out = Console(highlight=False, soft_wrap=True)


class Damaged(RefBotError):
    """The database is not as it should be; the sentence says where."""


@db.command(name="upgrade")
def upgrade_database() -> None:
    """Create the tables, or bring them up to date. An older SQLite file is backed up first."""
    database = Database.open(load_settings().database_url)
    before = upgrade.revision(database)
    upgrade.upgrade(database)
    after = upgrade.revision(database)
    out.print(f"The database is at revision {after}" + (" already." if before == after else "."))


@db.command()
def check() -> None:
    """Look at every page and every table; tell what is not as this version expects it."""
    database = Database.open(load_settings().database_url)
    upgrade.must_be_current(database)
    problems = upgrade.differences(database)
    if database.writer.dialect.name == "sqlite":
        with database.reader.connect() as connection:
            verdict = connection.execute(text("PRAGMA integrity_check")).scalar()
            orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
        problems += [] if verdict == "ok" else [str(verdict)]
        problems += [f"{len(orphans)} rows point to rows that are gone"] if orphans else []
    if problems:
        raise Damaged("The database is not well:\n" + "\n".join(problems))
    out.print("The database is well.")


@db.command()
def backup(to: Annotated[Path, typer.Argument(help="The file to write; must not exist.")]) -> None:
    """Write a consistent copy while RefBot runs."""
    back_up(Database.open(load_settings().database_url), to)
    out.print(f"Backed up to {to}.")


@db.command(name="restore")
def restore_database(
    source: Annotated[Path, typer.Argument(help="A file that `refbot db backup` wrote.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in the database's place. Stop RefBot first."""
    if not yes:
        typer.confirm("Replace the database by this backup? RefBot must be stopped", abort=True)
    restore(load_settings().database_url, source)
    out.print("Restored. The file from before is kept beside it as `….replaced`.")
