"""What people are told of a change: outbox rows, in the transaction of the change."""

from datetime import timedelta

from refbot.storage import outbox
from refbot.storage.colleagues import Colleague
from refbot.storage.engagements import Engagement
from refbot.storage.events import Event
from refbot.storage.outbox import Kind
from refbot.storage.requests import Question, Request
from refbot.workflow.acts import Act
from refbot.workflow.roles import owner_of


def card(act: Act, request: Request) -> None:
    """Bring the request's card, and what its requester sees of it, up to date."""
    lane = f"request:{request.id}"
    outbox.add(act.session, Kind.REQUEST_CARD, lane=lane, subject_id=request.id, now=act.now)
    lane = f"colleague:{request.requester_id}"
    outbox.add(act.session, Kind.RECEIPT, lane=lane, subject_id=request.id, now=act.now)


def note(act: Act, request: Request, event: Event) -> None:
    """Record an event in the card's thread."""
    lane = f"request:{request.id}"
    outbox.add(
        act.session,
        Kind.NOTE,
        lane=lane,
        subject_id=event.id,
        ids={"request_id": request.id},
        now=act.now,
    )


def notice(act: Act, to: Colleague, event: Event) -> None:
    """Tell one person of an event, unless it is that person's own doing."""
    if act.by is not None and act.by.id == to.id:
        return
    lane = f"colleague:{to.id}"
    outbox.add(act.session, Kind.NOTICE, lane=lane, subject_id=event.id, now=act.now)


def brief(act: Act, engagement: Engagement, *, delay: timedelta = timedelta()) -> None:
    """Give the requester contact and brief, or bring them up to date."""
    lane = f"colleague:{engagement.request.requester_id}"
    outbox.add(
        act.session, Kind.BRIEF, lane=lane, subject_id=engagement.id, now=act.now, delay=delay
    )


def brief_if_shown(act: Act, engagement: Engagement) -> None:
    """Bring the brief up to date, if the requester has it."""
    if engagement.contact_shown_at is not None:
        brief(act, engagement)


def owner_ask_if_asked(act: Act, engagement: Engagement) -> None:
    """Bring the question to the account owner up to date, if it was put."""
    owner = owner_of(act.session, engagement)
    if owner is None:
        return
    lane = f"colleague:{owner.id}"
    if outbox.was_added(act.session, Kind.OWNER_ASK, engagement.id, lane):
        owner_ask(act, engagement, owner)


def owner_ask(act: Act, engagement: Engagement, owner: Colleague) -> None:
    """Ask the account owner, or bring the question up to date."""
    lane = f"colleague:{owner.id}"
    outbox.add(act.session, Kind.OWNER_ASK, lane=lane, subject_id=engagement.id, now=act.now)


def question(act: Act, asked: Question) -> None:
    """Put the champion's question to the requester, or show it answered."""
    lane = f"colleague:{asked.request.requester_id}"
    outbox.add(act.session, Kind.QUESTION, lane=lane, subject_id=asked.id, now=act.now)


def mail(act: Act, kind: Kind, engagement: Engagement) -> None:
    """Have RefBot write to the reference."""
    lane = f"reference:{engagement.reference_id}"
    outbox.add(act.session, kind, lane=lane, subject_id=engagement.id, now=act.now)
