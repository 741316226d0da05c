"""The command line: exit codes, sentences on stderr, JSON where a program may read."""

import json
from pathlib import Path

import pytest

from refbot.sandbox.sandbox import Sandbox
from tests.cli.conftest import Command

DOCTORS_CHECKS = {"settings", "database", "slack bot", "program channel", "slack socket"}


@pytest.fixture
def ready(refbot: Command, tmp_path: Path) -> Command:
    """A database with three references."""
    assert refbot("db", "upgrade").code == 0
    (tmp_path / "people.csv").write_text(
        "Account,Industry,Country,Contact,Title,E-mail,Product,Status,Activities willing\n"
        "Northwind,Healthcare,Germany,Dana Finch,IT Director,dana@n.example,Product A,Active,"
        "sales call\n"
        "Calloway,Healthcare,France,Priya N,CFO,priya@c.example,Product A,Active,sales call\n"
    )
    assert refbot("import", "people.csv").code == 0
    return refbot


def test_wrong_usage_is_2_and_help_is_0(refbot: Command) -> None:
    assert refbot("--help").code == 0
    for wrong in (("rubbish",), ("match",), ("match", "x", "--limit", "0"), ("db", "fly")):
        ended = refbot(*wrong)
        assert ended.code == 2, wrong
        assert "Traceback" not in ended.err


def test_three_errors_in_a_file_are_told_at_once_on_stderr(refbot: Command, tmp_path: Path) -> None:
    (tmp_path / "refbot.toml").write_text('program_timezone = "B"\nhttp_port = -1\nx = 1\n')
    ended = refbot("match", "bank")
    assert (ended.code, ended.out) == (1, "")
    assert "The configuration has 3 errors:" in ended.err
    for name in ("program_timezone", "http_port", "x: there is no such setting"):
        assert name in ended.err


def test_run_without_tokens_or_database_says_what_to_do(refbot: Command) -> None:
    ended = refbot("run")
    assert ended.code == 1
    for missing in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "program_channel"):
        assert missing in ended.err
    ended = refbot("match", "bank")
    assert ended.code == 1
    assert "Run `refbot db upgrade` first" in ended.err


def test_run_with_a_wrong_token_says_so(
    ready: Command, monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-wrong")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-wrong")
    monkeypatch.setenv("SLACK_API_URL", sandbox.api_url)
    monkeypatch.setenv("REFBOT_PROGRAM_CHANNEL", "C0PROGRAM")
    ended = ready("run")
    assert ended.code == 1
    assert "Slack refuses the bot token (invalid_auth)" in ended.err
    assert "xoxb-wrong" not in ended.err + ended.out


