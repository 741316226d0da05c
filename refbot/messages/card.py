"""The card of a request in the program's channel: always the present state."""

from refbot.lifecycle import EngagementStatus, RequestStatus, Role
from refbot.matching.answers import criteria_from_json
from refbot.messages import criteria as in_words
from refbot.messages.blocks import (
    Block,
    Message,
    actions,
    button,
    confirm,
    context,
    day,
    divider,
    money,
    option,
    overflow,
    pairs,
    safe,
    section,
    sentence,
    when,
)
from refbot.messages.ids import Do
from refbot.messages.people import colleague, masked
from refbot.messages.words import activity
from refbot.storage.engagements import Approval, Decision, Engagement
from refbot.storage.requests import Request
from refbot.workflow.progress import awaits_decision, held, queue_state

SIGNS = {
    EngagementStatus.PROPOSED: ":large_blue_circle: Proposed",
    EngagementStatus.OWNER_CHECK: ":hourglass_flowing_sand: Waits for the account owner",
    EngagementStatus.APPROVED: ":white_check_mark: Approved",
    EngagementStatus.DECLINED: ":no_entry: Declined",
    EngagementStatus.INVITED: ":handshake: Introduced",
    EngagementStatus.ACCEPTED: ":handshake: Accepted",
    EngagementStatus.SCHEDULED: ":calendar: Scheduled",
    EngagementStatus.HELD: ":tada: Held",
    EngagementStatus.NO_SHOW: ":ghost: Nobody came",
    EngagementStatus.NO_RESPONSE: ":zzz: No answer",
    EngagementStatus.REFUSED: ":no_entry: The reference said no",
    EngagementStatus.THANKED: ":bouquet: Held and thanked",
    EngagementStatus.CLOSED: ":checkered_flag: Closed",
    EngagementStatus.CANCELLED: ":heavy_multiplication_x: Called off",
}
ENDED = (
    EngagementStatus.DECLINED,
    EngagementStatus.REFUSED,
    EngagementStatus.CANCELLED,
    EngagementStatus.NO_RESPONSE,
)
ENDINGS = {
    RequestStatus.FULFILLED: ":tada: *Fulfilled*",
    RequestStatus.CLOSED: ":checkered_flag: *Fulfilled and closed*",
    RequestStatus.UNFILLED: ":no_entry: *Closed without a reference*",
    RequestStatus.WITHDRAWN: ":heavy_multiplication_x: *Withdrawn*",
}
DECIDED = {Decision.YES: "approved", Decision.NO: "declined", Decision.NOT_NOW: "“not now”"}
REASONS_SHOWN = 4


def request_card(request: Request) -> Message:
    """Show the request, its references and what is to be decided."""
    asked = activity(request.activity)
    prospect = f" for *{safe(request.prospect, 100)}*" if request.prospect else ""
    blocks = [
        section(
            f":inbox_tray: *Request {request.id}* · {colleague(request.requester)} asks "
            f"for a reference: *{asked}*{prospect}",
            _menu(request),
        ),
        *_facts(request),
    ]
    current = [e for e in request.engagements if e.status not in ENDED]
    for engagement in current:
        blocks += [divider(), *_engagement(engagement)]
    if request.status is RequestStatus.OPEN and awaits_decision(request):
        blocks += [divider(), *_nobody_proposed(request)]
    ended = [e for e in request.engagements if e.status in ENDED]
    if ended:
        blocks.append(divider())
        blocks += [context(_ended(engagement)) for engagement in ended[-8:]]
    blocks.append(context(_state(request)))
    return Message(f"Request {request.id}: {asked}, {_plain_state(request)}", blocks)


def _menu(request: Request) -> Block | None:
    if request.status is not RequestStatus.OPEN:
        return None
    return overflow(
        Do.CARD_MENU,
        [
            option("Ask the requester", f"{Do.ASK_REQUESTER}:{request.id}"),
            option("Withdraw the request", f"{Do.WITHDRAW}:{request.id}"),
            option("Close: nobody found", f"{Do.GIVE_UP}:{request.id}"),
        ],
    )


def _facts(request: Request) -> list[Block]:
    deal = " · ".join(
        part
        for part in (
            safe(request.opportunity, 120),
            money(request.amount),
            safe(request.stage, 40),
            f"closes {day(request.close_date)}" if request.close_date else "",
        )
        if part
    )
    criteria = in_words.line(criteria_from_json(request.criteria))
    return pairs(
        [
            ("Looking for", criteria or "no particular criteria"),
            ("Deal", deal),
            ("Needed by", day(request.needed_by) if request.needed_by else None),
            ("How many", str(request.how_many) if request.how_many > 1 else None),
            ("Topics", safe(request.topics, 400)),
            ("Attendees", safe(request.attendees, 400)),
            ("Note", safe(request.note, 400)),
        ]
    )


