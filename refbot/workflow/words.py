"""The champion teaches RefBot the company's own words; the next line is read with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from refbot.errors import InvalidInput, NotFound
from refbot.matching.own_words import called, key_of_word
from refbot.matching.profile import Facet
from refbot.storage import events
from refbot.storage.accounts import CompanyWord, Product
from refbot.storage.colleagues import Colleague
from refbot.storage.events import Event
from refbot.storage.references import Tag
from refbot.storage.revisions import Changed
from refbot.storage.searches import Search
from refbot.storage.words import Mark, is_in_use
from refbot.workflow.acts import Act
from refbot.workflow.meanings import Doubt, Lexicon, Meant, doubts, must_be_there, words_in
from refbot.workflow.people import hold_named, must_lead


@dataclass(frozen=True, slots=True)
class Taught:
    """What an act did, for the sentence that tells it."""

    texts: tuple[str, ...]
    meant: Meant


@dataclass(frozen=True, slots=True)
class Plan:
    """What was typed, found fit to be saved. `word` is the one to change, if it is one."""

    word: CompanyWord | None
    texts: list[str]  # those that do not mean it yet
    meant: Meant
    lexicon: Lexicon

    @property
    def doubts(self) -> list[Doubt]:
        """What the champion should know before."""
        return doubts(self.lexicon, self.texts, self.meant, but=self.word)


def planned(session: Session, word_id: int | None, typed: str | None, meant: Meant | None) -> Plan:
    """Look over words to add, or the one to change; InvalidInput says what is wrong and where."""
    word = None if word_id is None else word_of(session, word_id)
    texts = words_in(typed)
    if word is not None and len(texts) > 1:
        raise InvalidInput({"words": "This is one word; add the others with “Add words”."})
    if meant is None:
        raise InvalidInput({"meaning": "Please choose what it means."})
    must_be_there(session, meant)
    lexicon = Lexicon.read(session)
    new = [text for text in texts if not _is_known(lexicon, text, meant, but=word)]
    if not new:
        raise InvalidInput({"words": f"“{texts[0]}” means this already."})
    _refuse_taken(lexicon, new, meant, but=word)
    _refuse_twin(lexicon, meant)
    return Plan(word, new, meant, lexicon)


def teach(act: Act, word_id: int | None, typed: str | None, meant: Meant | None) -> Taught:
    """Let words mean a value, or nothing; or give one word another spelling or meaning."""
    by = _begun(act)
    plan = planned(act.session, word_id, typed, meant)
    _make_value(act, by, plan.meant)
    for text in plan.texts:
        _unmark(act, plan, text)
        _write(act, by, plan, text)
    act.changes.append((Changed.WORDS, 0))
    return Taught(tuple(plan.texts), plan.meant)


def _write(act: Act, by: Colleague, plan: Plan, text: str) -> None:
    word = plan.word or CompanyWord()
    before = word.facet
    word.facet, word.value = plan.meant.facet or Mark.NOTHING, plan.meant.value
    word.text = text
    act.session.add(word)
    act.session.flush()
    what = "word:change" if plan.word else "word:add"
    _record(act, by, what, word.id, was=before, to=word.facet)


def remove_word(act: Act, word_id: int) -> str:
    """Forget a word; a product or a tag that it named and nobody uses goes with it."""
    by = _begun(act)
    word = word_of(act.session, word_id)
    act.session.delete(word)
    act.session.flush()
    _record(act, by, "word:remove", word.id, was=word.facet)
    if key_of_word(word.text) == key_of_word(word.value):
        _drop_unused(act, by, word)
    act.changes.append((Changed.WORDS, 0))
    return word.text


def dismiss(act: Act, text: str) -> None:
    """Show a word no more among those that were not understood; reps are still told of it."""
    by = _begun(act)
    if Lexicon.read(act.session).rows_of(text):
        return
    word = CompanyWord(facet=Mark.DISMISSED, value="", text=text)
    act.session.add(word)
    act.session.flush()
    _record(act, by, "word:dismiss", word.id, to=word.facet)


def word_of(session: Session, word_id: int) -> CompanyWord:
    """Give a word's row."""
    word = session.get(CompanyWord, word_id)
    if word is None:
        raise NotFound("This word is no longer there.")
    return word


