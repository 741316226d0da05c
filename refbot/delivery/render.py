"""From an outbox row to what people read, at the moment of sending."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from refbot.lifecycle import EngagementStatus
from refbot.messages import brief, candidates, card, notes, notices, nudging, owner, question
from refbot.messages import receipt as receipts
from refbot.messages.blocks import Message
from refbot.policy import Program
from refbot.storage.colleagues import Colleague
from refbot.storage.engagements import Engagement
from refbot.storage.events import Event
from refbot.storage.nudges import Nudge, NudgeKind
from refbot.storage.outbox import Kind, Outbox
from refbot.storage.references import open_issues_of
from refbot.storage.requests import Question, Request
from refbot.storage.searches import Search
from refbot.workflow.nudges import CALLED_FOR
from refbot.workflow.progress import awaits_decision

Renderer = Callable[[Session, Outbox, Program], Message | None]


def render(session: Session, row: Outbox, program: Program) -> Message | None:
    """Write the message; None when there is nothing to tell any more."""
    return RENDERERS[row.kind](session, row, program)


def _card(session: Session, row: Outbox, _program: Program) -> Message | None:
    request = session.get(Request, row.subject_id)
    return card.request_card(request) if request else None


def _receipt(session: Session, row: Outbox, _program: Program) -> Message | None:
    request = session.get(Request, row.subject_id)
    return receipts.receipt(request) if request else None


def _brief(session: Session, row: Outbox, program: Program) -> Message | None:
    engagement = session.get(Engagement, row.subject_id)
    if engagement is None or engagement.contact_shown_at is None:
        return None
    return brief.brief(engagement, open_issues_of(session, engagement.reference), program)


def _owner_ask(session: Session, row: Outbox, _program: Program) -> Message | None:
    engagement = session.get(Engagement, row.subject_id)
    return owner.owner_ask(engagement) if engagement else None


def _question(session: Session, row: Outbox, _program: Program) -> Message | None:
    asked = session.get(Question, row.subject_id)
    return question.question(asked) if asked else None


def _answer(session: Session, row: Outbox, _program: Program) -> Message | None:
    found = session.get(Search, row.subject_id)
    if found is None:
        return None
    return candidates.answer(found, session.get_one(Colleague, found.requester_id))


def _note(session: Session, row: Outbox, _program: Program) -> Message | None:
    event = session.get(Event, row.subject_id)
    return notes.note(session, event) if event else None


def _notice(session: Session, row: Outbox, _program: Program) -> Message | None:
    event = session.get(Event, row.subject_id)
    return notices.notice(session, event) if event else None


def _nudges(session: Session, row: Outbox, _program: Program) -> Message | None:
    found = session.scalars(
        select(Nudge).where(Nudge.id.in_(row.ids["nudge_ids"])).order_by(Nudge.due_at, Nudge.id)
    )
    due = [nudge for nudge in found if _still_waits(nudge)]
    return nudging.nudges(due) if due else None


def _still_waits(nudge: Nudge) -> bool:
    """Whether what the reminder asks for is still to be done."""
    if nudge.engagement is None:
        return awaits_decision(nudge.request)
    called_for = CALLED_FOR.get(EngagementStatus(nudge.engagement.status))
    if nudge.kind is NudgeKind.DEBRIEF and called_for is NudgeKind.DEBRIEF:
        return True  # a new date moves the status's beginning, not the question
    return called_for is nudge.kind and nudge.engagement.status_since == nudge.since


RENDERERS: dict[Kind, Renderer] = {
    Kind.REQUEST_CARD: _card,
    Kind.NOTE: _note,
    Kind.RECEIPT: _receipt,
    Kind.BRIEF: _brief,
    Kind.OWNER_ASK: _owner_ask,
    Kind.QUESTION: _question,
    Kind.ANSWER: _answer,
    Kind.NUDGES: _nudges,
    Kind.NOTICE: _notice,
}
