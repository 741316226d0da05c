"""`refbot run` as its administrator starts it: a process of its own, told by the environment."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from refbot.sandbox.filling import pressable
from refbot.sandbox.person import Person
from refbot.sandbox.sandbox import Sandbox
from refbot.storage import Database
from tests.databases import Databases
from tests.program import seed_program
from tests.story import BOT, PROGRAM, SALES

STARTS_WITHIN = 60.0  # seconds, on a loaded machine
STOPS_WITHIN = 10.0
GIVES_UP_WITHIN = 90.0  # seven start at once


def environment(sandbox: Sandbox, database_url: str, **other: str) -> dict[str, str]:
    """What an administrator sets, and nothing of RefBot's that this machine may have set."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("REFBOT_", "SLACK_"))}
    here = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    given = {
        "SLACK_API_URL": sandbox.api_url,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "REFBOT_DATABASE_URL": database_url,
        "REFBOT_PROGRAM_CHANNEL": "C0PROGRAM",
        "REFBOT_PROGRAM_TIMEZONE": "Europe/Berlin",
        "REFBOT_CHAMPIONS": '["casey.morgan@northbeam.example"]',
        "REFBOT_SMTP_URL": sandbox.smtp_url,
        "REFBOT_MAIL_FROM": "references@northbeam.example",
    }
    return {k: v for k, v in (kept | here | given | other).items() if v}


def command(given: Mapping[str, str], folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "refbot", "run"],
        env=dict(given),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def running(given: Mapping[str, str], folder: Path) -> Iterator[None]:
    """Start it, wait for its word, and stop it by SIGTERM: it must end well, and soon."""
    process = command(given, folder)
    try:
        assert process.stdout is not None
        assert "RefBot works" in process.stdout.readline()
        yield
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=STOPS_WITHIN)
        assert process.returncode == 0, said
        assert time.monotonic() - began < STOPS_WITHIN
        assert "Traceback" not in said, said
    finally:
        process.kill()
        process.communicate()


def with_button(sandbox: Sandbox, person: Person, channel: str, label: str) -> dict[str, object]:
    """The newest message with a button, once it is there."""

    def newest() -> dict[str, object] | None:
        there = reversed(person.sees(channel))
        of_that = (m for m in there if pressable(m.get("blocks", []), label=label, action_id=None))
        return next(of_that, None)

    assert sandbox.until(newest, timeout=20), f"no {label!r}: {person.sees(channel)}"
    found = newest()
    assert found is not None
    return found


def play(sandbox: Sandbox) -> None:
    """From the slash command to the thank-you, in real time."""
    riley, casey, sam = (sandbox.person(name) for name in ("riley", "casey", "sam"))

    def clicks(person: Person, label: str, channel: str = BOT) -> None:
        shown = with_button(sandbox, person, channel, label)
        assert person.clicks(label, in_=shown).ok

    found = riley.types("/reference healthcare product-A director", channel=SALES)
    assert riley.clicks("Request", in_=found).ok
    deal = {"opportunity": "Globex rollout (OPP-1)", "prospect": "Globex", "amount": "250000"}
    riley.fills(deal)
    assert riley.submits().ok
    clicks(casey, "Approve", PROGRAM)
    clicks(sam, "Yes")
    clicks(riley, "Let RefBot send the draft")  # comes when the time for an undo is over
    clicks(riley, "How did it go?")
    riley.fills({"expected_grade": "4", "actual_grade": "5", "report": "Went very well"})
    assert riley.submits().ok
    clicks(riley, "Let RefBot send the thank-you")
    assert sandbox.until(lambda: len(sandbox.mails()) == 2, timeout=20)
    assert sandbox.until(lambda: "thanked" in str(casey.sees(PROGRAM)[-1]["replies"]), timeout=20)


def ready(database_url: str, sandbox: Sandbox) -> None:
    """A program, as after `refbot db upgrade` and `refbot import`."""
    database = Database.open(database_url)
    try:
        seed_program(database, sandbox.clock.now())
    finally:
        database.close()


