"""In which quality somebody acts on a request or an engagement; checked again on every act."""

from sqlalchemy.orm import Session

from refbot.errors import NotAllowed
from refbot.lifecycle import Role
from refbot.storage.colleagues import Colleague, Part, by_email
from refbot.storage.engagements import Engagement
from refbot.storage.nudges import NudgeKind, NudgeStatus, chains_of
from refbot.storage.requests import Request
from refbot.workflow.acts import Act

NAMES = {
    Role.REQUESTER: "the person who asked",
    Role.CHAMPION: "the program champion",
    Role.DEPUTY: "a deputy",
    Role.OWNER: "the account owner",
    Role.REFERENCE: "the reference",
    Role.REFBOT: "RefBot",
}


def owner_of(session: Session, engagement: Engagement) -> Colleague | None:
    """Give the account's owner, when there is one who is an active member."""
    owner = by_email(session, engagement.reference.account.owner_email)
    return owner if owner and owner.is_member else None


def roles_of(act: Act, request: Request, engagement: Engagement | None) -> list[Role]:
    """Give the qualities in which the actor may act, the strongest first; RefBot's is its own."""
    by = act.by
    if by is None:
        return [Role.REFBOT]
    roles = []
    if by.is_member and by.part is Part.CHAMPION:
        roles.append(Role.CHAMPION)
    if by.is_member and by.part is Part.DEPUTY:
        roles.append(Role.DEPUTY)
    if engagement is not None and _answers_for_account(act, by, request, engagement):
        roles.append(Role.OWNER)
    if by.is_member and by.id == request.requester_id:
        roles.append(Role.REQUESTER)
    return roles


def role_for(
    act: Act, allowed: frozenset[Role], request: Request, engagement: Engagement | None
) -> Role:
    """Give the quality in which the actor may make a move that these roles may make."""
    for role in roles_of(act, request, engagement):
        if role in allowed:
            return role
    people = [NAMES[role] for role in Role if role in allowed - {Role.REFBOT}]
    who = " or ".join(people)
    raise NotAllowed(f"Only {who} may do this. If that is not right, ask the program champion.")


def _answers_for_account(act: Act, by: Colleague, request: Request, engagement: Engagement) -> bool:
    """The owner does; so does who leads the program when there is none, or none who answers."""
    owner = owner_of(act.session, engagement)
    if owner is not None and owner.id == by.id:
        return True
    return by.leads_program and (owner is None or _owner_kept_silent(act, request, engagement))


def _owner_kept_silent(act: Act, request: Request, engagement: Engagement) -> bool:
    return any(
        nudge.kind is NudgeKind.OWNER_CHECK
        and nudge.escalates
        and nudge.status is NudgeStatus.SENT
        and nudge.engagement_id == engagement.id
        for nudge in chains_of(act.session, request)
    )
