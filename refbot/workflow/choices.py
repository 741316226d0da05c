"""What is kept of a champion's decision: the choice, and what was in play when it was made."""

from collections.abc import Sequence

from refbot.lifecycle import EngagementAction, EngagementStatus, Role
from refbot.matching.features import InPlay
from refbot.storage import choices
from refbot.storage.choices import (
    Choice,
    ChoiceCandidate,
    ChoiceKind,
    ChoiceOutcome,
    ChoiceReason,
)
from refbot.storage.engagements import Decision, Engagement
from refbot.storage.events import Event
from refbot.storage.requests import Request, asked
from refbot.workflow.acts import Act, World

KEPT = 25  # of the best; those of this request are kept beside them, whatever their rank
LEADS = frozenset({Role.CHAMPION, Role.DEPUTY})


def in_play_at(world: World, engagement_id: int) -> InPlay:
    """Give what is in play while an engagement is decided; look before the transaction opens."""
    with world.database.read() as session:
        request = session.get_one(Engagement, engagement_id).request
        return _in_play(world, request, ())


def in_play_for(world: World, request_id: int, reference_id: int) -> InPlay:
    """Give what is in play while a reference is chosen for a request."""
    with world.database.read() as session:
        return _in_play(world, session.get_one(Request, request_id), (reference_id,))


def _in_play(world: World, request: Request, also: Sequence[int]) -> InPlay:
    now = world.clock()
    return world.pool.matcher(now).in_play(
        asked(request),
        as_of=world.pool.today(now),
        prospect=request.prospect,
        attendees=request.attendees or "",
        also=[*also, *(e.reference_id for e in request.engagements)],
        limit=KEPT,
    )


def keep(
    act: Act,
    engagement: Engagement,
    kind: ChoiceKind,
    event: Event,
    seen: InPlay | None,
    *,
    reason: ChoiceReason | None = None,
    instead_of: Engagement | None = None,
) -> None:
    """Keep a champion's decision, in its transaction; what a rule or an owner decided is none.

    Of the request's other references only those that a champion passed over were in play.
    """
    if seen is None or event.as_role not in LEADS:
        return
    request = engagement.request
    others = [e for e in request.engagements if e.id != engagement.id]
    beside = {e.reference_id for e in others if not _was_passed_over(e)}
    alternatives = [one for one in seen.candidates if one.reference_id not in beside]
    choices.add(
        act.session,
        Choice(
            kind=kind,
            request_id=request.id,
            engagement_id=engagement.id,
            reference_id=engagement.reference_id,
            instead_of_id=instead_of.reference_id if instead_of else None,
            activity=request.activity,
            day=act.world.pool.today(act.now),
            reason=reason,
            held_back=bool(engagement.overridden),
            factors=list(seen.factors),
            candidates=[
                ChoiceCandidate(
                    place=place,
                    reference_id=one.reference_id,
                    account_id=one.account_id,
                    shares=list(one.shares),
                )
                for place, one in enumerate(alternatives)
            ],
        ),
    )


def _was_passed_over(engagement: Engagement) -> bool:
    """Whether a champion said no; an owner's no says nothing of what the champion prefers."""
    said_no = (a for a in engagement.approvals if a.decision is not Decision.YES)
    return engagement.status is EngagementStatus.DECLINED and all(
        approval.as_role != Role.OWNER for approval in said_no
    )


def outcome_of(action: EngagementAction, role: Role) -> ChoiceOutcome | None:
    """Give what a move says of the reference that was approved, or None."""
    if action is EngagementAction.DECLINE and role is Role.OWNER:
        return ChoiceOutcome.OWNER_DECLINED
    return _OUTCOMES.get(action)


_OUTCOMES = {
    EngagementAction.ACCEPT: ChoiceOutcome.ACCEPTED,
    EngagementAction.SCHEDULE: ChoiceOutcome.ACCEPTED,
    EngagementAction.HOLD: ChoiceOutcome.ACCEPTED,
    EngagementAction.REFUSE: ChoiceOutcome.REFUSED,
    EngagementAction.EXPIRE: ChoiceOutcome.NO_RESPONSE,
}
