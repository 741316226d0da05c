"""The buttons that ask something first, and the forms they open."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from refbot.errors import InvalidInput, NotEligible
from refbot.handlers.desk import DONE, Desk, Incoming, Reply
from refbot.handlers.fields import field
from refbot.messages import dialogs
from refbot.storage import settings
from refbot.storage.choices import ChoiceReason
from refbot.storage.engagements import Engagement
from refbot.storage.requests import Question, Request
from refbot.workflow import approvals, choices, engagements, proposals, requests, shown
from refbot.workflow.references import record_consent


@contextmanager
def _engagement(desk: Desk, incoming: Incoming) -> Iterator[Engagement]:
    with desk.world.database.read() as session:
        yield shown.engagement(session, incoming.actor, incoming.id)


def decline(desk: Desk, incoming: Incoming) -> Reply:
    """Ask the champion or the account owner for the reason."""
    with _engagement(desk, incoming) as engagement:
        return Reply(view=dialogs.decline(engagement, incoming.actor))


def declined(desk: Desk, incoming: Incoming) -> Reply:
    """The champion's or the account owner's no."""
    reason, why_not = _required(incoming, "reason"), _why_not(incoming)
    seen = choices.in_play_at(desk.world, incoming.id)
    with desk.acting(incoming) as act:
        approvals.decline(act, incoming.id, reason, why_not=why_not, seen=seen)
    return DONE


def not_now(desk: Desk, incoming: Incoming) -> Reply:
    """Ask the account owner until when."""
    with _engagement(desk, incoming) as engagement, desk.world.database.read() as session:
        rest = timedelta(days=settings.policy(session).owner_not_now_days)
        today = desk.world.pool.today(desk.world.clock())
        return Reply(view=dialogs.owner_not_now(engagement, today + rest))


def said_not_now(desk: Desk, incoming: Incoming) -> Reply:
    """The account owner's "not now"."""
    until = _day(incoming, "until")
    if until and until <= desk.world.pool.today(desk.world.clock()):
        raise InvalidInput({"until": "Please choose a day in the future."})
    with desk.acting(incoming) as act:
        approvals.owner_not_now(act, incoming.id, _required(incoming, "reason"), until)
    return DONE


def ask_requester(desk: Desk, incoming: Incoming) -> Reply:
    """Ask the champion for the question."""
    with desk.world.database.read() as session:
        return Reply(view=dialogs.ask_requester(session.get_one(Request, incoming.id)))


def asked(desk: Desk, incoming: Incoming) -> Reply:
    """The champion's question."""
    with desk.acting(incoming) as act:
        requests.ask_requester(act, incoming.id, _required(incoming, "question"))
    return DONE


def answer(desk: Desk, incoming: Incoming) -> Reply:
    """Ask the requester for the answer."""
    with desk.world.database.read() as session:
        return Reply(view=dialogs.answer(session.get_one(Question, incoming.id)))


def answered(desk: Desk, incoming: Incoming) -> Reply:
    """The requester's answer."""
    with desk.acting(incoming) as act:
        requests.answer_question(act, incoming.id, _required(incoming, "answer"))
    return DONE


def report(desk: Desk, incoming: Incoming) -> Reply:
    """Ask the requester how it went."""
    with _engagement(desk, incoming) as engagement:
        return Reply(view=dialogs.report(engagement))


def reported(desk: Desk, incoming: Incoming) -> Reply:
    """The requester's report."""
    course, _, refusal = str(field(incoming.view, "course")).partition(":")
    debrief = engagements.Debrief(
        course=engagements.Course(course),
        refusal=engagements.Refusal(refusal or "not_now"),
        expected_grade=_number(incoming, "expected_grade"),
        actual_grade=_number(incoming, "actual_grade"),
        report=field(incoming.view, "report"),
    )
    with desk.acting(incoming) as act:
        engagements.report(act, incoming.id, debrief)
    return DONE


def choose(desk: Desk, incoming: Incoming) -> Reply:
    """Offer the champion other references."""
    request_id, _, engagement_id = incoming.value.partition(":")
    with desk.world.database.read() as session:
        alternatives = shown.alternatives(
            desk.world, session, incoming.actor, int(request_id), _id(engagement_id)
        )
    return Reply(view=dialogs.choose(alternatives))


def chose(desk: Desk, incoming: Incoming) -> Reply:
    """The champion's choice."""
    request_id, _, engagement_id = incoming.value.partition(":")
    picked, reason = _picked(incoming), field(incoming.view, "reason")
    seen = choices.in_play_for(desk.world, int(request_id), picked)
    try:
        with desk.acting(incoming) as act:
            proposals.choose(
                act, int(request_id), picked, instead_of=_id(engagement_id),
                reason=reason, why_not=_why_not(incoming), seen=seen,
            )  # fmt: skip
    except NotEligible as error:  # said at a field, so that the form stays as it was filled in
        at = _picked_in(incoming) if reason else "reason"
        raise InvalidInput({at: str(error)}) from error
    return DONE


def _picked(incoming: Incoming) -> int:
    reference_id = field(incoming.view, "reference") or field(incoming.view, "anybody")
    if reference_id is None:
        raise InvalidInput({"anybody": "Please choose a reference."})
    return int(reference_id)


def _picked_in(incoming: Incoming) -> str:
    return "reference" if field(incoming.view, "reference") else "anybody"


def who_is_it(desk: Desk, incoming: Incoming) -> Reply:
    """Tell champion or account owner who stands behind the card."""
    with desk.world.database.read() as session:
        return Reply(view=dialogs.who_is_it(shown.in_full(session, incoming.actor, incoming.id)))


def consent(desk: Desk, incoming: Incoming) -> Reply:
    """Ask for the evidence of a consent."""
    with _engagement(desk, incoming) as engagement:
        return Reply(view=dialogs.consent(engagement))


def consented(desk: Desk, incoming: Incoming) -> Reply:
    """A consent is on record."""
    with desk.acting(incoming) as act:
        record_consent(
            act, incoming.id, outlet=_required(incoming, "outlet"),
            evidence=_required(incoming, "evidence"), expires_on=_day(incoming, "expires"),
        )  # fmt: skip
    return DONE


def _why_not(incoming: Incoming) -> ChoiceReason | None:
    code = field(incoming.view, "why_not")
    return ChoiceReason(code) if code else None


def _required(incoming: Incoming, name: str) -> str:
    text = field(incoming.view, name)
    if not text:
        raise InvalidInput({name: "Please fill this in."})
    return str(text)


def _day(incoming: Incoming, name: str) -> date | None:
    text = field(incoming.view, name)
    return date.fromisoformat(text) if text else None


def _number(incoming: Incoming, name: str) -> int | None:
    text = field(incoming.view, name)
    return int(text) if text else None


def _id(text: str) -> int | None:
    return int(text) if text else None
