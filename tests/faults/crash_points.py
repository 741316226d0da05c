"""The ten points of RELIABILITY.md: each patches one place, from outside, to die there by -9."""

import http.client
import os
import select
import signal
import smtplib
import threading
import time
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from slack_bolt.adapter.socket_mode import builtin as bolt_socket
from sqlalchemy.orm import Session

from refbot.delivery import slack
from refbot.delivery.outcome import Verdict
from refbot.delivery.sending import Sender
from refbot.delivery.workers import Delivery
from refbot.handlers import listen
from refbot.messages.ids import Do
from refbot.storage.events import Event
from refbot.storage.outbox import Kind
from refbot.workflow import nudges

APPROVED = "engagement:ask_owner"  # the event of the champion's yes where the owner is asked
END_OF_MAIL = b"\r\n.\r\n"


def die() -> None:
    """Be gone at once."""
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


def before_the_commit() -> None:
    """The champion's yes is written, not committed."""

    def about_to_commit(session: Session) -> None:
        newest = sa.select(Event.what).order_by(Event.id.desc()).limit(1)
        if session.scalars(newest).first() == APPROVED:
            die()

    sa.event.listen(Session, "before_commit", about_to_commit)


def between_commit_and_ack() -> None:
    """The yes is committed, and Slack does not know."""

    def ack(then: Any, answer: Any, body: Any, *rest: Any) -> None:
        if _is_approval(body):
            die()
        then(answer, body, *rest)

    _around(listen, "_ack", ack)


def after_the_ack() -> None:
    """Slack knows, and nothing was sent on purpose yet."""

    def send_response(then: Any, client: Any, request: Any, *rest: Any) -> None:
        then(client, request, *rest)
        if _is_approval(request.payload):
            die()

    _around(bolt_socket, "send_response", send_response)


def between_claim_and_post() -> None:
    """The card is claimed, and Slack was not called."""

    def post(then: Any, *given: Any, **named: Any) -> Any:
        if named["thread_ts"] is None:
            die()
        return then(*given, **named)

    _around(slack, "post", post)


def between_accepted_and_answer_read() -> None:
    """Slack has taken the first note of a thread; its answer arrives and is not read."""
    calling = threading.local()

    def request(
        then: Any, connection: Any, method: str, url: str, body: Any, *h: Any, **n: Any
    ) -> None:
        calling.is_note = url.endswith("/chat.postMessage") and b"thread_ts" in (body or b"")
        then(connection, method, url, body, *h, **n)

    def getresponse(then: Any, connection: Any) -> Any:
        if calling.is_note:
            select.select([connection.sock], [], [])
            die()
        return then(connection)

    _around(http.client.HTTPConnection, "request", request)
    _around(http.client.HTTPConnection, "getresponse", getresponse)


def between_answer_and_mark() -> None:
    """The account owner has the question; the row does not say so yet."""

    def settle(then: Any, sender: Sender, row: Any, outcome: Any) -> None:
        if row.kind is Kind.OWNER_ASK and outcome.verdict is Verdict.SENT:
            die()
        then(sender, row, outcome)

    _around(Sender, "settle", settle)


def during_reconcile() -> None:
    """An uncertain message was looked for; what was found is not written down."""

    def find(then: Any, *given: Any, **named: Any) -> None:
        then(*given, **named)
        die()

    _around(slack, "find", find)


def in_the_nudge_tick() -> None:
    """A reminder is marked as sent and its message written, not committed."""

    def tick(then: Any, act: Any) -> int:
        count: int = then(act)
        act.session.flush()
        if count:
            die()
        return count

    _around(nudges, "tick", tick)


def in_the_mails_data() -> None:
    """The final dot is sent and the mail taken; the answer arrives and is not read."""

    def send(then: Any, server: Any, content: bytes | str) -> None:
        then(server, content)
        if isinstance(content, bytes) and content.endswith(END_OF_MAIL):
            select.select([server.sock], [], [])
            die()

    _around(smtplib.SMTP, "send", send)


def during_shutdown() -> None:
    """Clock, socket and listeners have ended; a message is on its way."""

    def stop(_then: Any, _delivery: Delivery) -> None:
        die()

    _around(Delivery, "stop", stop)


CRASH_POINTS: dict[str, Callable[[], None]] = {
    "before the commit": before_the_commit,
    "between commit and ack": between_commit_and_ack,
    "after the ack": after_the_ack,
    "claim → post": between_claim_and_post,
    "accepted → answer read": between_accepted_and_answer_read,
    "answer → mark": between_answer_and_mark,
    "during reconcile": during_reconcile,
    "in the nudge tick": in_the_nudge_tick,
    "in the mail's DATA": in_the_mails_data,
    "during shutdown": during_shutdown,
}


def _around(owner: Any, name: str, wrapped: Callable[..., Any]) -> None:
    """Put a function around another, which it gets first."""
    then = getattr(owner, name)

    def instead(*given: Any, **named: Any) -> Any:
        return wrapped(then, *given, **named)

    setattr(owner, name, instead)


def _is_approval(body: Any) -> bool:
    return any(action["action_id"] == Do.APPROVE for action in body.get("actions", []))
