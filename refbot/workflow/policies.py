"""The program's rules and weights, changed by who leads it; in force for all from then on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from refbot.matching.answers import criteria_from_json
from refbot.matching.criteria import Candidate
from refbot.matching.matcher import Matcher
from refbot.matching.weights import MatchingPolicy
from refbot.policy import Policy
from refbot.storage import events, settings
from refbot.storage.blocks import Day, profiles
from refbot.storage.colleagues import Colleague
from refbot.storage.events import Event
from refbot.storage.revisions import Changed
from refbot.storage.searches import Search
from refbot.workflow.acts import Act, World
from refbot.workflow.people import hold_named, must_lead

CHANGED = "policy:change"
WEIGHED = "weights:change"
RESET = "weights:reset"
TRIED = 200  # the best under the present weights are ranked anew by others
SHOWN = 3


def change_policy(act: Act, change: Callable[[Policy], Policy], *, what: str = CHANGED) -> None:
    """Change the policy as it is when nobody else can change it; an equal one changes nothing."""
    must_lead(act.by)
    hold_named(act)
    must_lead(act.by)
    before = settings.latest_policy(act.session)
    after = change(before)
    if after == before:
        return
    settings.keep_policy(act.session, after)
    act.changes.append((Changed.POLICY, 0))
    by = act.session.get_one(Colleague, act.by.id if act.by else 0)
    events.add(act.session, Event(at=act.now, what=what, as_role=by.part, by_id=by.id))


def reset_weights(act: Act) -> None:
    """Put the shipped weights in force again; caps and rests stay."""
    change_policy(act, with_shipped_weights, what=RESET)


def with_shipped_weights(policy: Policy) -> Policy:
    """Give the policy with the shipped weights; what may be used how often stays as it is."""
    mine = policy.matching
    shipped = MatchingPolicy(
        person_per_quarter=mine.person_per_quarter,
        account_per_quarter=mine.account_per_quarter,
        near_renewal_days=mine.near_renewal_days,
    )
    return replace(policy, matching=shipped)


@dataclass(frozen=True, kw_only=True, slots=True)
class LastChange:
    """Who changed the weights or the policy last."""

    by: Colleague | None
    at: datetime
    what: str


def last_change(session: Session) -> LastChange | None:
    """Give the last change of policy or weights."""
    query = select(Event).where(Event.what.in_((CHANGED, WEIGHED, RESET)))
    event = session.scalar(query.order_by(Event.id.desc()).limit(1))
    if event is None:
        return None
    by = session.get(Colleague, event.by_id) if event.by_id else None
    return LastChange(by=by, at=event.at, what=event.what)


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """What a search of before gives under some weights, and what it gives under those in force."""

    text: str
    found: tuple[Candidate, ...]
    present: tuple[int, ...]  # reference ids, best first


def tried(world: World, session: Session, viewer: Colleague, policy: Policy) -> Trial | None:
    """Rank the viewer's last search by a policy; None when there is no search any more."""
    last = session.scalar(
        select(Search)
        .where(Search.requester_id == viewer.id)
        .order_by(Search.id.desc())
        .limit(1)
    )  # fmt: skip
    if last is None:
        return None
    now = world.clock()
    today, matcher = world.pool.today(now), world.pool.matcher(now)
    criteria = criteria_from_json(last.answer)
    present = matcher.match(criteria, as_of=today, limit=TRIED).candidates
    day = Day.of(now, world.program.zone)
    some = profiles(session, [c.reference_id for c in present], day=day, policy=policy)
    other = Matcher.of(some, matcher.vocabulary, policy.matching)
    found = other.match(criteria, as_of=today, limit=SHOWN).candidates
    ids = tuple(candidate.reference_id for candidate in present)
    return Trial(text=last.text, found=found, present=ids)
