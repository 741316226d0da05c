"""The request form: opened with what is known, filled in on the way, submitted."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from refbot.errors import NotFound
from refbot.handlers.desk import Desk, Incoming, Reply, says
from refbot.handlers.fields import chosen, field
from refbot.handlers.owners import find_owner_of_reference
from refbot.matching.answers import criteria_as_json, criteria_from_json
from refbot.matching.criteria import Criteria
from refbot.matching.profile import Facet
from refbot.messages import criteria as in_words
from refbot.messages.blocks import Block
from refbot.messages.candidates import who
from refbot.messages.form import TYPED, Draft, refilled, request_form
from refbot.messages.words import activity
from refbot.storage.opportunities import Opportunity
from refbot.storage.searches import Search
from refbot.workflow.requests import RequestForm, open_request


def empty_form() -> Block:
    """Give the form with nothing filled in."""
    return request_form(Draft())


def draft_of(found: Search, **values: Any) -> Draft:
    """Give the form's draft for what a search understood."""
    criteria = criteria_from_json(found.answer)
    activities = criteria.wanted.get(Facet.ACTIVITY, ())
    first = activities[0] if activities else "sales_call"
    return Draft(search_id=found.id, activity=first, criteria=criteria, **values)


def new_request(desk: Desk, incoming: Incoming) -> Reply:
    """Open the empty form."""
    del desk, incoming
    return Reply(view=empty_form())


def request_candidate(desk: Desk, incoming: Incoming) -> Reply:
    """Open the form for one candidate of a search."""
    search_id, reference_id = map(int, incoming.value.split(":"))
    found = _search(desk, incoming, search_id)
    candidate = _candidate(found, reference_id)
    return Reply(view=request_form(draft_of(found, reference_id=reference_id, candidate=candidate)))


def refine(desk: Desk, incoming: Incoming) -> Reply:
    """Open the form with what was understood."""
    return Reply(view=request_form(draft_of(_search(desk, incoming, incoming.id))))


def ask_champion(desk: Desk, incoming: Incoming) -> Reply:
    """Open the form for a request that the champion finds somebody for."""
    found = _search(desk, incoming, incoming.id)
    return Reply(view=request_form(draft_of(found, asks_champion=True)))


def activity_chosen(desk: Desk, incoming: Incoming) -> Reply:
    """Draw the form anew: what it requires depends on the activity."""
    draft = _draft_so_far(desk, incoming)
    return Reply(
        view=request_form(replace(draft, opportunity=chosen(incoming.view, "opportunity")))
    )


def opportunity_chosen(desk: Desk, incoming: Incoming) -> Reply:
    """Fill in what the pipeline knows of the chosen deal."""
    option = chosen(incoming.view, "opportunity")
    if option is None or option["value"].startswith(TYPED):
        return Reply()
    with desk.world.database.read() as session:
        deal = session.get(Opportunity, int(option["value"]))
    if deal is None:
        return says("This opportunity is no longer there. Please choose again.")
    draft = _draft_so_far(desk, incoming)
    filled = refilled(
        draft,
        opportunity=option,
        prospect=deal.prospect or draft.prospect,
        amount=deal.amount if deal.amount is not None else draft.amount,
        stage=deal.stage,
        close_date=deal.close_date.isoformat() if deal.close_date else draft.close_date,
    )
    return Reply(view=request_form(filled))


def submitted(desk: Desk, incoming: Incoming) -> Reply:
    """Take the request."""
    form = _read(incoming.view)
    if form.reference_id is not None and incoming.actor.leads_program:
        find_owner_of_reference(desk, form.reference_id)  # it is approved with the request
    with desk.acting(incoming) as act:
        request = open_request(act, form)
        number, asked = request.id, activity(request.activity).lower()
    return says(
        f":white_check_mark: *Request {number}* for a {asked} is with the program champion. "
        "I tell you in our direct messages what becomes of it."
    )


def _search(desk: Desk, incoming: Incoming, search_id: int) -> Search:
    """Give a person's own search; another's is not theirs to request from."""
    with desk.world.database.read() as session:
        found = session.get(Search, search_id)
    if found is None or found.requester_id != incoming.actor.id:
        raise NotFound("This search is too old. Please type `/reference …` again.")
    return found


def _candidate(found: Search, reference_id: int) -> str:
    """Give the candidate's line as the search showed it."""
    shown = {c["reference_id"]: c for c in found.answer["candidates"]}
    if reference_id not in shown:
        raise NotFound("This candidate was not in the search. Please type `/reference …` again.")
    return who(shown[reference_id])


def _draft_so_far(desk: Desk, incoming: Incoming) -> Draft:
    """Give the draft behind an open form, with what was chosen in it so far."""
    view = incoming.view
    ids = json.loads(view["private_metadata"])
    amount = field(view, "amount")
    candidate = None
    if ids["reference"] is not None:
        candidate = _candidate(_search(desk, incoming, ids["search"]), ids["reference"])
    return Draft(
        candidate=candidate,
        search_id=ids["search"],
        reference_id=ids["reference"],
        asks_champion=ids["asks_champion"],
        generation=ids["generation"],
        activity=field(view, "activity") or "sales_call",
        criteria=_criteria(view),
        prospect=field(view, "prospect"),
        amount=int(amount) if amount else None,
        stage=field(view, "stage"),
        close_date=field(view, "close_date"),
    )


def _criteria(view: dict[str, Any]) -> Criteria:
    return in_words.chosen(field(view, "criteria") or [])


def _read(view: dict[str, Any]) -> RequestForm:
    ids = json.loads(view["private_metadata"])
    deal = chosen(view, "opportunity")
    typed = deal is not None and deal["value"].startswith(TYPED)
    amount = field(view, "amount")
    return RequestForm(
        activity=field(view, "activity"),
        prospect=field(view, "prospect"),
        opportunity_id=int(deal["value"]) if deal and not typed else None,
        opportunity=_deal_title(deal) if deal else None,
        amount=int(amount) if amount else None,
        stage=field(view, "stage"),
        close_date=_day(field(view, "close_date")),
        needed_by=_day(field(view, "needed_by")),
        how_many=int(field(view, "how_many") or 1),
        topics=field(view, "topics"),
        attendees=field(view, "attendees"),
        note=field(view, "note"),
        criteria=criteria_as_json(_criteria(view)),
        search_id=ids["search"],
        reference_id=ids["reference"],
        asks_champion=ids["asks_champion"],
    )


def _deal_title(option: dict[str, Any]) -> str:
    value = str(option["value"])
    if value.startswith(TYPED):
        return value.removeprefix(TYPED)
    return str(option["text"]["text"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
