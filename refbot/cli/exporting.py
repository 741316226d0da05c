"""`refbot export`: what the program holds, into files that `refbot import` reads again."""

import csv
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from refbot.config import load_settings
from refbot.errors import RefBotError
from refbot.insight.word_file import HEADER, lines_of_words
from refbot.storage import Database, upgrade

export = typer.Typer(help="Write what RefBot holds into a file.", no_args_is_help=True)
out = Console(highlight=False, soft_wrap=True)


@export.callback()
def exporting() -> None:
    """Write what RefBot holds into a file."""


@export.command()
def vocabulary(
    file: Annotated[Path, typer.Argument(help="The CSV file to write.", dir_okay=False)],
) -> None:
    """Write your own words (products, tags, aliases, switched-off words) as CSV.

    The columns are facet, value and aliases. Importing the file again changes nothing.
    """
    database = Database.open(load_settings().database_url)
    upgrade.must_be_current(database)
    with database.read() as session:
        lines = list(lines_of_words(session))
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as target:
            csv.writer(target).writerows([HEADER, *lines])
    except OSError as error:
        raise RefBotError(f"{file} cannot be written: {error.strerror}.") from error
    out.print(f"{len(lines):,} lines written to {file}.", markup=False)
