"""The champion's words: the list, the form, and what was not understood."""

import json
from dataclasses import replace

from sqlalchemy.orm import Session

from refbot.handlers.desk import Desk, Incoming, Reply, says
from refbot.handlers.fields import field
from refbot.insight.unknown import unknown_in, unknown_page
from refbot.insight.words import Looking, word_page
from refbot.matching.own_words import key_of_word
from refbot.messages.blocks import Block, safe
from refbot.messages.unknown_words import unknown_words
from refbot.messages.word_form import (
    Origin,
    WordDraft,
    draft_from,
    mark_of,
    meant_by,
    removal,
    taught_in_words,
    word_form,
)
from refbot.messages.word_list import ALL, word_list
from refbot.workflow import words
from refbot.workflow.people import must_lead


def open_words(desk: Desk, incoming: Incoming) -> Reply:
    """Open the list of words."""
    must_lead(incoming.actor)
    return Reply(view=_list(desk, Looking()))


def look_for_words(desk: Desk, incoming: Incoming) -> Reply:
    """Show the words of another kind, or those that hold what was typed."""
    must_lead(incoming.actor)
    return Reply(view=_list(desk, replace(_looking(incoming), page=0)))


def turn_word_page(desk: Desk, incoming: Incoming) -> Reply:
    """Show another page."""
    must_lead(incoming.actor)
    return Reply(view=_list(desk, replace(_looking(incoming), page=incoming.id)))


def add(desk: Desk, incoming: Incoming) -> Reply:
    """Open the empty form over the list."""
    del desk
    must_lead(incoming.actor)
    return Reply(pushed=word_form(WordDraft(origin=Origin(words=_looking(incoming)))))


def change(desk: Desk, incoming: Incoming) -> Reply:
    """Open the form with a word as it is."""
    must_lead(incoming.actor)
    with desk.world.database.read() as session:
        word = words.word_of(session, incoming.id)
    return Reply(pushed=word_form(WordDraft.of(word, Origin(words=_looking(incoming)))))


def ask_to_remove(desk: Desk, incoming: Incoming) -> Reply:
    """Ask before a word is forgotten."""
    must_lead(incoming.actor)
    with desk.world.database.read() as session:
        word = words.word_of(session, incoming.id)
    return Reply(view=removal(word, draft_from(incoming.view["private_metadata"])))


def remove(desk: Desk, incoming: Incoming) -> Reply:
    """Forget a word."""
    draft = draft_from(incoming.value)
    with desk.acting(incoming) as act:
        text = words.remove_word(act, draft.word_id or 0)
    told = f":wastebasket: “{safe(text, 150)}” is removed."
    return _done(desk, draft.origin, told)


def save(desk: Desk, incoming: Incoming) -> Reply:
    """Save words, after telling once what they will do beside it."""
    must_lead(incoming.actor)
    draft = draft_from(incoming.value)
    typed = str(field(incoming.view, "words") or "")
    meant = meant_by(field(incoming.view, "sense"), field(incoming.view, "meaning"))
    with desk.world.database.read() as session:
        plan = words.planned(session, draft.word_id, typed, meant)
        mark = mark_of(typed, plan.meant)
        if draft.agreed != mark and plan.doubts:
            shown = replace(draft, typed=typed, meant=meant, doubts=plan.doubts, agreed=mark)
            return Reply(view=word_form(shown))
    with desk.acting(incoming) as act:
        taught = words.teach(act, draft.word_id, typed, meant)
    return _done(desk, draft.origin, taught_in_words(taught))


def open_unknown(desk: Desk, incoming: Incoming) -> Reply:
    """Open the list of what was not understood, over the words when they are open."""
    must_lead(incoming.actor)
    return Reply(pushed=_unknown(desk, Origin(page=0)))


def turn_unknown_page(desk: Desk, incoming: Incoming) -> Reply:
    """Show another page of what was not understood."""
    must_lead(incoming.actor)
    return Reply(view=_unknown(desk, Origin(page=incoming.id)))


def teach(desk: Desk, incoming: Incoming) -> Reply:
    """Open the form with a word that was not understood."""
    must_lead(incoming.actor)
    with desk.world.database.read() as session:
        text = _unknown_text(session, incoming)
    return Reply(pushed=word_form(WordDraft(typed=text, origin=_origin(incoming))))


def dismiss(desk: Desk, incoming: Incoming) -> Reply:
    """Take a word off the list."""
    with desk.acting(incoming) as act:
        text = _unknown_text(act.session, incoming)
        words.dismiss(act, text)
    told = (
        f":white_check_mark: “{safe(text, 150)}” is off this list; your words keep it as dismissed."
    )
    return Reply(view=_unknown(desk, _origin(incoming), notice=told))


def teach_search(desk: Desk, incoming: Incoming) -> Reply:
    """Open what one's own search did not understand: the form for one word, else the list."""
    must_lead(incoming.actor)
    world = desk.world
    matcher, today = world.pool.matcher(world.clock()), world.pool.today(world.clock())
    with world.database.read() as session:
        page = unknown_in(session, matcher, words.search_of(session, incoming.id), as_of=today)
    if len(page.words) != 1:
        return Reply(view=unknown_words(page))
    return Reply(view=word_form(WordDraft(typed=page.words[0].text)))


def _done(desk: Desk, origin: Origin, told: str) -> Reply:
    """Say it on the list below; without one in the form's place."""
    if origin.words is not None:
        return Reply(below=_list(desk, origin.words, notice=told))
    if origin != Origin():
        return Reply(below=_unknown(desk, origin, notice=told))
    return says(told)


def _list(desk: Desk, looking: Looking, *, notice: str | None = None) -> Block:
    with desk.world.database.read() as session:
        return word_list(word_page(session, looking), notice=notice)


def _unknown(desk: Desk, origin: Origin, *, notice: str | None = None) -> Block:
    world = desk.world
    matcher, today = world.pool.matcher(world.clock()), world.pool.today(world.clock())
    with world.database.read() as session:
        if origin.search_id is not None:
            search = words.search_of(session, origin.search_id)
            page = unknown_in(session, matcher, search, as_of=today)
        else:
            page = unknown_page(session, matcher, as_of=today, page=origin.page or 0)
    return unknown_words(page, notice=notice)


def _looking(incoming: Incoming) -> Looking:
    """Give what the list shows: its page from the list, kind and search from its fields."""
    kept = Looking(**json.loads(incoming.view["private_metadata"]))
    kind = field(incoming.view, "kind") or ALL
    find = key_of_word(field(incoming.view, "find") or "")
    return replace(kept, kind="" if kind == ALL else kind, find=find)


def _origin(incoming: Incoming) -> Origin:
    kept = json.loads(incoming.view["private_metadata"])
    return Origin(page=kept["page"], search_id=kept["search"])


def _unknown_text(session: Session, incoming: Incoming) -> str:
    search_id, _, place = incoming.value.partition(":")
    return words.unknown_text(session, int(search_id), int(place))
