"""`refbot doctor`: looks at everything RefBot needs and says what to do about what is missing."""

import json
import smtplib
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.console import Console
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from refbot.config import Settings, load_settings, must_reach_slack
from refbot.errors import ConfigurationError, RefBotError
from refbot.storage import Database, upgrade
from refbot.storage.engine import keeps_wal_safely, sqlite_module

out = Console(highlight=False, soft_wrap=True)

NEEDED = frozenset(
    {
        "commands",
        "chat:write",
        "im:write",
        "im:history",
        "users:read",
        "users:read.email",
        "channels:read",
        "groups:read",
        "channels:history",
        "groups:history",
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found."""

    what: str
    ok: bool
    says: str


def doctor(
    *,
    as_json_object: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check settings, database, Slack and mail."""
    findings = list(_findings())
    well = all(finding.ok for finding in findings)
    if as_json_object:
        told = {"ok": well, "checks": [asdict(finding) for finding in findings]}
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        for finding in findings:
            sign = "[green]ok  [/green]" if finding.ok else "[red]FAIL[/red]"
            out.print(sign, f"{finding.what}: {finding.says}")
    if not well:
        raise typer.Exit(1)


def _findings() -> Iterator[Finding]:
    try:
        settings = load_settings()
        must_reach_slack(settings)
    except ConfigurationError as error:
        for problem in error.problems:
            yield Finding("settings", ok=False, says=problem)
        if "settings" not in locals():
            return
    else:
        yield Finding("settings", ok=True, says="complete")
    yield _looked("database", lambda: _database(settings))
    if settings.slack_bot_token:
        yield _looked("slack bot", lambda: _bot(settings))
        yield _looked("program channel", lambda: _channel(settings))
    if settings.slack_app_token:
        yield _looked("slack socket", lambda: _socket(settings))
    if settings.smtp_url:
        yield _looked("mail server", lambda: _mail(settings))


def _looked(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, ok=True, says=look())
    except RefBotError as error:
        return Finding(what, ok=False, says=str(error))
    except SlackApiError as error:
        return Finding(what, ok=False, says=f"Slack answers {error.response.get('error')}.")
    except (SlackClientError, smtplib.SMTPException, OSError) as error:
        return Finding(what, ok=False, says=f"not reached: {error}.")


def _database(settings: Settings) -> str:
    database = Database.open(settings.database_url)
    upgrade.must_be_current(database)
    if differing := upgrade.differences(database):
        raise RefBotError(f"It differs from this version in {len(differing)} places.")
    if database.writer.dialect.name != "sqlite":
        return "PostgreSQL, up to date"
    module = sqlite_module()
    mode = "WAL" if keeps_wal_safely(module.sqlite_version_info) else "DELETE (no safe WAL)"
    return f"SQLite {module.sqlite_version}, journal mode {mode}, up to date"


def _bot(settings: Settings) -> str:
    answer = _client(settings, settings.slack_bot_token).auth_test()
    granted = {scope.strip() for scope in str(answer.headers.get("x-oauth-scopes", "")).split(",")}
    if missing := sorted(NEEDED - granted) if granted != {""} else []:
        raise RefBotError(
            f"The app lacks the scopes {', '.join(missing)}. "
            "Paste manifest.yml again and reinstall."
        )
    return f"{answer['user']} in {answer['team']}"


def _channel(settings: Settings) -> str:
    client = _client(settings, settings.slack_bot_token)
    facts = client.conversations_info(channel=settings.program_channel)["channel"]
    if not facts.get("is_member"):
        raise RefBotError("The bot is not in it. Type /invite @RefBot there.")
    if facts.get("is_ext_shared") or facts.get("is_pending_ext_shared"):
        raise RefBotError("It is shared with another company. Choose a channel of your own.")
    return f"#{facts['name']}"


def _socket(settings: Settings) -> str:
    _client(settings, settings.slack_app_token).apps_connections_open(
        app_token=settings.slack_app_token
    )
    return "Socket Mode opens"


def _mail(settings: Settings) -> str:
    parts = urlsplit(settings.smtp_url)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    with kind(parts.hostname or "", parts.port or 0, timeout=10) as server:
        code, _ = server.noop()
    return f"{parts.hostname} answers {code}"


def _client(settings: Settings, token: str) -> WebClient:
    return WebClient(token=token, base_url=settings.slack_api_url, timeout=10, retry_handlers=[])
