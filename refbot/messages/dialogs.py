"""The small forms behind the buttons: reasons, dates, reports, another reference."""

from collections.abc import Sequence
from datetime import date

from refbot.lifecycle import EngagementStatus
from refbot.matching.criteria import Candidate, NearMiss
from refbot.messages.blocks import (
    Block,
    context,
    input_block,
    modal,
    option,
    pairs,
    plain,
    safe,
    section,
    sentence,
)
from refbot.messages.ids import Do, Form
from refbot.messages.people import in_full
from refbot.messages.words import PASSED_OVER
from refbot.storage.colleagues import Colleague
from refbot.storage.engagements import Engagement
from refbot.storage.references import Reference
from refbot.storage.requests import Question, Request
from refbot.workflow.shown import Alternatives

LONGEST_REASON = 1000
GRADES = (
    (5, "5: could not be better"),
    (4, "4: good"),
    (3, "3: fair"),
    (2, "2: poor"),
    (1, "1: did harm"),
)


def decline(engagement: Engagement, viewer: Colleague) -> Block:
    """Ask for the reason of a no; of the champion also as a code, which the weights learn from."""
    codes = [_why_not("In a word")] if viewer.leads_program else []
    return modal(
        Form.DECLINE,
        "Decline",
        [
            section(f"*{in_full(engagement.reference)}*"),
            *codes,
            _reason(
                "Why not?", hint="It stands in the request's thread, and the requester reads it."
            ),
            context("The next candidate that fits is proposed at once."),
        ],
        submit="Decline",
        metadata=str(engagement.id),
    )


def owner_not_now(engagement: Engagement, earliest: date) -> Block:
    """Ask the owner until when the account should rest."""
    until = {"type": "datepicker", "action_id": "until"}
    return modal(
        Form.OWNER_NOT_NOW,
        "Not now",
        [
            section(f"*{in_full(engagement.reference)}*"),
            input_block(
                "until",
                "Until when should this account rest?",
                until,
                optional=True,
                hint=f"Without a date it rests until {earliest:%d %b %Y}.",
            ),
            _reason("Why?", hint="The champion and the requester read it."),
        ],
        submit="Send",
        metadata=str(engagement.id),
    )


def ask_requester(request: Request) -> Block:
    """Ask for the question."""
    return modal(
        Form.QUESTION,
        "Ask the rep",
        [_words("question", f"Your question to {request.requester.name}")],
        submit="Ask",
        metadata=str(request.id),
    )


def answer(asked: Question) -> Block:
    """Ask for the answer."""
    return modal(
        Form.ANSWER,
        "Answer",
        [section(f">{safe(asked.text, 2000)}"), _words("answer", "Your answer")],
        submit="Send",
        metadata=str(asked.id),
    )


def report(engagement: Engagement) -> Block:
    """Ask how it went."""
    courses = [("It took place", "held")]
    if engagement.status is EngagementStatus.SCHEDULED:
        courses.append(("Nobody came", "no_show"))
    courses += [
        ("They said: not now", "refused:not_now"),
        ("They said: no, please", "refused:no"),
        ("We called it off", "cancelled"),
    ]
    options = [option(text, value) for text, value in courses]
    return modal(
        Form.REPORT,
        "How did it go?",
        [
            section(f"*{in_full(engagement.reference)}*"),
            input_block(
                "course",
                "What happened?",
                {
                    "type": "radio_buttons",
                    "action_id": "course",
                    "options": options,
                    "initial_option": options[0],
                },
            ),
            _grade("expected_grade", "What you expected"),
            _grade("actual_grade", "How it was"),
            _words("report", "What should the champion know?", optional=True),
        ],
        submit="Report",
        metadata=str(engagement.id),
    )


def choose(offered: Alternatives) -> Block:
    """Offer the next candidates, those held back, and a type-ahead over everybody."""
    free = [_choice(c, f"{c.score:.0f} of 100") for c in offered.found.candidates]
    held_back = [_choice(n, sentence(", ".join(n.blocked_by))) for n in offered.found.near_misses]
    groups = [("Free", free), ("Held back: needs a reason", held_back)]
    blocks = [section(_instead(offered.request, offered.instead_of)), _candidates(groups)]
    anybody = {
        "type": "external_select",
        "action_id": Do.CHOOSE_ANY,
        "placeholder": plain("Type a name, a title or an account", 150),
        "min_query_length": 2,
    }
    if offered.instead_of is not None:
        blocks.append(_why_not("Why not the one before?"))
    blocks += [
        input_block("anybody", "Or anybody in the program", anybody, optional=True),
        _reason("Reason", optional=True, hint="Required for one that is held back."),
    ]
    ids = f"{offered.request.id}:{offered.instead_of.id if offered.instead_of else ''}"
    return modal(Form.CHOOSE, "Choose a reference", blocks, submit="Propose", metadata=ids)


