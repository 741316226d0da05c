"""Drafts of what is written to a reference: the introduction and the thank-you, plain text."""

import re

from jinja2 import Environment, PackageLoader, StrictUndefined

from refbot.messages.blocks import clean
from refbot.policy import Program
from refbot.storage.engagements import Engagement

_texts = Environment(
    loader=PackageLoader("refbot.messages", "mail"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,  # noqa: S701 - plain text, never HTML
)


# What the reference is asked for, in words that are not our own sales talk.
ASKED = {
    "sales_call": "a reference call",
    "investor_call": "a call with an investor",
    "media_call": "a talk with the press",
    "speaking": "speaking at an event",
    "case_study": "a case study",
    "article": "an article",
    "quote": "a quote",
    "video": "a video",
    "press_release": "a press release",
    "site_visit": "a site visit",
    "review": "a review",
}


def introduction(engagement: Engagement, program: Program) -> str:
    """Ask the reference, on behalf of the requester, for leave to introduce."""
    return _draft("introduction.txt", engagement, program)


def thanks(engagement: Engagement, program: Program) -> str:
    """Thank the reference on behalf of the requester."""
    return _draft("thanks.txt", engagement, program)


def _draft(template: str, engagement: Engagement, program: Program) -> str:
    request = engagement.request
    return _texts.get_template(template).render(
        first_name=(clean(engagement.reference.name).split() or ["there"])[0],
        asked=(asked := ASKED[request.activity]),
        given=re.sub(r"^an? ", "the ", asked),
        prospect=clean(request.prospect or ""),
        topics=clean(request.topics or ""),
        attendees=clean(request.attendees or ""),
        company=program.company,
        sender=clean(request.requester.name),
    )
