"""`refbot import`: what it prints and how it exits."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from sqlalchemy import func, select
from typer.testing import CliRunner, Result

from refbot.cli.importing import import_files_command
from refbot.storage import Database
from refbot.storage.references import Reference
from tests.imports.conftest import Sheet

GOOD = "Account,Name,Email,Live since\nAcme,Dana Fox,dana@acme.example.com,31.12.2020\n"
BAD = GOOD + "Acme,Lou,lou@acme,30.02.2021\n"


@pytest.fixture
def refbot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """An installation without a database yet."""
    url = f"sqlite:///{tmp_path / 'refbot.db'}"
    monkeypatch.setenv("REFBOT_DATABASE_URL", url)
    monkeypatch.chdir(tmp_path)
    return Database.open(url)


def run(*arguments: object) -> Result:
    app = typer.Typer()
    app.command()(import_files_command)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.usefixtures("refbot")
def test_json_is_as_promised(sheet: Sheet) -> None:
    path = sheet("people.csv", BAD)
    command = [sys.executable, "-m", "refbot", "import", str(path), "--json", "--skip-bad-rows"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == {
        "files": [
            {
                "file": str(path),
                "kind": "references",
                "rows": 2,
                "created": 1,
                "updated": 0,
                "unchanged": 0,
                "rejected": [
                    {
                        "line": 3,
                        "reason": "Email 'lou@acme' is not an e-mail address; correct it or leave "
                        "it empty. Live since '30.02.2021' is not a date; write it like "
                        "2024-05-31.",
                    }
                ],
                "warnings": [],
            }
        ]
    }


@pytest.mark.usefixtures("refbot")
def test_the_reading_of_each_column_is_shown(sheet: Sheet) -> None:
    answer = run(sheet("people.csv", GOOD), "--dry-run")
    assert answer.exit_code == 0
    assert "live since (day first)" in answer.stdout
    assert "31.12.2020" in answer.stdout


def test_a_dry_run_changes_nothing(refbot: Database, sheet: Sheet) -> None:
    assert run(sheet("people.csv", GOOD), "--dry-run", "--json").exit_code == 0
    assert people(refbot) == 0


def test_a_file_left_out_exits_with_1_and_a_sentence(refbot: Database, sheet: Sheet) -> None:
    answer = run(sheet("people.csv", BAD))
    assert answer.exit_code == 1
    assert "1 of 2 rows cannot be taken" in " ".join(answer.stderr.split())
    assert people(refbot) == 0


@pytest.mark.usefixtures("refbot")
def test_a_file_that_is_no_table_exits_with_1_and_a_sentence(sheet: Sheet) -> None:
    answer = run(sheet("letter.csv", "%PDF-1.7"), "--json")
    assert answer.exit_code == 1
    assert "is a PDF document" in answer.stderr
    [told] = json.loads(answer.stdout)["files"]
    assert (told["kind"], told["rejected"][0]["line"]) == (None, 0)


@pytest.mark.usefixtures("refbot")
def test_wrong_usage_exits_with_2(tmp_path: Path) -> None:
    assert run(tmp_path / "nowhere.csv").exit_code == 2
    assert run().exit_code == 2
    assert run("--colour").exit_code == 2


def people(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Reference)) or 0
