"""What Slack tells RefBot unasked: Home opened, a direct message, a changed person or channel."""

from typing import Any

import structlog

from refbot.errors import RefBotError
from refbot.handlers import home
from refbot.handlers.desk import Desk
from refbot.handlers.guard import keep_facts, member
from refbot.workflow.searches import answer_in_messages

log = structlog.get_logger()


def app_home_opened(desk: Desk, body: dict[str, Any]) -> None:
    """Publish Home."""
    home.opened(desk, body["event"])


def message(desk: Desk, body: dict[str, Any]) -> None:
    """Answer a line written to RefBot directly as if it were typed after `/reference`."""
    event = body["event"]
    if event.get("subtype") or event.get("bot_id") or not event.get("text", "").strip():
        return
    actor = member(desk, event["user"])
    answer_in_messages(desk.world, by=actor.id, text=event["text"], key=f"event:{body['event_id']}")
    desk.wake()


def user_change(desk: Desk, body: dict[str, Any]) -> None:
    """Keep what changed about a person, a guest's or a leaver's standing above all."""
    keep_facts(desk, body["event"]["user"])


def channel_shared(desk: Desk, body: dict[str, Any]) -> None:
    """Nothing is cached of channels beyond minutes; the next post looks again."""
    del desk
    log.warning("channel shared", channel=body["event"].get("channel"))


def gone(desk: Desk, body: dict[str, Any]) -> None:
    """The app was removed, or its tokens were: nothing can be sent until it is back."""
    del desk
    log.error("slack revoked the app", event=body["event"]["type"])


EVENTS = {
    "app_home_opened": app_home_opened,
    "message": message,
    "user_change": user_change,
    "channel_shared": channel_shared,
    "tokens_revoked": gone,
    "app_uninstalled": gone,
}


def take(desk: Desk, body: dict[str, Any]) -> None:
    """Take an event; Slack has its ack already and repeats what fails on its side only."""
    try:
        EVENTS[body["event"]["type"]](desk, body)
    except RefBotError as error:
        log.info("event refused", event=body["event"]["type"], reason=type(error).__name__)
    except Exception:
        log.exception("event failed", event=body["event"]["type"])
