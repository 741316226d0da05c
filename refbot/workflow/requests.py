"""A request from the form to its end."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from refbot.errors import InvalidInput, NotEligible
from refbot.lifecycle import EngagementAction, EngagementStatus, RequestAction, RequestStatus, Role
from refbot.storage.engagements import UNDER_WAY
from refbot.storage.opportunities import Opportunity
from refbot.storage.requests import Question, Request, overdue_requests
from refbot.workflow import announce, moves, nudges
from refbot.workflow.acts import Act
from refbot.workflow.approvals import approve
from refbot.workflow.progress import held, under_way
from refbot.workflow.proposals import propose, propose_next
from refbot.workflow.roles import role_for

MOST_REFERENCES = 10
MOST_AMOUNT = 2_000_000_000  # what the column holds on every engine


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestForm:
    """What the form holds, cleaned. Amount in whole units of the program's currency."""

    activity: str
    prospect: str | None = None
    opportunity_id: int | None = None
    opportunity: str | None = None
    amount: int | None = None
    stage: str | None = None
    close_date: date | None = None
    needed_by: date | None = None
    how_many: int = 1
    topics: str | None = None
    attendees: str | None = None
    note: str | None = None
    criteria: dict[str, Any] = field(default_factory=dict)
    search_id: int | None = None
    reference_id: int | None = None  # the candidate whose button was pressed
    asks_champion: bool = False  # none of the candidates fits


def open_request(act: Act, form: RequestForm) -> Request:
    """Store the request, propose references, put the card before the champion."""
    if act.by is None:
        raise InvalidInput({"activity": "A request needs somebody who asks."})
    _complete(act, form)
    request = Request(
        requester_id=act.by.id,
        search_id=form.search_id,
        activity=form.activity,
        prospect=form.prospect,
        opportunity_id=form.opportunity_id,
        opportunity=form.opportunity,
        amount=form.amount,
        stage=form.stage,
        close_date=form.close_date,
        needed_by=form.needed_by,
        how_many=form.how_many,
        topics=form.topics,
        attendees=form.attendees,
        note=form.note,
        criteria=form.criteria,
        status=RequestStatus.OPEN,
        created_at=act.now,
    )
    act.session.add(request)
    act.session.flush()
    moves.note(act, "request:open", request, Role.REQUESTER)
    _first_proposals(act, request, form)
    announce.card(act, request)
    nudges.watch(act, request)
    if act.by.leads_program:
        for engagement in list(under_way(request)):
            approve(act, engagement.id)
    return request


def withdraw(act: Act, request_id: int) -> Request:
    """Take the request back; what is under way is cancelled."""
    request = act.session.get_one(Request, request_id)
    event = moves.move_request(act, request, RequestAction.WITHDRAW)
    _end(act, request)
    announce.note(act, request, event)
    announce.notice(act, request.requester, event)
    return request


def give_up(act: Act, request_id: int) -> Request:
    """Say that no reference was found."""
    request = act.session.get_one(Request, request_id)
    event = moves.move_request(act, request, RequestAction.GIVE_UP)
    _end(act, request)
    announce.note(act, request, event)
    announce.notice(act, request.requester, event)
    return request


def expire(act: Act) -> int:
    """End the open requests whose day is over while nobody has agreed to them."""
    today = act.world.pool.today(act.now)
    over = overdue_requests(act.session, today)
    ended = [request for request in over if not _somebody_agreed(request)]
    for request in ended:
        give_up(act, request.id)
    return len(ended)


def _somebody_agreed(request: Request) -> bool:
    agreed = {EngagementStatus.INVITED, EngagementStatus.ACCEPTED, EngagementStatus.SCHEDULED}
    return any(e.status in agreed for e in request.engagements) or bool(held(request))


def settle(act: Act, request: Request) -> None:
    """Fulfil the request when as many as asked are held; close it when nothing is left to do."""
    if request.status is RequestStatus.OPEN and len(held(request)) >= request.how_many:
        moves.move_request(act.for_refbot(), request, RequestAction.FULFIL)
    ended = not any(e.status in (*UNDER_WAY, *_UNTHANKED) for e in request.engagements)
    if request.status is RequestStatus.FULFILLED and ended:
        moves.move_request(act.for_refbot(), request, RequestAction.CLOSE)


_UNTHANKED = (EngagementStatus.HELD, EngagementStatus.THANKED)


def ask_requester(act: Act, request_id: int, text: str) -> Question:
    """Put a question to the requester; question and answer stand in the thread."""
    request = act.session.get_one(Request, request_id)
    role = role_for(act, frozenset({Role.CHAMPION, Role.DEPUTY}), request, None)
    if act.by is None:
        raise InvalidInput({"question": "A question needs somebody who asks."})
    asked = Question(request_id=request.id, asked_by_id=act.by.id, text=text, asked_at=act.now)
    act.session.add(asked)
    act.session.flush()
    event = moves.note(act, "request:ask", request, role, subject_id=asked.id)
    announce.question(act, asked)
    announce.note(act, request, event)
    return asked


def answer_question(act: Act, question_id: int, text: str) -> Question:
    """Answer the champion's question."""
    asked = act.session.get_one(Question, question_id)
    role = role_for(act, frozenset({Role.REQUESTER}), asked.request, None)
    if asked.answer is not None:
        raise InvalidInput({"answer": "This question is answered already."})
    asked.answer, asked.answered_at = text, act.now
    event = moves.note(act, "request:answer", asked.request, role, subject_id=asked.id)
    announce.question(act, asked)
    announce.note(act, asked.request, event)
    announce.notice(act, asked.asked_by, event)
    return asked


def _complete(act: Act, form: RequestForm) -> None:
    """Refuse what a sales call cannot do without, and dates that cannot be."""
    missing = {}
    if form.activity == "sales_call":
        required = {
            "prospect": (form.prospect, "Who is the prospect? A sales call needs one."),
            "opportunity": (form.opportunity, "Which opportunity is it for?"),
            "amount": (form.amount, "What is the deal worth? A whole number will do."),
        }
        missing = {name: why for name, (value, why) in required.items() if value in {None, ""}}
    if form.amount is not None and form.amount > MOST_AMOUNT:
        missing["amount"] = f"Please give a number up to {MOST_AMOUNT:,}."
    if not 1 <= form.how_many <= MOST_REFERENCES:
        missing["how_many"] = f"Please ask for 1 to {MOST_REFERENCES} references."
    if form.needed_by and form.needed_by < act.world.pool.today(act.now):
        missing["needed_by"] = "This day is over. Please choose today or later."
    if form.opportunity_id and act.session.get(Opportunity, form.opportunity_id) is None:
        missing["opportunity"] = "This opportunity is no longer there. Please choose again."
    if missing:
        raise InvalidInput(missing)


def _first_proposals(act: Act, request: Request, form: RequestForm) -> None:
    """Propose the candidate that was pressed, then as many more as were asked for."""
    if form.reference_id is not None:
        try:
            propose(act, request, form.reference_id)
        except NotEligible as error:
            raise InvalidInput({"criteria": str(error)}) from error
    if not form.asks_champion:
        propose_next(act, request)


def _end(act: Act, request: Request) -> None:
    for engagement in under_way(request):
        event = moves.move(act, engagement, EngagementAction.CANCEL)
        announce.note(act, request, event)
        announce.brief_if_shown(act, engagement)
        announce.owner_ask_if_asked(act, engagement)
    nudges.watch(act, request)
    announce.card(act, request)
