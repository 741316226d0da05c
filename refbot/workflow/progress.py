"""What is derived of a request from its engagements; nothing of it is stored."""

from refbot.lifecycle import EngagementStatus
from refbot.storage.engagements import DONE, UNDER_WAY, Engagement
from refbot.storage.requests import Request

AWAITS_CHAMPION = (EngagementStatus.PROPOSED,)


def held(request: Request) -> list[Engagement]:
    """Give the engagements that took place."""
    return [engagement for engagement in request.engagements if engagement.status in DONE]


def under_way(request: Request) -> list[Engagement]:
    """Give the engagements that may still take place."""
    return [engagement for engagement in request.engagements if engagement.status in UNDER_WAY]


def still_wanted(request: Request) -> int:
    """Count the references that the request still lacks a proposal for."""
    return max(0, request.how_many - len(held(request)) - len(under_way(request)))


def awaits_decision(request: Request) -> bool:
    """Whether the champion has to find a reference, as none is proposed."""
    return not under_way(request) and still_wanted(request) > 0


def queue_state(request: Request) -> str:
    """Say in words on whom an open request waits."""
    alive = under_way(request)
    if any(e.status is EngagementStatus.PROPOSED for e in alive) or awaits_decision(request):
        return "waits for the champion"
    if any(e.status is EngagementStatus.OWNER_CHECK for e in alive):
        return "waits for the account owner"
    if any(e.status is EngagementStatus.APPROVED for e in alive):
        return "waits for the introduction"
    return "waits for the conversation"
