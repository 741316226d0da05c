"""The global shortcut opens the form; the message shortcut reads a colleague's message into it."""

from refbot.handlers.desk import Desk, Incoming, Reply
from refbot.handlers.forms import draft_of, empty_form
from refbot.messages.form import request_form
from refbot.workflow.searches import search


def request_a_reference(desk: Desk, incoming: Incoming) -> Reply:
    """Open the empty form."""
    del desk, incoming
    return Reply(view=empty_form())


def find_a_reference(desk: Desk, incoming: Incoming) -> Reply:
    """Open the form with what a colleague's message asks for."""
    text = incoming.body.get("message", {}).get("text", "")
    found = search(desk.world, by=incoming.actor.id, text=text, key=incoming.key)
    return Reply(view=request_form(draft_of(found)))
