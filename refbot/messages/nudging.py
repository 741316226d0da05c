"""Reminders: all that is due to one person, in one message."""

from collections.abc import Sequence

from refbot.messages.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    divider,
    section,
    when,
)
from refbot.messages.ids import Do
from refbot.messages.people import colleague, in_full, masked
from refbot.messages.receipt import one_line
from refbot.storage.nudges import Nudge, NudgeKind

MOST_SHOWN = 12
WHY = (
    "You get this because it waits on you. I remind a few times, in working hours only; doing it, "
    "or calling it off, ends the reminders."
)
LAST_WORD = (
    "You get this because my reminders to others had no effect. It comes once; I do not remind "
    "again."
)
ASKED = {
    NudgeKind.DECIDE: "{who} waits for a decision: {masked}.",
    NudgeKind.OWNER_CHECK: "May {full} be asked? {who} waits for your word.",
    NudgeKind.INTRODUCE: "Please introduce {full}: the approval is there.",
    NudgeKind.DEBRIEF: "How did it go with {full}?",
    NudgeKind.THANK_YOU: "Please thank {full}: they gave you their time.",
}
ESCALATED = {
    NudgeKind.DECIDE: "The champion has not decided yet on {masked} for {who}.",
    NudgeKind.OWNER_CHECK: "The account owner has not answered: may {full} be asked? "
    "You may answer instead.",
    NudgeKind.INTRODUCE: "{who} has not introduced {masked} yet.",
    NudgeKind.DEBRIEF: "{who} has not told how it went with {masked}.",
    NudgeKind.THANK_YOU: "{masked} has not been thanked by {who} yet.",
}


def nudges(due: Sequence[Nudge]) -> Message:
    """Remind a person of what waits on them; what was done meanwhile is left out before."""
    shown = due[:MOST_SHOWN]
    blocks: list[Block] = []
    for nudge in shown:
        blocks += [section(_line(nudge)), *_buttons(nudge), divider()]
    blocks = blocks[:-1]
    if len(due) > len(shown):
        blocks.append(context(f"And {len(due) - len(shown)} more, in my Home tab."))
    blocks.append(context(LAST_WORD if all(nudge.escalates for nudge in due) else WHY))
    count = f"{len(due)} things wait on you: " if len(due) > 1 else ""
    return Message(f"{count}{_plain(due[0])}", blocks)


def _line(nudge: Nudge) -> str:
    request = one_line(nudge.request)
    since = when(nudge.since)
    return f"{_plain(nudge)}\n_{request}, since {since}_"


def _plain(nudge: Nudge) -> str:
    texts = ESCALATED if nudge.escalates else ASKED
    engagement = nudge.engagement
    sign = ":rotating_light:" if nudge.escalates else ":bell:"
    return f"{sign} " + texts[nudge.kind].format(
        who=colleague(nudge.request.requester),
        full=f"*{in_full(engagement.reference)}*" if engagement else "somebody who fits",
        masked=f"*{masked(engagement.reference)}*" if engagement else "somebody who fits",
    )


def _buttons(nudge: Nudge) -> list[Block]:
    engagement = nudge.engagement
    if engagement is None:
        return [actions(button("Choose a reference", Do.CHOOSE, str(nudge.request_id)))]
    match nudge.kind:
        case NudgeKind.DECIDE:
            row = actions(
                button("Approve", Do.APPROVE, engagement.id, style="primary"),
                button("Choose another", Do.CHOOSE, f"{nudge.request_id}:{engagement.id}"),
                button("Decline", Do.DECLINE, engagement.id),
            )
        case NudgeKind.OWNER_CHECK:
            row = actions(
                button("Yes", Do.OWNER_YES, engagement.id, style="primary"),
                button("Not now", Do.OWNER_NOT_NOW, engagement.id),
                button("No", Do.OWNER_NO, engagement.id),
            )
        case NudgeKind.INTRODUCE:
            row = actions(button("I have introduced them", Do.INTRODUCED, engagement.id))
        case NudgeKind.DEBRIEF:
            row = actions(button("How did it go?", Do.REPORT, engagement.id, style="primary"))
        case NudgeKind.THANK_YOU:
            row = actions(button("I have thanked them", Do.THANKED, engagement.id))
    if nudge.escalates and nudge.kind in {NudgeKind.INTRODUCE, NudgeKind.DEBRIEF}:
        return [actions(button("Call it off", Do.CANCEL, engagement.id))]
    return [row]
