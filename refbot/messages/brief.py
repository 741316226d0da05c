"""What the requester gets once a reference is approved: contact, brief, draft, what is next."""

from collections.abc import Sequence

from refbot.lifecycle import EngagementStatus
from refbot.matching.profile import Facet
from refbot.messages.blocks import (
    Block,
    Message,
    actions,
    button,
    confirm,
    context,
    divider,
    header,
    pairs,
    safe,
    section,
    when,
)
from refbot.messages.drafts import introduction, thanks
from refbot.messages.ids import Do
from refbot.messages.people import in_full
from refbot.messages.words import activity, label
from refbot.policy import Program
from refbot.storage.engagements import Engagement
from refbot.storage.references import Issue, Reference

ON_THE_WAY = (
    EngagementStatus.INVITED,
    EngagementStatus.ACCEPTED,
    EngagementStatus.SCHEDULED,
    EngagementStatus.NO_SHOW,
)
OVER = {
    EngagementStatus.CANCELLED: ":heavy_multiplication_x: *Called off.* "
    "Please do not contact them.",
    EngagementStatus.REFUSED: ":no_entry: *The reference said no.* It rests now.",
    EngagementStatus.NO_RESPONSE: ":zzz: *No answer came.*",
    EngagementStatus.PROPOSED: ":leftwards_arrow_with_hook: *The approval was taken back.* "
    "Please wait for the champion.",
    EngagementStatus.DECLINED: ":no_entry: *Declined.* Please do not contact them.",
    EngagementStatus.THANKED: ":bouquet: *Thanked.* That is all for now, thank you.",
    EngagementStatus.CLOSED: ":checkered_flag: *Thanked and closed.* Thank you.",
}


def brief(engagement: Engagement, issues: Sequence[Issue], program: Program) -> Message:
    """Show contact and brief, and the step that is next."""
    reference = engagement.reference
    asked = activity(engagement.request.activity)
    prospect = engagement.request.prospect
    for_whom = f" for {safe(prospect, 100)}" if prospect else ""
    opening = f":white_check_mark: Your reference{for_whom} is approved"
    blocks = [
        header(f"{asked}{' for ' + prospect if prospect else ''}"),
        section(f"{opening}: *{in_full(reference)}*"),
    ]
    if engagement.status in OVER:
        blocks.append(section(OVER[engagement.status]))
        return Message(f"{asked}{for_whom}: {engagement.status.replace('_', ' ')}", blocks)
    blocks += [*_contact(reference), *_about(engagement, issues), divider()]
    blocks += _next(engagement, program)
    blocks.append(
        context(
            f"Request {engagement.request_id} · you get this because you asked for it. Please keep "
            "the contact to yourself and use it for this request only."
        )
    )
    return Message(f"{opening}: {in_full(reference)}", blocks)


def _contact(reference: Reference) -> list[Block]:
    languages = ", ".join(label(Facet.LANGUAGE, spoken.language) for spoken in reference.languages)
    return pairs(
        [
            ("E-mail", safe(reference.email)),
            ("Phone", safe(reference.phone)),
            ("Languages", safe(languages)),
            ("Time zone", safe(reference.time_zone or reference.account.time_zone)),
        ]
    )


def _about(engagement: Engagement, issues: Sequence[Issue]) -> list[Block]:
    reference = engagement.reference
    account = reference.account
    named = None if account.may_be_named else ":warning: Do not name this account to anybody else."
    facts = [
        ("What they can speak to", _speaks_to(reference)),
        (
            "Results",
            "\n".join(
                f"• {safe(result.replace('->', '→'), 200)}" for result in reference.results[:5]
            ),
        ),
        ("What not to touch", safe(reference.avoid, 600)),
        ("Good to know", safe(reference.notes, 600)),
        ("Open issues", "\n".join(f"• {i.severity}: {safe(i.text, 200)}" for i in issues[:5])),
        ("Name", named),
    ]
    return [section(f"*{name}*\n{value}") for name, value in facts if value]


def _speaks_to(reference: Reference) -> str:
    parts = [safe(reference.speaks_to, 600), safe(reference.use_case, 600)]
    products = [p.product.name for p in reference.products or reference.account.products]
    if products:
        parts.append(f"Uses {safe(', '.join(products), 300)}")
    tags = [t.tag.name for t in reference.tags]
    if tags:
        parts.append(safe(", ".join(tags), 300))
    return "\n".join(f"• {part}" for part in parts if part)


def _next(engagement: Engagement, program: Program) -> list[Block]:
    if engagement.status is EngagementStatus.APPROVED:
        return _to_introduce(engagement, program)
    if engagement.status in ON_THE_WAY:
        return _to_report(engagement)
    return _to_thank(engagement, program)


def _to_introduce(engagement: Engagement, program: Program) -> list[Block]:
    mails = program.sends_mail and engagement.reference.email
    return [
        section(f"*Next: introduce them.* A draft:\n{_quoted(introduction(engagement, program))}"),
        actions(
            button("I have introduced them", Do.INTRODUCED, engagement.id, style="primary"),
            button(
                "Let RefBot send the draft",
                Do.MAIL_INTRODUCTION,
                engagement.id,
                confirm=confirm(
                    "Send the introduction?",
                    "RefBot mails the draft to the reference; the answer goes to you.",
                    "Send it",
                ),
            )
            if mails
            else None,
            _call_off(engagement),
        ),
    ]


def _to_report(engagement: Engagement) -> list[Block]:
    introduced = engagement.invited_at
    done = f":handshake: Introduced {when(introduced)}." if introduced else ""
    planned = ""
    if engagement.scheduled_for and engagement.status is EngagementStatus.SCHEDULED:
        planned = f" Takes place {when(engagement.scheduled_for)}."
    picker: Block = {"type": "datetimepicker", "action_id": f"{Do.SCHEDULE}"}
    if engagement.scheduled_for:
        picker["initial_date_time"] = int(engagement.scheduled_for.timestamp())
    return [
        section(f"{done}{planned} *Next: tell how it went*, once it took place."),
        {
            "type": "actions",
            "block_id": f"engagement-{engagement.id}",
            "elements": [
                button("How did it go?", Do.REPORT, engagement.id, style="primary"),
                picker,
                _call_off(engagement),
            ],
        },
        context("Pick the date and time of the conversation, and I remind you the day after it."),
    ]


def _to_thank(engagement: Engagement, program: Program) -> list[Block]:
    mails = program.sends_mail and engagement.reference.email
    return [
        section(
            f":tada: *It took place. Next: say thank you.* A draft:\n"
            f"{_quoted(thanks(engagement, program))}"
        ),
        actions(
            button("I have thanked them", Do.THANKED, engagement.id, style="primary"),
            button(
                "Let RefBot send the thank-you",
                Do.MAIL_THANKS,
                engagement.id,
                confirm=confirm(
                    "Send the thank-you?", "RefBot mails the draft to the reference.", "Send it"
                ),
            )
            if mails
            else None,
        ),
    ]


def _call_off(engagement: Engagement) -> Block:
    sure = confirm(
        "Call it off?", "The champion is told and the next candidate is proposed.", "Call off"
    )
    return button("Call it off", Do.CANCEL, engagement.id, confirm=sure)


def _quoted(text: str) -> str:
    return "\n".join(f">{safe(line, 600)}" for line in text.splitlines())