def search_of(session: Session, search_id: int) -> Search:
    """Give a search whose words are to be taught."""
    search = session.get(Search, search_id)
    if search is None:
        raise NotFound("This search is too old. Please open the list again.")
    return search


def unknown_text(session: Session, search_id: int, place: int) -> str:
    """Give the words at a place of what a search did not understand."""
    unknown = search_of(session, search_id).answer.get("not_understood", [])
    if not 0 <= place < len(unknown):
        raise NotFound("This word is no longer there. Please open the list again.")
    return str(unknown[place])


def _begun(act: Act) -> Colleague:
    must_lead(act.by)
    hold_named(act)
    must_lead(act.by)
    return act.session.get_one(Colleague, act.by.id if act.by else 0)


def _is_known(lexicon: Lexicon, text: str, meant: Meant, *, but: CompanyWord | None = None) -> bool:
    facet = meant.facet or Mark.NOTHING
    rows = lexicon.rows_of(text, but=but)
    if any((row.facet, row.value) == (facet, meant.value) for row in rows):
        return True
    return (meant.facet, meant.value) in lexicon.readings(text, but=but)


def _refuse_taken(
    lexicon: Lexicon, texts: Sequence[str], meant: Meant, *, but: CompanyWord | None
) -> None:
    """A word has one meaning a facet; and what has a meaning cannot be switched off."""
    wrong = []
    for text in texts:
        for facet, value in lexicon.readings(text, but=but):
            if meant.facet is None:
                told = f"“{text}” means {called(facet, value)} to you; remove that word first."
            elif facet is meant.facet:
                told = f"“{text}” already means {called(facet, value)}; change that word, or this."
            else:
                continue
            wrong.append(told)
    if wrong:
        raise InvalidInput({"words": " ".join(wrong[:3])})


def _refuse_twin(lexicon: Lexicon, meant: Meant) -> None:
    """A new product or tag must not be one that is there in another spelling."""
    for facet, value in lexicon.names.get(key_of_word(meant.value), []):
        if meant.is_new and facet is meant.facet:
            raise InvalidInput({"meaning": f"There is “{value}” already; please choose it."})


def _make_value(act: Act, by: Colleague, meant: Meant) -> None:
    """Put a new product or tag on record."""
    if not meant.is_new:
        return
    table = Product if meant.facet is Facet.PRODUCT else Tag
    made = table(name=meant.value, name_key=key_of_word(meant.value))
    act.session.add(made)
    act.session.flush()
    _record(act, by, f"{meant.facet}:add", made.id)


def _unmark(act: Act, plan: Plan, text: str) -> None:
    """What is taught is neither switched off nor dismissed any more."""
    marks = set(Mark)
    for row in plan.lexicon.rows_of(text, but=plan.word):
        if row.facet in marks:
            act.session.delete(row)
    act.session.flush()


def _drop_unused(act: Act, by: Colleague, word: CompanyWord) -> None:
    lexicon = Lexicon.read(act.session)
    for facet, value in lexicon.names.get(key_of_word(word.value), []):
        if (facet, value) != (word.facet, word.value):
            continue
        named = _product_or_tag(act, facet, value)
        if not is_in_use(act.session, named):
            act.session.delete(named)
            _record(act, by, f"{facet}:remove", named.id)


def _product_or_tag(act: Act, facet: Facet, name: str) -> Product | Tag:
    if facet is Facet.PRODUCT:
        return act.session.scalars(select(Product).where(Product.name == name)).one()
    return act.session.scalars(select(Tag).where(Tag.name == name)).one()


def _record(
    act: Act, by: Colleague, what: str, subject_id: int, *, was: str | None = None,
    to: str | None = None,
) -> None:  # fmt: skip
    """Write the event: ids and codes, never the word itself."""
    events.add(
        act.session,
        Event(
            at=act.now, what=what, as_role=by.part, by_id=by.id, subject_id=subject_id,
            from_status=was, to_status=to,
        ),
    )  # fmt: skip
