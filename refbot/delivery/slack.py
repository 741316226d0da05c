"""Posting to Slack: one attempt, judged; and looking for a post that may have arrived."""

import http.client
from datetime import timedelta
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from refbot.delivery.outcome import Outcome, Verdict, verdict_on_error_code
from refbot.messages.blocks import TOP_TEXT, Message, cut_marked, fitting

EVENT_TYPE = "refbot_message"
PAGES_LOOKED_AT = 5
PAGE = 200
TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500


class NoHistory(Exception):
    """Slack does not let us look."""


def post(
    slack: WebClient, message: Message, *, channel: str, thread_ts: str | None, outbox_id: int
) -> Outcome:
    """Post a message, marked with its outbox row so that it can be found again."""
    return _attempt(
        "chat.postMessage",
        channel,
        lambda: slack.chat_postMessage(
            channel=channel,
            text=cut_marked(message.text, TOP_TEXT),
            blocks=fitting(message.blocks),
            thread_ts=thread_ts,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"outbox": outbox_id}},
            link_names=False,
            unfurl_links=False,
            unfurl_media=False,
        ),
    )


def update(slack: WebClient, message: Message, *, channel: str, ts: str) -> Outcome:
    """Bring a message up to date. Doing it twice does no harm, so nothing here is uncertain."""
    outcome = _attempt(
        "chat.update",
        channel,
        lambda: slack.chat_update(
            channel=channel,
            ts=ts,
            text=cut_marked(message.text, TOP_TEXT),
            blocks=fitting(message.blocks),
            link_names=False,
        ),
    )
    if outcome.verdict is Verdict.UNCERTAIN:
        return Outcome(verdict=Verdict.AGAIN, error=outcome.error)
    return outcome


def open_direct_message(slack: WebClient, user: str) -> Outcome:
    """Find the channel of the direct messages with a person."""
    outcome = _attempt("conversations.open", user, lambda: slack.conversations_open(users=user))
    if outcome.verdict is Verdict.UNCERTAIN:
        return Outcome(verdict=Verdict.AGAIN, error=outcome.error)
    return outcome


def find(slack: WebClient, *, channel: str, thread_ts: str | None, outbox_id: int) -> str | None:
    """Give the ts of the post that carries this row's mark, if it is there. May raise NoHistory."""
    cursor: str | None = None
    for _ in range(PAGES_LOOKED_AT):
        page = _page(slack, channel, thread_ts, cursor)
        for message in page["messages"]:
            mark = message.get("metadata") or {}
            if mark.get("event_type") == EVENT_TYPE and (
                mark.get("event_payload", {}).get("outbox") == outbox_id
            ):
                return str(message["ts"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return None
    return None


def _page(slack: WebClient, channel: str, thread_ts: str | None, cursor: str | None) -> Any:
    asked: dict[str, Any] = {"channel": channel, "limit": PAGE, "include_all_metadata": True}
    if cursor:
        asked["cursor"] = cursor
    try:
        if thread_ts:
            return slack.conversations_replies(ts=thread_ts, **asked).data
        return slack.conversations_history(**asked).data
    except SlackApiError as error:
        if error.response.get("error") in {"missing_scope", "no_permission", "access_denied"}:
            raise NoHistory from error
        raise


def _attempt(method: str, channel: str, call: Any) -> Outcome:
    try:
        answer = call()
    except SlackApiError as error:
        return _refused(method, channel, error)
    except (URLError, OSError, http.client.HTTPException, SlackClientError) as error:
        return _broken(error)
    found = answer.get("channel")
    where = found["id"] if isinstance(found, dict) else found or channel
    return Outcome(verdict=Verdict.SENT, channel=where, ts=answer.get("ts"), method=method)


def _refused(method: str, channel: str, error: SlackApiError) -> Outcome:
    response = error.response
    status = getattr(response, "status_code", 200)
    if status == TOO_MANY_REQUESTS:
        headers = {name.lower(): value for name, value in response.headers.items()}
        wait = headers.get("retry-after", "1")
        seconds = float(wait[0] if isinstance(wait, list) else wait)
        wish = timedelta(seconds=max(seconds, 0.1))
        return Outcome(
            verdict=Verdict.AGAIN,
            error="ratelimited",
            wait=wish,
            method=method,
            channel=channel,
        )
    if status >= SERVER_ERROR:
        return Outcome(verdict=Verdict.UNCERTAIN, error=f"http {status}")
    code = str(response.get("error", "unknown")) if hasattr(response, "get") else "unknown"
    messages = (response.get("response_metadata") or {}).get("messages") or []
    detail = f"{code}: {'; '.join(map(str, messages))}" if messages else code
    return Outcome(verdict=verdict_on_error_code(code), error=detail[:500])


def _broken(error: Exception) -> Outcome:
    """A refused connection carried nothing; any other break may have."""
    reason = error.reason if isinstance(error, URLError) else error
    nothing_sent = isinstance(reason, ConnectionRefusedError) or "Name or service" in str(reason)
    verdict = Verdict.AGAIN if nothing_sent else Verdict.UNCERTAIN
    return Outcome(verdict=verdict, error=f"{type(reason).__name__}: {reason}"[:500])
