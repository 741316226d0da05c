"""An approved engagement on its way: introduced, held, thanked, or not."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from refbot.errors import InvalidInput, NotAllowed
from refbot.lifecycle import EngagementAction, EngagementStatus, Role
from refbot.storage import outbox
from refbot.storage.engagements import Engagement
from refbot.storage.events import Event
from refbot.storage.outbox import Kind
from refbot.storage.references import Consent
from refbot.storage.revisions import Changed
from refbot.workflow import announce, moves, nudges
from refbot.workflow.acts import Act
from refbot.workflow.proposals import propose_next
from refbot.workflow.requests import settle

PUBLIC = frozenset(
    {"media_call", "speaking", "case_study", "article", "quote", "video", "press_release", "review"}
)


class Course(StrEnum):
    """What became of a conversation."""

    HELD = "held"
    NO_SHOW = "no_show"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Refusal(StrEnum):
    """How a reference said no, which decides how long it rests."""

    NOT_NOW = "not_now"
    NO = "no"


@dataclass(frozen=True, kw_only=True, slots=True)
class Debrief:
    """What the requester reports. Grades 1 to 5."""

    course: Course
    expected_grade: int | None = None
    actual_grade: int | None = None
    report: str | None = None
    refusal: Refusal = Refusal.NOT_NOW


def introduce(act: Act, engagement_id: int) -> Engagement:
    """The requester has introduced prospect and reference to each other."""
    return _invite(act, engagement_id)


def mail_introduction(act: Act, engagement_id: int) -> Engagement:
    """RefBot writes the introduction to the reference, in the requester's name."""
    engagement = _invite(act, engagement_id)
    _must_have_address(act, engagement)
    announce.mail(act, Kind.INTRODUCTION_MAIL, engagement)
    return engagement


def schedule(act: Act, engagement_id: int, at: datetime) -> Engagement:
    """Say when the conversation takes place."""
    engagement = act.session.get_one(Engagement, engagement_id)
    event = moves.move(act, engagement, EngagementAction.SCHEDULE, scheduled_for=at)
    _told(act, engagement, event)
    return engagement


def report(act: Act, engagement_id: int, debrief: Debrief) -> Engagement:
    """Take the requester's report on how it went."""
    engagement = act.session.get_one(Engagement, engagement_id)
    if debrief.course is Course.HELD:
        _must_be_permitted(act, engagement)
    today = act.world.pool.today(act.now)
    values: dict[str, object] = {"report": debrief.report}
    if debrief.course is Course.HELD:
        values |= {
            "held_on": today,
            "expected_grade": debrief.expected_grade,
            "actual_grade": debrief.actual_grade,
            "rests_until": today + timedelta(days=act.policy.rest_after_held_days),
        }
    if debrief.course is Course.REFUSED:
        values["rests_until"] = today + timedelta(days=_refusal_rest(act, debrief.refusal))
    event = moves.move(act, engagement, _ACTION[debrief.course], **values)
    if debrief.course in {Course.REFUSED, Course.CANCELLED}:
        propose_next(act, engagement.request)
    settle(act, engagement.request)
    act.changes.append((Changed.ACCOUNT, engagement.account_id))
    _told(act, engagement, event)
    return engagement


_ACTION = {
    Course.HELD: EngagementAction.HOLD,
    Course.NO_SHOW: EngagementAction.MISS,
    Course.REFUSED: EngagementAction.REFUSE,
    Course.CANCELLED: EngagementAction.CANCEL,
}


def thank(act: Act, engagement_id: int) -> Engagement:
    """The reference was thanked. With no deal to wait for, that is the end of it."""
    engagement = act.session.get_one(Engagement, engagement_id)
    event = moves.move(act, engagement, EngagementAction.THANK, thanked_at=act.now)
    if engagement.request.opportunity is None:
        moves.move(act.for_refbot(), engagement, EngagementAction.CLOSE)
    settle(act, engagement.request)
    _told(act, engagement, event)
    return engagement


def mail_thanks(act: Act, engagement_id: int) -> Engagement:
    """RefBot writes the thank-you to the reference, in the requester's name."""
    engagement = thank(act, engagement_id)
    _must_have_address(act, engagement)
    announce.mail(act, Kind.THANKS_MAIL, engagement)
    return engagement


def mail_failed(act: Act, engagement_id: int) -> None:
    """Tell requester and thread that a mail did not arrive, or that nobody can know."""
    engagement = act.session.get_one(Engagement, engagement_id)
    event = moves.note(
        act,
        "engagement:mail_failed",
        engagement.request,
        Role.REFBOT,
        engagement_id=engagement.id,
        reference_id=engagement.reference_id,
    )
    announce.note(act, engagement.request, event)
    announce.notice(act, engagement.request.requester, event)


def cancel(act: Act, engagement_id: int) -> Engagement:
    """Call an engagement off; the next candidate comes."""
    engagement = act.session.get_one(Engagement, engagement_id)
    event = moves.move(act, engagement, EngagementAction.CANCEL)
    outbox.cancel(act.session, Kind.BRIEF, engagement.id)
    act.changes.append((Changed.ACCOUNT, engagement.account_id))
    propose_next(act, engagement.request)
    announce.notice(act, engagement.request.requester, event)
    _told(act, engagement, event)
    return engagement


def _invite(act: Act, engagement_id: int) -> Engagement:
    engagement = act.session.get_one(Engagement, engagement_id)
    event = moves.move(act, engagement, EngagementAction.INVITE, invited_at=act.now)
    act.changes.append((Changed.REFERENCE, engagement.reference_id))
    _told(act, engagement, event)
    return engagement


def _told(act: Act, engagement: Engagement, event: Event) -> None:
    announce.note(act, engagement.request, event)
    announce.card(act, engagement.request)
    announce.brief_if_shown(act, engagement)
    nudges.watch(act, engagement.request)


def _refusal_rest(act: Act, refusal: Refusal) -> int:
    if refusal is Refusal.NO:
        return act.policy.rest_after_no_days
    return act.policy.rest_after_not_now_days


def _must_have_address(act: Act, engagement: Engagement) -> None:
    if not act.program.sends_mail:
        raise NotAllowed("RefBot has no mail server here. Please write yourself.")
    if not engagement.reference.email:
        raise NotAllowed(f"No e-mail address is known for {engagement.reference.name}.")


def _must_be_permitted(act: Act, engagement: Engagement) -> None:
    """Consent for the activity is needed before something public is held (SPEC §4)."""
    activity = engagement.request.activity
    if activity not in PUBLIC or engagement.status is EngagementStatus.HELD:
        return
    today = act.world.pool.today(act.now)
    if not any(_permits(c, activity, today) for c in engagement.reference.consents):
        raise InvalidInput(
            {
                "course": "No consent for this activity is on record. Ask the program champion to "
                "enter it first; then report again."
            }
        )


def _permits(consent: Consent, activity: str, today: date) -> bool:
    return (
        consent.activity == activity
        and consent.withdrawn_on is None
        and (consent.expires_on is None or consent.expires_on >= today)
    )
