"""Reminders: the chains that a request's state calls for, and the tick that sends what is due."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from refbot.lifecycle import EngagementStatus, RequestStatus
from refbot.policy import Chain, Delay
from refbot.storage import outbox
from refbot.storage.colleagues import Colleague, champions, deputies
from refbot.storage.engagements import Engagement
from refbot.storage.nudges import Nudge, NudgeKind, NudgeStatus, chains_of, due, due_soon
from refbot.storage.outbox import Kind
from refbot.storage.requests import Request
from refbot.workflow.acts import Act
from refbot.workflow.progress import awaits_decision
from refbot.workflow.roles import owner_of
from refbot.worktime import WorkCalendar

CALLED_FOR = {
    EngagementStatus.PROPOSED: NudgeKind.DECIDE,
    EngagementStatus.OWNER_CHECK: NudgeKind.OWNER_CHECK,
    EngagementStatus.APPROVED: NudgeKind.INTRODUCE,
    EngagementStatus.INVITED: NudgeKind.DEBRIEF,
    EngagementStatus.ACCEPTED: NudgeKind.DEBRIEF,
    EngagementStatus.SCHEDULED: NudgeKind.DEBRIEF,
    EngagementStatus.HELD: NudgeKind.THANK_YOU,
}
BUNDLED_WITHIN = timedelta(minutes=10)  # one message for reminders that come so close
UNTIL_A_CALL_IS_LIKELY = Delay(days=5)  # an introduction without a date: ask after a week


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A chain that the present state calls for, and since when."""

    kind: NudgeKind
    engagement: Engagement | None
    since: datetime


def watch(act: Act, request: Request) -> None:
    """Stop the chains that lost their sense, begin the ones that the present state calls for."""
    wanted = {_key(w.kind, w.engagement, w.since): w for w in _called_for(request)}
    running = set()
    for nudge in chains_of(act.session, request):
        key = _key(nudge.kind, nudge.engagement, nudge.since)
        running.add(key)
        if nudge.status is NudgeStatus.WAITING and key not in wanted:
            nudge.status = NudgeStatus.STOPPED
    for key, chain in wanted.items():
        if key not in running:
            _schedule(act, request, chain, step=1)


def tick(act: Act) -> int:
    """Send what is due, one message a person; what falls into a quiet hour waits for its end."""
    bundles: dict[int, list[Nudge]] = defaultdict(list)
    newest: dict[tuple[object, ...], Nudge] = {}
    for nudge in _claimed(act):
        calendar = _calendar(act, nudge.recipient)
        if not calendar.is_open(act.now):
            _set_due(nudge, calendar.next_open(act.now))
            continue
        nudge.status, nudge.sent_at = NudgeStatus.SENT, act.now
        newest[nudge.kind, nudge.request_id, nudge.engagement_id] = nudge
        bundles[nudge.recipient_id].append(nudge)
    for nudge in newest.values():
        if not nudge.escalates:
            chain = Wanted(kind=nudge.kind, engagement=nudge.engagement, since=nudge.since)
            _schedule(act, nudge.request, chain, step=nudge.step + 1)
    for recipient_id, bundle in bundles.items():
        outbox.add(
            act.session,
            Kind.NUDGES,
            lane=f"colleague:{recipient_id}",
            subject_id=bundle[0].id,
            ids={"nudge_ids": [nudge.id for nudge in bundle]},
            now=act.now,
        )
    return sum(map(len, bundles.values()))


def _claimed(act: Act) -> list[Nudge]:
    """What is due, and what the same people would hear of a few minutes later anyway."""
    first = due(act.session, act.now)
    recipients = {n.recipient_id for n in first if _calendar(act, n.recipient).is_open(act.now)}
    if not recipients:
        return first
    soon = due_soon(act.session, recipients, act.now + BUNDLED_WITHIN)
    return [*first, *(nudge for nudge in soon if nudge not in first)]


def _called_for(request: Request) -> Iterator[Wanted]:
    for engagement in request.engagements:
        kind = CALLED_FOR.get(engagement.status)
        if kind is not None:
            yield Wanted(kind=kind, engagement=engagement, since=engagement.status_since)
    if request.status is RequestStatus.OPEN and awaits_decision(request):
        changes = [engagement.status_since for engagement in request.engagements]
        since = max([request.created_at, *changes])
        yield Wanted(kind=NudgeKind.DECIDE, engagement=None, since=since)


def _key(kind: NudgeKind, engagement: Engagement | None, since: datetime) -> tuple[object, ...]:
    return kind, engagement.id if engagement else None, since


def _schedule(act: Act, request: Request, wanted: Wanted, *, step: int) -> None:
    """Write the next reminder of a chain; after the last try the champion is told, once."""
    chain: Chain = getattr(act.policy.nudging, wanted.kind)
    last = step > chain.tries
    recipient = _recipient(act, request, wanted, escalates=last)
    if recipient is None:
        return
    calendar = _calendar(act, recipient)
    delay = chain.first if step == 1 else chain.again
    start = _starts(act, calendar, wanted) if step == 1 else act.now
    reckon = calendar.after_real_time if chain.real_time else calendar.after
    nudge = Nudge(
        kind=wanted.kind,
        request_id=request.id,
        engagement_id=wanted.engagement.id if wanted.engagement else None,
        since=wanted.since,
        recipient_id=recipient.id,
        step=step,
        escalates=last,
        status=NudgeStatus.WAITING,
        zone=calendar.zone.key,
    )
    _set_due(nudge, reckon(start, delay))
    act.session.add(nudge)
    act.session.flush()


def _starts(act: Act, calendar: WorkCalendar, wanted: Wanted) -> datetime:
    """A debrief counts from the call's date; one without a date waits until a call is likely."""
    engagement = wanted.engagement
    if wanted.kind is not NudgeKind.DEBRIEF or engagement is None:
        return act.now
    if engagement.scheduled_for is not None:
        return max(act.now, engagement.scheduled_for)
    return calendar.after(act.now, UNTIL_A_CALL_IS_LIKELY)


def _recipient(act: Act, request: Request, wanted: Wanted, *, escalates: bool) -> Colleague | None:
    leads = champions(act.session)
    champion = leads[0] if leads else None
    if wanted.kind is NudgeKind.DECIDE:
        others = [*deputies(act.session), *leads[1:]]
        return others[0] if escalates and others else champion
    if escalates:
        return champion
    if wanted.kind is NudgeKind.OWNER_CHECK and wanted.engagement is not None:
        return owner_of(act.session, wanted.engagement) or champion
    requester = request.requester
    return requester if requester.is_member else champion


def _calendar(act: Act, person: Colleague) -> WorkCalendar:
    """The person's own zone and country; without a zone, the program's."""
    zone = person.time_zone or act.program.zone.key
    country = person.country or (None if person.time_zone else act.program.country)
    return WorkCalendar.of(zone, country, act.policy)


def _set_due(nudge: Nudge, instant: datetime) -> None:
    nudge.due_at = instant
    nudge.wall_time = f"{instant.astimezone(ZoneInfo(nudge.zone)):%Y-%m-%d %H:%M}"
