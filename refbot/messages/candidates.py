"""The answer to a rep's line: what was understood, who fits and why, who nearly does."""

from typing import Any

from refbot.matching.answers import criteria_from_json
from refbot.matching.own_words import called
from refbot.matching.profile import Facet
from refbot.messages import criteria as in_words
from refbot.messages.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    divider,
    safe,
    section,
    sentence,
)
from refbot.messages.ids import Do
from refbot.messages.words import FACET_NAMES
from refbot.storage.colleagues import Colleague
from refbot.storage.searches import Search

REASONS_SHOWN = 5
NEAR_MISSES_SHOWN = 3


def answer(search: Search, reader: Colleague) -> Message:
    """Show what a search found; the buttons carry the search's id and a place in its list."""
    found = search.answer
    candidates = found["candidates"]
    blocks = [section(_understood(found)), *_doubts(found)]
    for place, candidate in enumerate(candidates):
        blocks += [divider(), _candidate(search.id, place, candidate)]
    if not candidates:
        blocks += [divider(), section(_nobody(found))]
    if near := found["near_misses"][:NEAR_MISSES_SHOWN]:
        blocks += [divider(), context("*Would fit, but not now:*"), *map(_near_miss, near)]
    blocks.append(
        actions(
            button("Refine", Do.REFINE, search.id),
            button("None fits: ask the champion", Do.ASK_CHAMPION, search.id),
            button("Teach RefBot", Do.TEACH_SEARCH, search.id)
            if reader.leads_program and in_words.stored(found)
            else None,
        )
    )
    return Message(_summary(candidates), blocks)


def who(candidate: dict[str, Any]) -> str:
    """Name a candidate without the person's name: title and account, or the account's mask."""
    return f"{safe(candidate['title'] or 'Contact', 120)} · {safe(shown_account(candidate), 150)}"


def shown_account(candidate: dict[str, Any]) -> str:
    """Give the account's name, or its mask where it may not be named."""
    return str(candidate.get("mask") or candidate["account"])


def _summary(candidates: list[dict[str, Any]]) -> str:
    if not candidates:
        return "No reference fits all of this right now."
    names = ", ".join(who(candidate) for candidate in candidates)
    return f"{len(candidates)} reference{'s' if len(candidates) > 1 else ''} fit: {names}"


def _understood(found: dict[str, Any]) -> str:
    line = in_words.line(criteria_from_json(found))
    if not line:
        return (
            "I understood no criteria in this line, so these are simply the references that are "
            "ready. Try for example `/reference healthcare product-A director`."
        )
    return f"You are looking for: {line}"


def _doubts(found: dict[str, Any]) -> list[Block]:
    texts = [f":information_source: Assumed: {safe(text)}" for text in found.get("assumed", [])]
    for doubt in found.get("ambiguous", [])[:3]:
        readings = " or ".join(
            f"*{safe(called(Facet(facet), value))}* ({FACET_NAMES[Facet(facet)].lower()})"
            for facet, value in doubt["readings"]
        )
        texts.append(
            f":grey_question: “{safe(doubt['source'], 60)}” can mean {readings}. *Refine* asks you."
        )
    if unknown := in_words.stored(found):
        listed = ", ".join(f"“{safe(word, 60)}”" for word in unknown[:10])
        texts.append(f":warning: Not understood: {listed}")
    return [context(text) for text in texts]


def _candidate(search_id: int, place: int, candidate: dict[str, Any]) -> Block:
    reasons = [r for r in candidate["reasons"] if r["points"] > 0]
    best = sorted(reasons, key=lambda r: -r["points"])[:REASONS_SHOWN]
    lines = [f"*{place + 1}. {who(candidate)}*   {candidate['score']:.0f} of 100"]
    lines.append(" · ".join(sentence(reason["text"]) for reason in best))
    if candidate.get("ask_first"):
        lines.append(":speech_balloon: Wants to be asked first for this activity")
    pressed = f"{search_id}:{candidate['reference_id']}"
    return section(
        "\n".join(lines), button("Request", Do.REQUEST_CANDIDATE, pressed, style="primary")
    ) | {"block_id": f"candidate-{place}"}


def _near_miss(miss: dict[str, Any]) -> Block:
    blocked = ", ".join(sentence(reason) for reason in miss["blocked_by"])
    return context(f"{who(miss)}: _{blocked}_")


def _nobody(found: dict[str, Any]) -> str:
    if found["near_misses"]:
        return (
            "*Nobody who fits is free right now.* The program champion can override what holds "
            "the ones below back, or find somebody new: press _ask the champion_."
        )
    return (
        "*Nobody in the program fits all of this.* Take a criterion away with _Refine_, or let the "
        "program champion look for somebody."
    )
