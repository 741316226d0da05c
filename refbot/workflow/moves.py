"""The only writer of a status: checks table and role, moves under a guard, writes the event."""

from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from refbot.errors import AlreadyDecided
from refbot.lifecycle import (
    ENGAGEMENT_MOVES,
    REQUEST_MOVES,
    EngagementAction,
    RequestAction,
    Role,
)
from refbot.storage import choices, events
from refbot.storage.colleagues import Colleague
from refbot.storage.engagements import Engagement
from refbot.storage.events import Event
from refbot.storage.requests import Request
from refbot.workflow.acts import Act
from refbot.workflow.choices import outcome_of
from refbot.workflow.roles import role_for


def move(act: Act, engagement: Engagement, action: EngagementAction, **values: object) -> Event:
    """Move an engagement and set these columns with it; a second actor gets AlreadyDecided."""
    legal = ENGAGEMENT_MOVES.get((engagement.status, action))
    if legal is None:
        raise _too_late(act, engagement)
    role = role_for(act, legal.by, engagement.request, engagement)
    before = engagement.status
    _write(act, engagement, status=legal.to, status_since=act.now, **values)
    if outcome := outcome_of(action, role):
        choices.note_outcome(act.session, engagement.id, outcome)
    return events.add(
        act.session,
        Event(
            at=act.now,
            what=f"engagement:{action}",
            as_role=role,
            by_id=act.by.id if act.by else None,
            request_id=engagement.request_id,
            engagement_id=engagement.id,
            reference_id=engagement.reference_id,
            from_status=before,
            to_status=legal.to,
        ),
    )


def move_request(act: Act, request: Request, action: RequestAction) -> Event:
    """Move a request."""
    legal = REQUEST_MOVES.get((request.status, action))
    if legal is None:
        raise AlreadyDecided(f"This request is {request.status} already.")
    role = role_for(act, legal.by, request, None)
    before = request.status
    _write(act, request, status=legal.to)
    return events.add(
        act.session,
        Event(
            at=act.now,
            what=f"request:{action}",
            as_role=role,
            by_id=act.by.id if act.by else None,
            request_id=request.id,
            from_status=before,
            to_status=legal.to,
        ),
    )


def note(act: Act, what: str, request: Request, role: Role, **ids: int | None) -> Event:
    """Write an event that moves no status."""
    return events.add(
        act.session,
        Event(
            at=act.now,
            what=what,
            as_role=role,
            by_id=act.by.id if act.by else None,
            request_id=request.id,
            **ids,
        ),
    )


def _write(act: Act, subject: Engagement | Request, **values: object) -> None:
    """Change the row if nobody changed it since we read it: one row, or nothing done."""
    kind = type(subject)
    changed = act.session.execute(
        update(kind)
        .where(
            kind.id == subject.id,
            kind.status == subject.status,
            kind.version == subject.version,
        )
        .values(version=subject.version + 1, **values)
        .returning(kind.id)
        .execution_options(synchronize_session=False)
    ).first()
    act.session.refresh(subject)
    if changed is None:
        raise (
            _too_late(act, subject)
            if isinstance(subject, Engagement)
            else AlreadyDecided(f"This request is {subject.status} already.")
        )


def _too_late(act: Act, engagement: Engagement) -> AlreadyDecided:
    """Say who was first, and when."""
    last = act.session.execute(
        select(Event, Colleague.name)
        .join(Colleague, Colleague.id == Event.by_id)
        .where(Event.engagement_id == engagement.id, Event.to_status == engagement.status)
        .order_by(Event.id.desc())
        .limit(1)
    ).first()
    state = engagement.status.replace("_", " ")
    if last is None:
        return AlreadyDecided(f"This step is over: it is {state} now. The card shows what is next.")
    event, name = last
    zone = ZoneInfo(act.by.time_zone) if act.by and act.by.time_zone else act.program.zone
    when = event.at.astimezone(zone)
    return AlreadyDecided(f"Already decided by {name}, {when:%d %b at %H:%M}: it is {state} now.")
