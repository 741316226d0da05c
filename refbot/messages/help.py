"""What `/reference help` and `/reference mine` answer."""

from collections.abc import Sequence

from refbot.messages.blocks import Message, actions, button, context, divider, section
from refbot.messages.ids import Do
from refbot.messages.receipt import one_line, state
from refbot.storage.requests import Request

COMMANDS = (
    ("/reference bank germany …", "find references, by criteria in any order"),
    ("/reference", "open the form"),
    ("/reference mine", "your requests and what waits on them"),
    ("/reference help", "this page"),
)
SHOWN = 10


def usage() -> Message:
    """Explain the command."""
    lines = "\n".join(f"• `{command}`: {what}" for command, what in COMMANDS)
    words = (
        "Write criteria in any order and spelling: industry, product, country or region, level, "
        "function, activity, language, company size (`5k+ employees`), how long a customer "
        "(`2+ years`), tags, a named customer. `not X` leaves X out."
    )
    return Message(
        "How to find and request a reference",
        [
            section(f"*Find and request a reference*\n{lines}"),
            section(words),
            context(
                "On a colleague's message: _More actions_ → _Find a reference_. Your requests are "
                "in my Home tab."
            ),
            actions(button("Request a reference", Do.NEW_REQUEST, "help", style="primary")),
        ],
    )


def mine(requests: Sequence[Request]) -> Message:
    """List the requester's own requests."""
    if not requests:
        return Message(
            "You have not asked for a reference yet.",
            [
                section(
                    "You have not asked for a reference yet. Try "
                    "`/reference healthcare product-A director`."
                ),
                actions(button("Request a reference", Do.NEW_REQUEST, "mine", style="primary")),
            ],
        )
    blocks = []
    for request in requests[:SHOWN]:
        blocks += [section(f"*{one_line(request)}*\n{state(request)}"), divider()]
    if len(requests) > SHOWN:
        blocks.append(context(f"And {len(requests) - SHOWN} older ones."))
    return Message(f"Your {len(requests)} requests", blocks)
