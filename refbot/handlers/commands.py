"""`/reference`: an answer in the ack, the form, help, one's own requests."""

from refbot.handlers.desk import Desk, Incoming, Reply
from refbot.handlers.forms import empty_form
from refbot.messages import candidates, help  # noqa: A004 - the page's own name
from refbot.storage.requests import requests_of
from refbot.workflow.searches import search

COMMAND = "/reference"


def reference(desk: Desk, incoming: Incoming) -> Reply:
    """Answer `/reference …`."""
    text = incoming.body.get("text", "").strip()
    match text.lower():
        case "":
            return Reply(view=empty_form())
        case "help":
            return Reply(message=help.usage())
        case "mine":
            return _mine(desk, incoming)
        case _:
            found = search(desk.world, by=incoming.actor.id, text=text, key=incoming.key)
            return Reply(message=candidates.answer(found, incoming.actor))


def _mine(desk: Desk, incoming: Incoming) -> Reply:
    with desk.world.database.read() as session:
        return Reply(message=help.mine(requests_of(session, incoming.actor)))
