"""What must hold before RefBot works: a champion who is there, the bot in the program's channel."""

import time

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from refbot.app import RefBot
from refbot.errors import RefBotError
from refbot.handlers.desk import Desk
from refbot.handlers.guard import keep_facts
from refbot.storage.colleagues import Part, by_email, champions

log = structlog.get_logger()

PATIENCE = 60.0  # seconds between attempts when Slack is down
WRONG_TOKEN = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "not_allowed_token_type"}
)


class NotReady(RefBotError):
    """RefBot cannot work yet; the sentence says what is missing."""


def program_is_ready(bot: RefBot) -> None:
    """Check tokens, champions and channel; with Slack down, trust what the database knows."""
    wait = 1.0
    while True:
        try:
            _check(bot)
        except SlackApiError as error:
            if error.response.get("error") in WRONG_TOKEN:
                raise NotReady(
                    f"Slack refuses the bot token ({error.response['error']}). Copy it again from "
                    "OAuth & Permissions into SLACK_BOT_TOKEN, or reinstall the app."
                ) from error
            log.warning("slack answers with an error", error=error.response.get("error"))
        except (SlackClientError, OSError) as error:
            log.warning("slack not reached", error=type(error).__name__)
        else:
            return
        with bot.world.database.read() as session:
            if champions(session):
                return
        time.sleep(wait)
        wait = min(wait * 2, PATIENCE)


def _check(bot: RefBot) -> None:
    desk = bot.desk
    desk.slack.auth_test()
    _name_first_champions(bot, desk)
    with bot.world.database.read() as session:
        if not champions(session):
            raise NotReady(
                "No program champion is an active member of the workspace. Put the champion's "
                'e-mail into refbot.toml: champions = ["name@example.com"].'
            )
    _must_be_in_channel(bot, desk)
    _must_have_app_token(bot)


def _name_first_champions(bot: RefBot, desk: Desk) -> None:
    """The settings name the first champions; from then on Home does."""
    with bot.world.database.read() as session:
        if champions(session):
            return
    for email in bot.settings.champions:
        try:
            found = desk.slack.users_lookupByEmail(email=email)["user"]
        except SlackApiError as error:
            if error.response.get("error") != "users_not_found":
                raise
            raise NotReady(
                f"Slack knows nobody with the e-mail {email} (setting `champions`)."
            ) from error
        keep_facts(desk, found)
        with bot.world.database.write() as session:
            person = by_email(session, email)
            if person is not None:
                person.part = Part.CHAMPION


def _must_be_in_channel(bot: RefBot, desk: Desk) -> None:
    channel = bot.settings.program_channel
    try:
        facts = desk.slack.conversations_info(channel=channel)["channel"]
    except SlackApiError as error:
        if error.response.get("error") not in {"channel_not_found", "missing_scope"}:
            raise
        facts = {}
    if not facts.get("is_member"):
        raise NotReady(
            f"The bot is not in the program's channel {channel}. Type /invite @RefBot there, or "
            "correct program_channel in refbot.toml."
        )
    if facts.get("is_ext_shared") or facts.get("is_pending_ext_shared"):
        raise NotReady(
            f"The program's channel {channel} is shared with another company, so customers' names "
            "must not go there. Choose a private channel of your own."
        )


def _must_have_app_token(bot: RefBot) -> None:
    """Ask for the socket's address; the connection begins with it, so Slack is asked once."""
    if bot.socket is None:
        return
    client = bot.socket.client
    try:
        client.wss_uri = client.issue_new_wss_url()
    except SlackApiError as error:
        if error.response.get("error") not in WRONG_TOKEN:
            raise
        raise NotReady(
            f"Slack refuses the app token ({error.response['error']}). Copy it again from Basic "
            "Information, App-Level Tokens, into SLACK_APP_TOKEN; it needs connections:write."
        ) from error
