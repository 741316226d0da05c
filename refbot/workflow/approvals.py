"""Yes or no to an engagement: the champion's, and where policy says so the account owner's."""

from datetime import date, timedelta

from refbot.errors import NotAllowed
from refbot.lifecycle import EngagementAction, EngagementStatus, Role
from refbot.matching.features import InPlay
from refbot.storage import outbox
from refbot.storage.choices import ChoiceKind, ChoiceReason, take_back
from refbot.storage.colleagues import Colleague
from refbot.storage.engagements import Approval, Decision, Engagement
from refbot.storage.events import Event
from refbot.storage.outbox import Kind
from refbot.storage.revisions import Changed
from refbot.workflow import announce, choices, eligibility, moves, nudges
from refbot.workflow.acts import Act
from refbot.workflow.proposals import propose_next
from refbot.workflow.roles import owner_of


def approve(act: Act, engagement_id: int, seen: InPlay | None = None) -> Engagement:
    """The champion's yes. Where policy wants it, the account owner is asked next.

    `seen` is what was in play, to be learnt from; a yes by rule has none.
    """
    engagement = act.session.get_one(Engagement, engagement_id)
    reference = eligibility.lock(act.session, engagement.reference_id)
    owner = owner_of(act.session, engagement)
    asks_owner = act.policy.ask_account_owner and _is_another(owner, act.by)
    action = EngagementAction.ASK_OWNER if asks_owner else EngagementAction.APPROVE
    if engagement.status is EngagementStatus.PROPOSED:
        held_back = eligibility.holds_back(act, reference.id, engagement.request)
        eligibility.must_be_free(held_back, engagement.overridden)
    event = moves.move(act, engagement, action, **({} if asks_owner else {"approved_at": act.now}))
    _record(act, engagement, event, Decision.YES)
    choices.keep(act, engagement, ChoiceKind.APPROVED, event, seen)
    if asks_owner and owner is not None:
        announce.owner_ask(act, engagement, owner)
    else:
        _approved(act, engagement)
    _told(act, engagement, event)
    return engagement


def owner_yes(act: Act, engagement_id: int) -> Engagement:
    """The account owner's yes."""
    engagement = act.session.get_one(Engagement, engagement_id)
    reference = eligibility.lock(act.session, engagement.reference_id)
    if engagement.status is EngagementStatus.OWNER_CHECK:
        held_back = eligibility.holds_back(act, reference.id, engagement.request)
        eligibility.must_be_free(held_back, engagement.overridden)
    event = moves.move(act, engagement, EngagementAction.OWNER_YES, approved_at=act.now)
    _record(act, engagement, event, Decision.YES)
    _approved(act, engagement)
    _told(act, engagement, event)
    return engagement


def decline(
    act: Act,
    engagement_id: int,
    reason: str,
    *,
    why_not: ChoiceReason | None = None,
    seen: InPlay | None = None,
) -> Engagement:
    """The champion's or the account owner's no; the next candidate comes.

    `why_not` is the champion's reason as a code; `seen` what was in play, to be learnt from.
    """
    return _decline(
        act, engagement_id, reason, Decision.NO, rests_until=None, why_not=why_not, seen=seen
    )


def owner_not_now(act: Act, engagement_id: int, reason: str, until: date | None) -> Engagement:
    """The account owner's "not now": the whole account rests until the date given."""
    today = act.world.pool.today(act.now)
    until = until or today + timedelta(days=act.policy.owner_not_now_days)
    engagement = _decline(act, engagement_id, reason, Decision.NOT_NOW, rests_until=until)
    account = engagement.reference.account
    account.rests_until = max(until, account.rests_until or until)
    act.changes.append((Changed.ACCOUNT, account.id))
    return engagement


def undo(act: Act, engagement_id: int) -> Engagement:
    """Take an approval back, as long as the requester has not seen the contact."""
    engagement = act.session.get_one(Engagement, engagement_id, with_for_update={"of": Engagement})
    if engagement.contact_shown_at is not None:
        raise NotAllowed(
            f"{engagement.request.requester.name} has seen the contact already. "
            "Talk to each other, or cancel the engagement."
        )
    event = moves.move(act, engagement, EngagementAction.UNDO, approved_at=None)
    outbox.cancel(act.session, Kind.BRIEF, engagement.id)
    take_back(act.session, engagement.id)
    act.changes.append((Changed.ACCOUNT, engagement.account_id))
    _told(act, engagement, event)
    return engagement


def _decline(
    act: Act,
    engagement_id: int,
    reason: str,
    decision: Decision,
    *,
    rests_until: date | None,
    why_not: ChoiceReason | None = None,
    seen: InPlay | None = None,
) -> Engagement:
    engagement = act.session.get_one(Engagement, engagement_id)
    event = moves.move(act, engagement, EngagementAction.DECLINE)
    _record(act, engagement, event, decision, reason=reason, rests_until=rests_until)
    choices.keep(act, engagement, ChoiceKind.DECLINED, event, seen, reason=why_not)
    propose_next(act, engagement.request)
    announce.owner_ask_if_asked(act, engagement)
    announce.notice(act, engagement.request.requester, event)
    _told(act, engagement, event)
    return engagement


def _approved(act: Act, engagement: Engagement) -> None:
    """The contact goes to the requester when the time for an undo is over."""
    announce.brief(act, engagement, delay=act.policy.undo_window)
    act.changes.append((Changed.ACCOUNT, engagement.account_id))


def _told(act: Act, engagement: Engagement, event: Event) -> None:
    announce.note(act, engagement.request, event)
    announce.card(act, engagement.request)
    announce.owner_ask_if_asked(act, engagement)
    nudges.watch(act, engagement.request)


def _record(
    act: Act,
    engagement: Engagement,
    event: Event,
    decision: Decision,
    *,
    reason: str | None = None,
    rests_until: date | None = None,
) -> None:
    act.session.add(
        Approval(
            engagement_id=engagement.id,
            as_role=Role(event.as_role),
            decision=decision,
            by_id=event.by_id,
            reason=reason,
            rests_until=rests_until,
            at=act.now,
        )
    )
    act.session.flush()
    act.session.refresh(engagement, ["approvals"])


def _is_another(owner: Colleague | None, by: Colleague | None) -> bool:
    return owner is not None and (by is None or owner.id != by.id)
