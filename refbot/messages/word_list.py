"""The company's own words, to look through: by kind, by search, by page."""

import json
from dataclasses import asdict

from refbot.insight.words import PAGE, Looking, OwnWord, WordPage
from refbot.matching.own_words import called
from refbot.matching.profile import Facet
from refbot.messages.blocks import (
    Block,
    actions,
    button,
    context,
    divider,
    input_block,
    modal,
    option,
    plain,
    safe,
    section,
)
from refbot.messages.ids import Do, Form
from refbot.messages.words import FACET_NAMES
from refbot.storage.words import Mark

LONGEST_SEARCH = 100
ALL = "all"
KINDS = {ALL: "All kinds"} | {facet.value: name for facet, name in FACET_NAMES.items()}
KINDS |= {Mark.NOTHING: "Switched off", Mark.DISMISSED: "Dismissed"}
EMPTY = (
    "*You have no words of your own yet.* I know industries, countries, job titles and the like in "
    "many spellings. Teach me what only your company says: nicknames of products and customers, "
    "names of programs, what your reps call a segment."
)


def word_list(page: WordPage, *, notice: str | None = None) -> Block:
    """Show one page of the words."""
    looking = page.looking
    blocks = [section(notice)] if notice else []
    if not page.own:
        blocks.append(section(EMPTY))
    blocks += [
        actions(
            button("Add words", Do.ADD_WORDS, "words", style="primary"),
            button("Words not understood", Do.UNKNOWN_WORDS, "words"),
            _kinds(looking),
        )
        | {"block_id": "kind"},
        _search(),
        divider(),
    ]
    blocks += [_row(word) for word in page.words]
    blocks += _foot(page)
    return modal(
        Form.WORDS,
        "Words",
        blocks,
        submit="Find",
        close="Close",
        metadata=json.dumps(asdict(looking)),
    )


def meaning_in_words(kind: str, value: str) -> str:
    """Say what a word means: "*Product A* (Product)"."""
    match kind:
        case Mark.NOTHING:
            return "_nothing: I read over it_"
        case Mark.DISMISSED:
            return "_dismissed: I do not understand it, and list it no more_"
        case _:
            facet = Facet(kind)
            return f"*{safe(called(facet, value), 150)}* ({FACET_NAMES[facet]})"


def _kinds(looking: Looking) -> Block:
    options = [option(name, kind) for kind, name in KINDS.items()]
    chosen = next(o for o in options if o["value"] == (looking.kind or ALL))
    return {
        "type": "static_select",
        "action_id": Do.WORDS_KIND,
        "options": options,
        "initial_option": chosen,
    }


def _search() -> Block:
    """Ask for a text; Slack keeps what was typed when the list is drawn anew."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": "find",
        "max_length": LONGEST_SEARCH,
        "placeholder": plain("A word, or what it means", 150),
    }
    return input_block("find", "Find", element, optional=True)


def _row(word: OwnWord) -> Block:
    if word.id is None:
        return section(f"*{safe(word.text, 150)}* ({FACET_NAMES[Facet(word.kind)]}, by its name)")
    text = f"“{safe(word.text, 150)}” → {meaning_in_words(word.kind, word.value)}"
    if word.others:
        others = " or ".join(meaning_in_words(*other) for other in word.others[:3])
        text += f"\nIt can also mean {others}: I ask the rep which."
    return section(text, button("Change", Do.CHANGE_WORD, word.id)) | {
        "block_id": f"word-{word.id}"
    }


def _foot(page: WordPage) -> list[Block]:
    looking = page.looking
    if not page.found:
        return [section("No word like this.")] if looking.find or looking.kind else []
    first = looking.page * PAGE
    told = f"{first + 1:,} to {first + len(page.words):,} of {page.found:,}"
    turns = [
        button("Back", f"{Do.WORDS_PAGE}_back", looking.page - 1) if looking.page else None,
        button("More", f"{Do.WORDS_PAGE}_on", looking.page + 1)
        if looking.page + 1 < page.pages
        else None,
    ]
    return [context(told), *([actions(*turns)] if any(turns) else [])]
