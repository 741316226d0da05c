"""The thread under a card: one line for each event, in words, with what was typed."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from refbot.messages.blocks import Message, safe, section, sentence, when
from refbot.messages.people import colleague, masked
from refbot.messages.words import PASSED_OVER
from refbot.storage.choices import Choice, ChoiceKind, choice_of
from refbot.storage.colleagues import Colleague
from refbot.storage.engagements import Approval, Decision, Engagement
from refbot.storage.events import Event
from refbot.storage.requests import Question
from refbot.workflow.roles import owner_of

KINDS = {
    "engagement:choose": ChoiceKind.CHOSE_ANOTHER,
    "engagement:decline": ChoiceKind.DECLINED,
}


@dataclass(frozen=True, slots=True)
class Told:
    """An event with the rows it names."""

    event: Event
    who: str
    engagement: Engagement | None
    approval: Approval | None
    question: Question | None
    choice: Choice | None
    owner_not_in_slack: str | None  # an e-mail: the champion stands in and is told why

    @property
    def reference(self) -> str:
        """The reference as a thread may name it."""
        return masked(self.engagement.reference) if self.engagement else "the reference"

    @property
    def why_not(self) -> str:
        """The champion's reason against the one passed over, as a word in brackets."""
        code = self.choice.reason if self.choice else None
        return f" ({PASSED_OVER[code]})" if code else ""

    @property
    def reason(self) -> str:
        """The reason that was typed, after a colon."""
        reason = self.approval.reason if self.approval else None
        return f": “{safe(reason)}”" if reason else "."


def note(session: Session, event: Event) -> Message | None:
    """Say what happened, for the thread."""
    line = LINES.get(event.what)
    if line is None:
        return None
    told = _told(session, event)
    return Message(text := line(told), [section(text)])


def _told(session: Session, event: Event) -> Told:
    by = session.get(Colleague, event.by_id) if event.by_id else None
    engagement = session.get(Engagement, event.engagement_id) if event.engagement_id else None
    approval = None
    if engagement is not None:
        approval = next(
            (
                a
                for a in reversed(engagement.approvals)
                if a.by_id == event.by_id and a.at == event.at
            ),
            None,
        )
    asks = event.what in {"request:ask", "request:answer"}
    question = session.get(Question, event.subject_id) if asks and event.subject_id else None
    kind = KINDS.get(event.what)
    choice = choice_of(session, event.engagement_id, kind) if kind else None
    return Told(
        event,
        colleague(by),
        engagement,
        approval,
        question,
        choice,
        _missing_owner(session, engagement),
    )


def _missing_owner(session: Session, engagement: Engagement | None) -> str | None:
    if engagement is None or owner_of(session, engagement) is not None:
        return None
    return engagement.reference.account.owner_email


def _approved(told: Told) -> str:
    owner = told.owner_not_in_slack
    alone = f" The account owner {safe(owner)} is not in Slack, so nobody else is asked."
    return f":white_check_mark: {told.who} approved {told.reference}.{alone if owner else ''}"


def _declined(told: Told) -> str:
    if told.approval and told.approval.decision is Decision.NOT_NOW:
        until = told.approval.rests_until
        rest = f" The account rests until {until:%d %b %Y}." if until else ""
        return f":hourglass: {told.who}: not now for {told.reference}{told.reason}{rest}"
    return f":no_entry: {told.who} declined {told.reference}{told.why_not}{told.reason}"


def _chosen(told: Told) -> str:
    engagement = told.engagement
    if engagement and engagement.override_reason:
        held_back = ", ".join(sentence(reason) for reason in engagement.overridden)
        return (
            f":warning: {told.who} chose {told.reference} although: {held_back}. "
            f"Reason: “{safe(engagement.override_reason)}”"
        )
    return f":arrows_counterclockwise: {told.who} chose {told.reference}{told.why_not}."


def _held(told: Told) -> str:
    e = told.engagement
    grades = ""
    if e and e.actual_grade:
        grades = f" Grade {e.actual_grade} of 5, expected {e.expected_grade}."
    report = f" “{safe(e.report)}”" if e and e.report else ""
    return f":tada: The conversation with {told.reference} took place.{grades}{report}"


def _scheduled(told: Told) -> str:
    at = told.engagement.scheduled_for if told.engagement else None
    return f":calendar: {told.reference} is scheduled for {when(at) if at else 'a date'}."


def _question(told: Told) -> str:
    return (
        f":question: {told.who} asks: “{safe(told.question.text if told.question else '', 2000)}”"
    )


def _answer(told: Told) -> str:
    answer = told.question.answer if told.question else ""
    return f":speech_balloon: {told.who} answers: “{safe(answer, 2000)}”"


def _by_refbot(told: Told) -> bool:
    return told.event.by_id is None


def _unfilled(told: Told) -> str:
    if _by_refbot(told):
        return ":no_entry: The day it was needed by is over and nobody had agreed: unfilled."
    return f":no_entry: {told.who} closed the request: no reference was found."


LINES: dict[str, Callable[[Told], str]] = {
    "engagement:approve": _approved,
    "engagement:ask_owner": lambda t: (
        f":white_check_mark: {t.who} approved {t.reference}; the account owner is asked."
    ),
    "engagement:owner_yes": lambda t: (
        f":white_check_mark: {t.who} agrees: {t.reference} may be asked."
    ),
    "engagement:decline": _declined,
    "engagement:choose": _chosen,
    "engagement:undo": lambda t: f":leftwards_arrow_with_hook: {t.who} took the approval back.",
    "engagement:invite": lambda t: f":handshake: {t.who} introduced {t.reference} to the prospect.",
    "engagement:accept": lambda t: f":handshake: {t.reference} accepted.",
    "engagement:schedule": _scheduled,
    "engagement:hold": _held,
    "engagement:miss": lambda t: f":ghost: The conversation with {t.reference}: nobody came.",
    "engagement:refuse": lambda t: f":no_entry: {t.reference} said no.",
    "engagement:cancel": lambda t: f":heavy_multiplication_x: {t.who} called off {t.reference}.",
    "engagement:thank": lambda t: f":bouquet: {t.who} thanked {t.reference}.",
    "engagement:mail_failed": lambda t: (
        f":warning: My mail to {t.reference} may not have arrived. Please write to them yourself."
    ),
    "request:withdraw": lambda t: f":heavy_multiplication_x: {t.who} withdrew the request.",
    "request:give_up": _unfilled,
    "request:ask": _question,
    "request:answer": _answer,
    "reference:consent": lambda t: f":memo: {t.who} recorded a consent of {t.reference}.",
}
