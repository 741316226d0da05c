"""The question to the account owner, whether this customer may be asked now."""

from refbot.lifecycle import EngagementStatus
from refbot.messages.blocks import (
    Message,
    actions,
    button,
    context,
    day,
    money,
    pairs,
    safe,
    section,
    when,
)
from refbot.messages.drafts import ASKED
from refbot.messages.ids import Do
from refbot.messages.people import colleague, in_full
from refbot.storage.engagements import Decision, Engagement

ANSWERS = {
    Decision.YES: ":white_check_mark: Yes",
    Decision.NOT_NOW: ":hourglass: Not now",
    Decision.NO: ":no_entry: No",
}


def owner_ask(engagement: Engagement) -> Message:
    """Put the question, or show how it was answered."""
    request = engagement.request
    asked = ASKED[request.activity]
    question = f"May *{in_full(engagement.reference)}* be asked for *{asked}*?"
    blocks = [
        section(question),
        *pairs(
            [
                ("Asked by", colleague(request.requester)),
                ("Prospect", safe(request.prospect, 150)),
                ("Deal", money(request.amount)),
                ("Needed by", day(request.needed_by) if request.needed_by else None),
                ("Topics", safe(request.topics, 400)),
                ("Note", safe(request.note, 400)),
            ]
        ),
    ]
    if engagement.status is EngagementStatus.OWNER_CHECK:
        blocks += [
            actions(
                button("Yes", Do.OWNER_YES, engagement.id, style="primary"),
                button("Not now", Do.OWNER_NOT_NOW, engagement.id),
                button("No", Do.OWNER_NO, engagement.id, style="danger"),
            ),
            context(
                "You get this because you look after this account. The program champion has "
                "approved it; nothing happens without your yes."
            ),
        ]
    else:
        blocks.append(section(_answered(engagement)))
    shown = f"May {in_full(engagement.reference)} be asked for {asked}?"
    return Message(shown, blocks)


def _answered(engagement: Engagement) -> str:
    owners = [a for a in engagement.approvals if a.as_role == "owner"]
    if owners:
        last = owners[-1]
        why = f" “{safe(last.reason)}”" if last.reason else ""
        rest = f" The account rests until {day(last.rests_until)}." if last.rests_until else ""
        return f"{ANSWERS[last.decision]}, said {colleague(last.by)} {when(last.at)}.{why}{rest}"
    return f"This is settled without you: it is {engagement.status.replace('_', ' ')} now."
