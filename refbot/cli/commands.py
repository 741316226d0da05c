"""Adds every command to the command line, a module a group."""

from refbot.cli import app
from refbot.cli.databases import db
from refbot.cli.demo import demo
from refbot.cli.doctor import doctor
from refbot.cli.exporting import export
from refbot.cli.importing import import_files_command
from refbot.cli.init import init
from refbot.cli.match import match
from refbot.cli.run import run

app.command()(init)
app.command()(run)
app.command()(demo)
app.command(name="import")(import_files_command)
app.command()(match)
app.command()(doctor)
app.add_typer(export, name="export")
app.add_typer(db, name="db")
