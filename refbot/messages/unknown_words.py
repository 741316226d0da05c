"""The words that reps typed and RefBot did not understand, each to be taught or dismissed."""

import json

from refbot.insight.unknown import Unknown, UnknownPage
from refbot.messages.blocks import Block, actions, button, context, modal, safe, section, when
from refbot.messages.ids import Do, Form

INTRODUCTION = (
    "What reps typed in the last 30 days and I did not understand, the most frequent first. "
    "*Teach* tells me what a word means. *Dismiss* takes it off this list."
)
NONE = ":sunny: I understood every word, or you have taught or dismissed the rest."


def unknown_words(page: UnknownPage, *, notice: str | None = None) -> Block:
    """Show one page of them."""
    blocks = [section(notice)] if notice else []
    blocks.append(context(INTRODUCTION) if page.search_id is None else context(_of_one_search()))
    if not page.words:
        blocks.append(section(NONE))
    for unknown in page.words:
        blocks += _row(unknown)
    turns = [
        button("Back", f"{Do.UNKNOWN_PAGE}_back", page.page - 1) if page.page else None,
        button("More", f"{Do.UNKNOWN_PAGE}_on", page.page + 1) if page.has_more else None,
    ]
    if any(turns):
        blocks.append(actions(*turns))
    metadata = json.dumps({"page": page.page, "search": page.search_id})
    title = "Words not understood"
    return modal(Form.UNKNOWN_WORDS, title, blocks, close="Close", metadata=metadata)


def _of_one_search() -> str:
    return "What I did not understand of this search. *Teach* tells me what a word means."


def _row(unknown: Unknown) -> list[Block]:
    where = f"{unknown.search_id}:{unknown.place}"
    times = "once" if unknown.times == 1 else f"{unknown.times:,} times"
    people = "" if len(unknown.people) == 1 else f" by {len(unknown.people):,} people"
    last = f" · latest: {when(unknown.last_at)}" if unknown.last_at else ""
    return [
        section(f"*“{safe(unknown.text, 150)}”*\n{times}{people}{last}"),
        actions(
            button("Teach", Do.TEACH_WORD, where),
            button("Dismiss", Do.DISMISS_WORD, where),
        )
        | {"block_id": f"unknown-{unknown.search_id}-{unknown.place}"},
    ]
