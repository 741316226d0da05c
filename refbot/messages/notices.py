"""News to one person about an event that somebody else made happen."""

from sqlalchemy.orm import Session

from refbot.messages.blocks import Message, context, section
from refbot.messages.notes import note
from refbot.messages.receipt import one_line, state
from refbot.storage.events import Event
from refbot.storage.requests import Request


def notice(session: Session, event: Event) -> Message | None:
    """Tell what happened and where the request stands now."""
    told = note(session, event)
    request = session.get(Request, event.request_id) if event.request_id else None
    if told is None or request is None:
        return None
    now = f"{one_line(request)}. {state(request)}"
    return Message(told.text, [section(told.text), context(now)])