def test_run_without_a_champion_or_channel_says_so(
    ready: Command, monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", sandbox.bot_token)
    monkeypatch.setenv("SLACK_APP_TOKEN", sandbox.app_token)
    monkeypatch.setenv("SLACK_API_URL", sandbox.api_url)
    monkeypatch.setenv("REFBOT_PROGRAM_CHANNEL", "C0PROGRAM")
    assert "No program champion" in ready("run").err
    for who, why in (
        ("nobody@northbeam.example", "knows nobody with the e-mail"),
        ("gina.roth@northbeam.example", "No program champion is an active member"),
    ):
        monkeypatch.setenv("REFBOT_CHAMPIONS", json.dumps([who]))
        ended = ready("run")
        assert ended.code == 1
        assert why in ended.err
    monkeypatch.setenv("REFBOT_CHAMPIONS", '["casey.morgan@northbeam.example"]')
    for channel, why in (("C0SALES", "is not in the program's channel"), ("C0SHARED", "is shared")):
        monkeypatch.setenv("REFBOT_PROGRAM_CHANNEL", channel)
        ended = ready("run")
        assert ended.code == 1
        assert why in ended.err


def test_init_writes_a_file_that_is_read_again_and_never_over_another(
    refbot: Command, tmp_path: Path
) -> None:
    given = ("--champion", "c@x.example", "--channel", "C0123", "--timezone", "Europe/Berlin")
    ended = refbot("init", *given, "--company", 'Quote " and \\ back')
    assert ended.code == 0
    assert "api.slack.com/apps" in ended.out
    assert refbot("db", "upgrade").code == 0
    assert 'Quote \\" and \\\\ back' in (tmp_path / "refbot.toml").read_text()
    assert "is there already" in refbot("init", *given, "--company", "X").err
    assert refbot("init", *given, "--company", "X", "--force").code == 0
    bad = ("--champion", "c", "--channel", "general", "--timezone", "Berlin", "--force")
    ended = refbot("init", *bad, "--company", "X")
    assert ended.code == 1
    assert ended.err.count("“") == 3


def test_match_prints_one_object_a_text(ready: Command) -> None:
    ended = ready("match", "helthcare IT director", "--json", "--as-of", "2027-02-01")
    found = json.loads(ended.out)
    assert ended.code == 0
    assert found["criteria"]["industry"] == ["healthcare"]
    assert [c["account"] for c in found["candidates"]] == ["Northwind"]
    lines = ready("match", "-", "--json", stdin="healthcare\n\nzzgrblx\n").out.splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["healthcare", "", "zzgrblx"]
    shown = ready("match", "healthcare")
    assert "Dana Finch" in shown.out
    assert "Understood" in shown.out


def test_the_keys_that_scripts_depend_on_are_there(ready: Command) -> None:
    found = json.loads(ready("match", "healthcare germany, not automotive", "--json").out)
    assert set(found) >= {
        "text", "criteria", "excluded", "understood", "not_understood", "candidates", "near_misses",
    }  # fmt: skip
    criteria = found["criteria"]
    assert criteria["country"] == ["DE"]
    assert criteria["region"] == []
    assert criteria["company_size"] is None
    assert criteria["tenure_min_years"] is None
    assert found["excluded"] == {"industry": ["automotive"]}
    sized = json.loads(ready("match", "1000+ employees", "--json").out)["criteria"]
    assert sized["company_size"] == {"min": 1000, "max": None}
    assert set(found["candidates"][0]) >= {"reference_id", "name", "account", "score", "reasons"}
    assert set(found["candidates"][0]["reasons"][0]) == {"factor", "points", "text"}


def test_the_database_is_checked_backed_up_and_restored(ready: Command, tmp_path: Path) -> None:
    assert "at revision" in ready("db", "upgrade").out
    assert "is well" in ready("db", "check").out
    assert ready("db", "backup", "copy.db").code == 0
    ended = ready("db", "backup", "copy.db")
    assert ended.code == 1
    assert "exists already" in ended.err
    assert ready("db", "restore", "copy.db", "--yes").code == 0
    assert ready("db", "restore", "copy.db", stdin="n\n").code == 1
    assert "no file" in ready("db", "restore", "nowhere.db", "--yes").err
    (tmp_path / "rubbish.db").write_text("rubbish")
    assert ready("db", "restore", "rubbish.db", "--yes").code == 1
    assert "is well" in ready("db", "check").out


def test_doctor_tells_all_that_is_missing_and_all_that_is_well(
    ready: Command, monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox
) -> None:
    ended = ready("doctor", "--json")
    assert ended.code == 1
    told = json.loads(ended.out)
    assert not told["ok"]
    assert [c["what"] for c in told["checks"]] == ["settings"] * 3 + ["database"]

    monkeypatch.setenv("SLACK_BOT_TOKEN", sandbox.bot_token)
    monkeypatch.setenv("SLACK_APP_TOKEN", sandbox.app_token)
    monkeypatch.setenv("SLACK_API_URL", sandbox.api_url)
    monkeypatch.setenv("REFBOT_PROGRAM_CHANNEL", "C0PROGRAM")
    monkeypatch.setenv("REFBOT_SMTP_URL", sandbox.smtp_url)
    ended = ready("doctor", "--json")
    assert ended.code == 0, ended.out
    checks = json.loads(ended.out)["checks"]
    assert {c["what"] for c in checks} >= DOCTORS_CHECKS | {"mail server"}
    assert "ok" in ready("doctor").out

    monkeypatch.setenv("REFBOT_PROGRAM_CHANNEL", "C0SALES")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-wrong")
    ended = ready("doctor")
    assert ended.code == 1
    assert "invalid_auth" in ended.out
    assert "xoxb-wrong" not in ended.out + ended.err
