"""App Home: for everybody their own requests; for who leads the program the queue and policy."""

from collections.abc import Sequence

from refbot.insight.home import PAGE, HomeRows
from refbot.lifecycle import EngagementStatus, RequestStatus
from refbot.messages.blocks import (
    Block,
    actions,
    button,
    context,
    divider,
    header,
    section,
    when,
)
from refbot.messages.card import SIGNS
from refbot.messages.ids import Do
from refbot.messages.people import colleague, in_full, masked
from refbot.messages.receipt import one_line, state
from refbot.storage.colleagues import Part
from refbot.storage.engagements import Engagement
from refbot.storage.requests import Request
from refbot.workflow.progress import queue_state

PARTS = (Part.CHAMPION, Part.DEPUTY, Part.LEADER)


def home(rows: HomeRows) -> Block:
    """Draw the view."""
    blocks: list[Block] = []
    if rows.viewer.leads_program:
        blocks += [*_queue(rows), divider()]
    if rows.to_answer:
        blocks += [*_to_answer(rows.to_answer), divider()]
    blocks += _own(rows)
    if rows.viewer.leads_program:
        blocks += [divider(), *_policy(rows)]
    blocks += [divider(), *_about(rows)]
    return {"type": "home", "blocks": blocks[:100]}


def refused(sentence: str) -> Block:
    """Draw Home for one who may not use RefBot."""
    return {"type": "home", "blocks": [section(f":lock: {sentence}")]}


def _queue(rows: HomeRows) -> list[Block]:
    shown = rows.queue[:PAGE]
    blocks = [header("Open requests")]
    if not shown and rows.page == 0:
        return [*blocks, section("Nothing waits. :sunny:")]
    for request in shown:
        card = rows.cards.get(request.id)
        look = button("Open", Do.OPEN_LINK, request.id) | {"url": _link(card)} if card else None
        text = (
            f"*{one_line(request)}* by {colleague(request.requester)}\n"
            f"It {queue_state(request)} · asked {when(request.created_at)}"
        )
        blocks.append(section(text, look) | {"block_id": f"queue-{request.id}"})
    return [*blocks, *_pager(rows)]


def _link(card: tuple[str, str]) -> str:
    channel, ts = card
    return f"https://slack.com/archives/{channel}/p{ts.replace('.', '')}"


def _pager(rows: HomeRows) -> list[Block]:
    buttons = []
    if rows.page > 0:
        buttons.append(button("Newer", f"{Do.HOME_PAGE}_back", rows.page - 1))
    if len(rows.queue) > PAGE:
        buttons.append(button("Older", f"{Do.HOME_PAGE}_on", rows.page + 1))
    return [actions(*buttons)] if buttons else []


def _to_answer(engagements: Sequence[Engagement]) -> list[Block]:
    blocks = [header("Your accounts: may we ask them?")]
    for engagement in engagements[:PAGE]:
        blocks += [
            section(
                f"*{in_full(engagement.reference)}*\nfor {one_line(engagement.request)}, asked by "
                f"{colleague(engagement.request.requester)}"
            ),
            actions(
                button("Yes", Do.OWNER_YES, engagement.id, style="primary"),
                button("Not now", Do.OWNER_NOT_NOW, engagement.id),
                button("No", Do.OWNER_NO, engagement.id, style="danger"),
            ),
        ]
    return blocks


def _own(rows: HomeRows) -> list[Block]:
    blocks = [
        header("Your requests"),
        actions(button("Request a reference", Do.NEW_REQUEST, "home", style="primary")),
    ]
    if not rows.own:
        hint = (
            "You have not asked for a reference yet. Try `/reference healthcare director` in any "
            "channel, or press the button."
        )
        return [*blocks, section(hint)]
    for request in rows.own[:PAGE]:
        blocks.append(section(f"*{one_line(request)}*\n{state(request)}{_waits_on_you(request)}"))
        blocks += [_step(e) for e in request.engagements if e.status in _STEPS]
    if len(rows.own) > PAGE:
        blocks.append(context("Older requests: `/reference mine`"))
    return blocks


_STEPS = {
    EngagementStatus.APPROVED: ("I have introduced them", Do.INTRODUCED),
    EngagementStatus.INVITED: ("How did it go?", Do.REPORT),
    EngagementStatus.ACCEPTED: ("How did it go?", Do.REPORT),
    EngagementStatus.SCHEDULED: ("How did it go?", Do.REPORT),
    EngagementStatus.HELD: ("I have thanked them", Do.THANKED),
}


def _step(engagement: Engagement) -> Block:
    text, action = _STEPS[engagement.status]
    if engagement.status is EngagementStatus.APPROVED and engagement.contact_shown_at is None:
        return context(f"{SIGNS[engagement.status]} · the contact reaches you in a moment")
    line = f"{SIGNS[engagement.status]} · {masked(engagement.reference)}"
    return section(line, button(text, action, engagement.id)) | {
        "block_id": f"step-{engagement.id}"
    }


def _waits_on_you(request: Request) -> str:
    if request.status is RequestStatus.OPEN and any(
        e.status in _STEPS for e in request.engagements
    ):
        return " *It waits on you.*"
    return ""


def _policy(rows: HomeRows) -> list[Block]:
    policy = rows.policy
    caps = policy.matching
    asks = "asked before every use" if policy.ask_account_owner else "not asked"
    rules = (
        f"• The account owner is *{asks}*\n"
        f"• At most *{caps.person_per_quarter}* uses a person and *{caps.account_per_quarter}* an "
        f"account in a quarter\n"
        f"• Rest: *{policy.rest_after_held_days}* days after a use, "
        f"*{policy.rest_after_not_now_days}* after “not now”, *{policy.rest_after_no_days}* "
        f"after a no\n"
        f"• Reminders between *{policy.day_starts}:00* and *{policy.day_ends}:00* of the "
        f"recipient's working days; first to the champion after "
        f"*{policy.nudging.decide.first.hours}* working hours"
    )
    by_part = sorted(rows.leads, key=lambda person: PARTS.index(person.part))
    leads = ", ".join(f"{colleague(p)} ({p.part})" for p in by_part)
    blocks = [
        header("Program"),
        section(f"*{rows.ready}* references are active.\n*Policy*\n{rules}"),
        section(f"*People*\n{leads or 'nobody yet'}"),
    ]
    people = button("Change people", Do.EDIT_PEOPLE, "home")
    may_name = rows.viewer.part is Part.CHAMPION
    row = actions(
        button("Change policy", Do.EDIT_POLICY, "home"),
        button("Weights", Do.WEIGHTS, "home"),
        people if may_name else None,
    )
    return [*blocks, row, *_words(rows)]


def _words(rows: HomeRows) -> list[Block]:
    own = "no words of your own yet" if not rows.words else f"*{rows.words:,}* words of your own"
    return [
        section(f"*Words*\nI know {own}, beside those I was shipped with."),
        actions(
            button("Words", Do.WORDS, "home"),
            button("Words not understood", Do.UNKNOWN_WORDS, "home"),
        ),
    ]


def _about(rows: HomeRows) -> list[Block]:
    country = rows.viewer.country or "taken from your time zone"
    return [
        section(
            f"*Your holidays*: {country}. I am quiet on them, and outside working hours.",
            button("Change", Do.EDIT_COUNTRY, "home"),
        ),
        context("`/reference help` tells what I can do."),
    ]
