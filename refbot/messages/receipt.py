"""Where a request stands, for its requester: one message, updated in place."""

from refbot.lifecycle import EngagementStatus, RequestStatus
from refbot.messages.blocks import (
    Message,
    actions,
    button,
    confirm,
    context,
    safe,
    section,
    when,
)
from refbot.messages.card import ENDED, ENDINGS, SIGNS
from refbot.messages.ids import Do
from refbot.messages.people import masked
from refbot.messages.words import activity
from refbot.storage.requests import Request
from refbot.workflow.progress import queue_state


def receipt(request: Request) -> Message:
    """Show the requester what became of the request so far."""
    title = one_line(request)
    blocks = [section(f":inbox_tray: *{title}*\n{state(request)}")]
    shown = [e for e in request.engagements if e.status is not EngagementStatus.CANCELLED]
    if shown:
        lines = [f"{SIGNS[e.status]} · {masked(e.reference)}" for e in shown[-8:]]
        blocks.append(section("\n".join(lines)))
    if request.status is RequestStatus.OPEN:
        sure = confirm("Withdraw the request?", "What is under way is called off.", "Withdraw")
        blocks.append(actions(button("Withdraw", Do.WITHDRAW, request.id, confirm=sure)))
        blocks.append(context(f"Asked {when(request.created_at)}. I tell you here what is new."))
    if request.status is RequestStatus.UNFILLED and all(
        e.status in ENDED for e in request.engagements
    ):
        blocks.append(
            context("Try wider criteria with `/reference`, or talk to the program champion.")
        )
    return Message(f"{title}: {state(request)}", blocks)


def one_line(request: Request) -> str:
    """Name a request: "Request 7: Sales call for Globex"."""
    prospect = f" for {safe(request.prospect, 100)}" if request.prospect else ""
    return f"Request {request.id}: {activity(request.activity)}{prospect}"


def state(request: Request) -> str:
    """Say where it stands."""
    if request.status is RequestStatus.OPEN:
        return f"It {queue_state(request)}."
    return ENDINGS[request.status]