def _engagement(engagement: Engagement) -> list[Block]:
    lines = [f"*{masked(engagement.reference)}*", _standing(engagement)]
    if engagement.status is EngagementStatus.PROPOSED:
        lines += [
            f"• {sentence(r['text'])} _+{r['points']:.0f}_"
            for r in sorted(engagement.reasons, key=lambda r: -r["points"])[:REASONS_SHOWN]
            if r["points"] > 0
        ]
    if engagement.override_reason:
        held_back = ", ".join(sentence(reason) for reason in engagement.overridden)
        lines.append(
            f":warning: Taken although: {held_back}. Reason: _{safe(engagement.override_reason)}_"
        )
    if engagement.status is EngagementStatus.SCHEDULED and engagement.scheduled_for:
        lines.append(f"Takes place {when(engagement.scheduled_for)}")
    if engagement.actual_grade:
        lines.append(f"Grade {engagement.actual_grade} of 5, expected {engagement.expected_grade}")
    blocks = [section("\n".join(lines), button("Who is it?", Do.WHO, engagement.id))]
    if buttons := _buttons(engagement):
        blocks.append(buttons)
    return blocks


def _standing(engagement: Engagement) -> str:
    """What state it is in, and who decided so."""
    sign = SIGNS[engagement.status]
    if engagement.status is EngagementStatus.PROPOSED or not engagement.approvals:
        return sign
    if engagement.status is EngagementStatus.APPROVED:
        return f"{sign} {_by(engagement)}"
    return f"{sign}\nApproved {_by(engagement)}"


def _buttons(engagement: Engagement) -> Block | None:
    ids = f"{engagement.request_id}:{engagement.id}"
    if engagement.status is EngagementStatus.PROPOSED:
        return actions(
            button("Approve", Do.APPROVE, engagement.id, style="primary"),
            button("Choose another", Do.CHOOSE, ids),
            button("Decline", Do.DECLINE, engagement.id, style="danger"),
            button("Ask the rep", Do.ASK_REQUESTER, engagement.request_id),
        )
    if engagement.status is EngagementStatus.OWNER_CHECK:
        return actions(
            button("Choose another", Do.CHOOSE, ids),
            button("Decline", Do.DECLINE, engagement.id, style="danger"),
        )
    if engagement.status is EngagementStatus.APPROVED and engagement.contact_shown_at is None:
        return actions(button("Undo the approval", Do.UNDO, engagement.id))
    if engagement.status in {
        EngagementStatus.APPROVED,
        EngagementStatus.INVITED,
        EngagementStatus.ACCEPTED,
        EngagementStatus.SCHEDULED,
        EngagementStatus.NO_SHOW,
    }:
        sure = confirm(
            "Call it off?", "The next candidate is proposed and the requester is told.", "Call off"
        )
        return actions(
            button("Record a consent", Do.RECORD_CONSENT, engagement.id),
            button("Call it off", Do.CANCEL, engagement.id, style="danger", confirm=sure),
        )
    return None


def _nobody_proposed(request: Request) -> list[Block]:
    return [
        section(
            ":mag: *Nobody is proposed.* Either no free reference fits, or the requester asks you "
            "to find one."
        ),
        actions(
            button("Choose a reference", Do.CHOOSE, str(request.id), style="primary"),
            button("Ask the rep", Do.ASK_REQUESTER, request.id),
            button(
                "Close: nobody found",
                Do.GIVE_UP,
                request.id,
                confirm=confirm(
                    "Close without a reference?", "The requester is told.", "Close the request"
                ),
            ),
        ),
    ]


def _by(engagement: Engagement) -> str:
    """Who decided as the last did, and when."""
    last = engagement.approvals[-1]
    names = " and ".join(
        f"{colleague(a.by)} ({_role(a)}), {when(a.at)},"
        for a in engagement.approvals
        if a.decision is last.decision
    )
    return f"by {names}".rstrip(",")


def _role(approval: Approval) -> str:
    return "account owner" if approval.as_role == Role.OWNER else approval.as_role


def _ended(engagement: Engagement) -> str:
    line = f"{SIGNS[engagement.status]}: {masked(engagement.reference)}"
    if not engagement.approvals:
        return line
    last = engagement.approvals[-1]
    why = f": _{safe(last.reason, 300)}_" if last.reason else ""
    return f"{line} · {DECIDED[last.decision]} {_by(engagement)}{why}"


def _state(request: Request) -> str:
    count = ""
    if request.how_many > 1:
        count = f" · {len(held(request))} of {request.how_many} held"
    if request.status is RequestStatus.OPEN:
        return f"This request {queue_state(request)}{count} · asked {when(request.created_at)}"
    return f"{ENDINGS[request.status]}{count} · asked {when(request.created_at)}"


def _plain_state(request: Request) -> str:
    if request.status is RequestStatus.OPEN:
        return queue_state(request)
    return request.status.value