def anybody_options(found: Sequence[Reference]) -> list[Block]:
    """Offer references by account, for the champion's eyes."""
    return [option(f"{r.name}, {r.title} · {r.account.name}", r.id) for r in found]


def _candidates(groups: Sequence[tuple[str, list[Block]]]) -> Block:
    shown = [
        {"label": plain(name, 75), "options": options[:50]} for name, options in groups if options
    ]
    if not shown:
        return context("No other reference fits these criteria.")
    element = {
        "type": "static_select",
        "action_id": "reference",
        "placeholder": plain("Choose", 150),
        "option_groups": shown,
    }
    return input_block("reference", "Candidates", element, optional=True)


def who_is_it(engagement: Engagement) -> Block:
    """Tell who stands behind a mask to one who may know."""
    reference = engagement.reference
    facts = pairs(
        [
            ("Name", safe(reference.name)),
            ("Title", safe(reference.title)),
            ("Account", safe(reference.account.name)),
            ("E-mail", safe(reference.email)),
            ("Account owner", safe(reference.account.owner_email)),
            ("Status", reference.status.value),
            ("Health", reference.health.value if reference.health else None),
        ]
    )
    return modal(Form.NOTICE, "Who is it?", [*facts, *_notes(engagement)], close="Close")


def consent(engagement: Engagement) -> Block:
    """Ask for the evidence of a consent."""
    outlets = [
        ("Website", "website"),
        ("Press release", "press_release"),
        ("Brochure", "brochure"),
        ("Event", "event"),
        ("Social media", "social_media"),
        ("Other", "other"),
    ]
    options = [option(text, value) for text, value in outlets]
    return modal(
        Form.CONSENT,
        "Record a consent",
        [
            section(f"*{in_full(engagement.reference)}*"),
            input_block(
                "outlet",
                "Where may it appear?",
                {"type": "static_select", "action_id": "outlet", "options": options},
            ),
            _words(
                "evidence",
                "Evidence",
                hint="For example: e-mail of 3 May, kept in the CRM.",
            ),
            input_block(
                "expires",
                "Expires",
                {"type": "datepicker", "action_id": "expires"},
                optional=True,
            ),
        ],
        submit="Record",
        metadata=str(engagement.id),
    )


def _notes(engagement: Engagement) -> list[Block]:
    reference = engagement.reference
    facts = [("Good to know", reference.notes), ("What not to touch", reference.avoid)]
    return [section(f"*{name}*\n{safe(text, 1000)}") for name, text in facts if text]


def _instead(request: Request, instead_of: Engagement | None) -> str:
    if instead_of is None:
        return f"For request {request.id}."
    return f"Instead of *{in_full(instead_of.reference)}* for request {request.id}."


def _choice(candidate: Candidate | NearMiss, description: str) -> Block:
    shown = f"{candidate.title or 'Contact'} · {candidate.mask or candidate.account}"
    return option(shown, candidate.reference_id, description)


def _why_not(label: str) -> Block:
    element = {
        "type": "static_select",
        "action_id": "why_not",
        "placeholder": plain("Choose, if you like", 150),
        "options": [option(text, code) for code, text in PASSED_OVER.items()],
    }
    hint = "Kept for the weights of the ranking."
    return input_block("why_not", label, element, optional=True, hint=hint)


def _reason(label: str, *, optional: bool = False, hint: str | None = None) -> Block:
    return _words("reason", label, optional=optional, hint=hint, most=LONGEST_REASON)


def _words(
    block_id: str,
    label: str,
    *,
    optional: bool = False,
    hint: str | None = None,
    most: int = 2000,
) -> Block:
    element = {
        "type": "plain_text_input",
        "action_id": block_id,
        "multiline": True,
        "max_length": most,
    }
    return input_block(block_id, label, element, optional=optional, hint=hint)


def _grade(block_id: str, label: str) -> Block:
    options = [option(text, grade) for grade, text in GRADES]
    element = {
        "type": "static_select",
        "action_id": block_id,
        "options": options,
        "placeholder": plain("Choose a grade", 150),
    }
    return input_block(block_id, label, element, optional=True)
