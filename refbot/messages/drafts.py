"""Drafts of what is written to a reference: the introduction and the thank-you, plain text."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from refbot.messages.words import activity
from refbot.policy import Program
from refbot.storage.engagements import Engagement

_texts = Environment(
    loader=PackageLoader("refbot.messages", "mail"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,  # noqa: S701 - plain text, never HTML
)


def introduction(engagement: Engagement, program: Program) -> str:
    """Ask the reference, on behalf of the requester, for leave to introduce."""
    return _draft("introduction.txt", engagement, program)


def thanks(engagement: Engagement, program: Program) -> str:
    """Thank the reference on behalf of the requester."""
    return _draft("thanks.txt", engagement, program)


def _draft(template: str, engagement: Engagement, program: Program) -> str:
    request = engagement.request
    return _texts.get_template(template).render(
        first_name=engagement.reference.name.split()[0],
        activity=activity(request.activity).lower(),
        prospect=request.prospect,
        topics=request.topics,
        attendees=request.attendees,
        company=program.company,
        sender=request.requester.name,
    )