def statuses(database_url: str) -> list[str]:
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return list(connection.scalars(sa.text("SELECT status FROM engagement")))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_story_over_socket_mode(sandbox: Sandbox, database_url: str, tmp_path: Path) -> None:
    sandbox.clock.skipped *= 0
    ready(database_url, sandbox)
    with running(environment(sandbox, database_url), tmp_path):
        assert sandbox.connected.wait(STARTS_WITHIN)
        play(sandbox)
    assert statuses(database_url) == ["thanked"]
    assert sandbox.until(lambda: not sandbox.connected.is_set())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_story_over_signed_http(database_url: str, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    sandbox = Sandbox(request_url=f"http://127.0.0.1:{port}/slack/events")
    sandbox.start()
    try:
        ready(database_url, sandbox)
        given = environment(
            sandbox,
            database_url,
            SLACK_APP_TOKEN="",
            SLACK_SIGNING_SECRET=sandbox.signing_secret,
            REFBOT_HTTP_PORT=str(port),
        )
        with running(given, tmp_path):
            play(sandbox)
    finally:
        sandbox.stop()
    assert statuses(database_url) == ["thanked"]
    assert list(tmp_path.iterdir()) == []


WRONG: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "a wrong bot token": (
        {"SLACK_BOT_TOKEN": "xoxb-0-0-of-another-house"},
        ("Slack refuses the bot token", "SLACK_BOT_TOKEN"),
    ),
    "a wrong app token": (
        {"SLACK_APP_TOKEN": "xapp-1-A0-0-of-another-house"},
        ("Slack refuses the app token", "SLACK_APP_TOKEN"),
    ),
    "no tokens": (
        {"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""},
        ("2 errors", "SLACK_BOT_TOKEN is missing", "SLACK_SIGNING_SECRET (HTTP) is missing"),
    ),
    "the bot outside the channel": (
        {"REFBOT_PROGRAM_CHANNEL": "C0RANDOM"},
        ("not in the program's channel C0RANDOM", "/invite"),
    ),
    "no champion": ({"REFBOT_CHAMPIONS": ""}, ("No program champion", "refbot.toml")),
    "a champion unknown to Slack": (
        {"REFBOT_CHAMPIONS": '["nobody@northbeam.example"]'},
        ("Slack knows nobody with the e-mail nobody@northbeam.example",),
    ),
    "three errors in the file": (
        {"REFBOT_PROGRAM_TIMEZONE": ""},
        ("3 errors", "program_timezone: is not a time zone", "chanpions", "tick_seconds"),
    ),
}
FILE = 'program_timezone = "Berlin"\nchanpions = ["casey@northbeam.example"]\ntick_seconds = 0\n'


def test_what_is_wrong_is_said_in_a_sentence(
    sandbox: Sandbox, databases: Databases, tmp_path: Path
) -> None:
    """All at once: each start costs seconds."""
    started = {}
    for what, (changed, _) in WRONG.items():
        folder = tmp_path / what
        folder.mkdir()
        if "file" in what:
            (folder / "refbot.toml").write_text(FILE)
        started[what] = command(environment(sandbox, databases.sqlite(), **changed), folder)
    said = {what: error_of(process) for what, process in started.items()}
    assert {what: code for what, (code, _) in said.items()} == dict.fromkeys(WRONG, 1), said
    for what, (_, sentence) in said.items():
        assert "Traceback" not in sentence, what
        assert [words for words in WRONG[what][1] if words not in sentence] == [], sentence


def error_of(process: "subprocess.Popen[str]") -> tuple[int | None, str]:
    """The exit code and what stands on stderr; None when it does not end."""
    try:
        return process.wait(GIVES_UP_WITHIN), process.communicate()[1]
    except subprocess.TimeoutExpired:
        process.kill()
        return None, process.communicate()[1]
