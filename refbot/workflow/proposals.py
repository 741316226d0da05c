"""Which reference a request gets proposed, and the next one after a no."""

from dataclasses import asdict

from refbot.errors import AlreadyDecided, NotAllowed, NotEligible
from refbot.lifecycle import EngagementAction, EngagementStatus, RequestStatus, Role
from refbot.matching.criteria import Answer
from refbot.matching.features import InPlay
from refbot.storage.choices import ChoiceKind, ChoiceReason
from refbot.storage.engagements import Engagement
from refbot.storage.requests import Request, asked
from refbot.workflow import announce, choices, eligibility, moves, nudges
from refbot.workflow.acts import Act
from refbot.workflow.progress import still_wanted, under_way
from refbot.workflow.roles import role_for

LOOKED_AT = 25  # candidates tried when a request needs the next one


def candidates_for(act: Act, request: Request, *, limit: int = LOOKED_AT) -> Answer:
    """Match a request's criteria with its activity, prospect and attendees."""
    pool = act.world.pool
    return pool.matcher(act.now).match(
        asked(request),
        as_of=pool.today(act.now),
        prospect=request.prospect,
        attendees=request.attendees or "",
        limit=limit,
    )


def propose(
    act: Act, request: Request, reference_id: int, *, override_reason: str | None = None
) -> Engagement:
    """Propose one reference; one that is held back needs a reason."""
    if any(e.reference_id == reference_id for e in request.engagements):
        raise AlreadyDecided(
            "This reference was proposed for this request before. Please choose another."
        )
    reference = eligibility.lock(act.session, reference_id)
    held_back = eligibility.holds_back(act, reference_id, request)
    if not override_reason:
        eligibility.must_be_free(held_back, [])
    found = candidates_for(act, request)
    seen = {c.reference_id: c for c in found.candidates}.get(reference_id)
    engagement = Engagement(
        request_id=request.id,
        reference_id=reference_id,
        account_id=reference.account_id,
        status=EngagementStatus.PROPOSED,
        status_since=act.now,
        score=seen.score if seen else 0.0,
        reasons=[asdict(reason) for reason in seen.reasons] if seen else [],
        override_reason=override_reason if held_back else None,
        overridden=list(held_back),
        proposed_at=act.now,
    )
    act.session.add(engagement)
    act.session.flush()
    act.session.refresh(request, ["engagements"])
    moves.note(
        act,
        "engagement:propose",
        request,
        role_for(act, _PROPOSERS, request, engagement),
        engagement_id=engagement.id,
        reference_id=reference_id,
    )
    return engagement


_PROPOSERS = frozenset(Role)


def propose_next(act: Act, request: Request) -> list[Engagement]:
    """Propose the best free references until the request has as many as it asks for.

    An account stands for itself once: one that is under way or said no is passed over. The rule
    proposes, not the actor: the owner of an account that said no has no part in the next one's.
    """
    proposed: list[Engagement] = []
    missing = still_wanted(request)
    if not missing:
        return proposed
    passed_over = {e.account_id for e in request.engagements}
    for candidate in candidates_for(act, request).candidates:
        if len(proposed) == missing:
            break
        if candidate.account_id in passed_over:
            continue
        try:
            proposed.append(propose(act.for_refbot(), request, candidate.reference_id))
        except (NotEligible, AlreadyDecided):
            continue  # the pool in memory was a moment behind the database
        passed_over.add(candidate.account_id)
    return proposed


def choose(
    act: Act,
    request_id: int,
    reference_id: int,
    *,
    instead_of: int | None,
    reason: str | None,
    why_not: ChoiceReason | None = None,
    seen: InPlay | None = None,
) -> Engagement:
    """The champion takes another reference, in the place of one or as an addition.

    `reason` overrides what holds it back; `why_not` says what spoke against the one replaced.
    `seen` is what was in play, to be learnt from.
    """
    replaced = None
    request = act.session.get_one(Request, request_id)
    role = role_for(act, frozenset({Role.CHAMPION, Role.DEPUTY}), request, None)
    if request.status is not RequestStatus.OPEN:
        raise AlreadyDecided(f"This request is {request.status} already.")
    if instead_of is not None:
        replaced = act.session.get_one(Engagement, instead_of)
        event = moves.move(act, replaced, EngagementAction.DECLINE)
        announce.note(act, request, event)
        announce.owner_ask_if_asked(act, replaced)
    elif not still_wanted(request) and under_way(request):
        raise NotAllowed("This request has as many references as it asks for.")
    engagement = propose(act, request, reference_id, override_reason=reason)
    event = moves.note(
        act, "engagement:choose", request, role,
        engagement_id=engagement.id, reference_id=reference_id,
    )  # fmt: skip
    choices.keep(
        act, engagement, ChoiceKind.CHOSE_ANOTHER, event, seen,
        reason=why_not, instead_of=replaced,
    )  # fmt: skip
    announce.note(act, request, event)
    announce.card(act, request)
    nudges.watch(act, request)
    return engagement
