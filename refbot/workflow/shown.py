"""What a person may be shown before an act; the act itself is checked again."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from refbot.errors import NotAllowed, NotFound
from refbot.matching.criteria import Answer
from refbot.storage import settings
from refbot.storage.colleagues import Colleague
from refbot.storage.engagements import Engagement
from refbot.storage.references import Reference, matching_references
from refbot.storage.requests import Request
from refbot.workflow.acts import Act, World
from refbot.workflow.people import must_lead
from refbot.workflow.proposals import candidates_for
from refbot.workflow.roles import owner_of

ALTERNATIVES = 25


@dataclass(frozen=True, kw_only=True, slots=True)
class Alternatives:
    """The other references for a request: free ones, and those held back."""

    request: Request
    instead_of: Engagement | None
    found: Answer


def engagement(session: Session, viewer: Colleague, engagement_id: int) -> Engagement:
    """Give an engagement to one who has to do with it."""
    found = session.get(Engagement, engagement_id)
    if found is None:
        raise NotFound("This is no longer there.")
    owner = owner_of(session, found)
    theirs = {found.request.requester_id, owner.id if owner else None}
    if viewer.id not in theirs and not viewer.leads_program:
        raise NotAllowed("This is not yours to decide. Ask the program champion.")
    return found


def in_full(session: Session, viewer: Colleague, engagement_id: int) -> Engagement:
    """Give an engagement to one who may know the person: champion, deputy, account owner."""
    found = engagement(session, viewer, engagement_id)
    owner = owner_of(session, found)
    if not viewer.leads_program and (owner is None or owner.id != viewer.id):
        raise NotAllowed("The name comes to you when the reference is approved.")
    return found


def alternatives(
    world: World, session: Session, viewer: Colleague, request_id: int, engagement_id: int | None
) -> Alternatives:
    """Give the references that could be chosen for a request."""
    must_lead(viewer)
    request = session.get_one(Request, request_id)
    looking = Act(
        session=session,
        world=world,
        by=viewer,
        now=world.clock(),
        policy=settings.policy(session),
    )
    found = candidates_for(looking, request, limit=ALTERNATIVES)
    used = {e.reference_id for e in request.engagements}
    return Alternatives(
        request=request,
        instead_of=session.get(Engagement, engagement_id) if engagement_id else None,
        found=Answer(
            reading=found.reading,
            candidates=tuple(c for c in found.candidates if c.reference_id not in used),
            near_misses=tuple(n for n in found.near_misses if n.reference_id not in used),
        ),
    )


def references_like(session: Session, viewer: Colleague, typed: str) -> list[Reference]:
    """Give the references whose name, title or account holds what was typed."""
    must_lead(viewer)
    return matching_references(session, typed)
