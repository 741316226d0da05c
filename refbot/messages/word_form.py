"""The form in which the champion says what a word means, and what it will do."""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field

from refbot.insight.words import Looking
from refbot.matching.criteria import Reading
from refbot.matching.own_words import LONGEST, called, key_of_word, shipped_readings
from refbot.matching.profile import Facet
from refbot.matching.terms import Meaning
from refbot.messages.blocks import (
    Block,
    actions,
    button,
    cut,
    input_block,
    modal,
    option,
    plain,
    safe,
    section,
)
from refbot.messages.ids import Do, Form
from refbot.messages.word_list import meaning_in_words
from refbot.messages.words import FACET_NAMES
from refbot.storage.accounts import CompanyWord
from refbot.storage.words import Mark
from refbot.workflow.meanings import Doubt, Effect, Meant
from refbot.workflow.words import Taught

NEW = "+"
MOST_TYPED = 2000
LONGEST_VALUE = 150  # Slack's bound; a longer name of an account cannot be chosen
MEANS, NOTHING = "means", "nothing"
SHOWN_READINGS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where the form was opened, so that what lies below it can be drawn anew.

    `words` is set over the list of words, `page` over the list of those not understood, `search_id`
    over those of one search.
    """

    words: Looking | None = None
    page: int | None = None
    search_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WordDraft:
    """What the form shows. `agreed` marks the words and meaning whose doubts were shown."""

    word_id: int | None = None
    typed: str = ""
    meant: Meant | None = None
    origin: Origin = field(default_factory=Origin)
    doubts: Sequence[Doubt] = ()
    agreed: str = ""

    @classmethod
    def of(cls, word: CompanyWord, origin: Origin) -> "WordDraft":
        """Fill the form with a word as it is."""
        marks = set(Mark)
        meant = Meant(None) if word.facet in marks else Meant(Facet(word.facet), word.value)
        return cls(word_id=word.id, typed=word.text, meant=meant, origin=origin)

    def metadata(self) -> str:
        """Give what the form keeps on its way to Slack and back."""
        kept = {"word": self.word_id, "agreed": self.agreed, "origin": asdict(self.origin)}
        return json.dumps(kept)


def draft_from(metadata: str) -> WordDraft:
    """Read what `metadata` wrote."""
    kept = json.loads(metadata)
    looking = kept["origin"].pop("words")
    origin = Origin(words=Looking(**looking) if looking else None, **kept["origin"])
    return WordDraft(word_id=kept["word"], agreed=kept["agreed"], origin=origin)


def mark_of(typed: str, meant: Meant) -> str:
    """Give a mark by which the same words and meaning are known again."""
    return f"{zlib.crc32(f'{typed}|{meant}'.encode()):x}"


def word_form(draft: WordDraft) -> Block:
    """Ask for words and what they mean."""
    blocks = [section(in_doubt(doubt, draft.meant)) for doubt in draft.doubts[:10]]
    blocks += [_words(draft), _sense(draft), _meaning(draft)]
    if draft.word_id is not None:
        blocks.append(actions(button("Remove …", Do.REMOVE_WORD, draft.word_id, style="danger")))
    title = "Add words" if draft.word_id is None else "Change a word"
    return modal(
        Form.WORD,
        title,
        blocks,
        submit="Yes, save" if draft.doubts else "Save",
        metadata=draft.metadata(),
    )


def removal(word: CompanyWord, draft: WordDraft) -> Block:
    """Ask whether to forget a word, and say how it is read from then on."""
    meaning = meaning_in_words(word.facet, word.value)
    readings = shipped_readings(word.text)
    after = f"I then read it as {readings_in_words(readings)}, as I was shipped." if readings else (
        "I then do not understand it any more, and say so to the rep."
    )  # fmt: skip
    if word.facet == Mark.DISMISSED:
        after = "It is then listed again among the words not understood."
    if word.facet in {Facet.PRODUCT, Facet.TAG} and key_of_word(word.text) == key_of_word(
        word.value
    ):
        after = f"The {word.facet} itself goes with it, unless somebody or another word uses it."
    text = f"“{safe(word.text, 150)}” → {meaning}\n{after}"
    return modal(
        Form.REMOVE_WORD,
        "Remove this word?",
        [section(text)],
        submit="Remove",
        close="Keep it",
        metadata=draft.metadata(),
    )


def in_doubt(doubt: Doubt, meant: Meant | None) -> str:
    """Say what the champion should know before saving."""
    word = f"“{safe(doubt.text, 150)}”"
    match doubt.effect:
        case Effect.REPLACES:
            before = readings_in_words(doubt.readings)
            could = "could mean" if len(doubt.readings) > 1 else "meant"
            now = "I read nothing into it" if not meant or meant.facet is None else (
                f"it means {meaning_in_words(meant.facet, meant.value)} and nothing else"
            )  # fmt: skip
            return f":warning: Until now {word} {could} {before}. From now on {now}."
        case Effect.JOINS:
            also = readings_in_words(doubt.readings)
            return (
                f":warning: {word} also means {also} to you. It will have both readings, and I ask "
                "the rep which is meant."
            )
        case Effect.EVERYDAY:
            return (
                f":warning: {word} is an everyday word too. I read it only where it clearly stands "
                "for a criterion, such as between commas."
            )


def readings_in_words(readings: Iterable[Meaning]) -> str:
    """Give readings as "*C-level*, *Executive* or *Medical*"."""
    listed = [
        ", ".join(f"*{safe(called(facet, value), 80)}*" for facet, value in meaning)
        for meaning in readings
    ]
    return " or ".join(dict.fromkeys(listed[:SHOWN_READINGS]))


def taught_in_words(taught: Taught) -> str:
    """Say what was saved."""
    words = ", ".join(f"“{safe(text, 60)}”" for text in taught.texts[:10])
    more = f" and {len(taught.texts) - 10} more" if len(taught.texts) > 10 else ""  # noqa: PLR2004 - as above
    meant, is_one = taught.meant, len(taught.texts) == 1
    if meant.facet is None:
        it = "it" if is_one else "them"
        return f":white_check_mark: I read over {words}{more} from now on, and nothing into {it}."
    means = f"now {'means' if is_one else 'mean'} {meaning_in_words(meant.facet, meant.value)}"
    return f":white_check_mark: {words}{more} {means}. The next line is read like this."


def meaning_options(
    reading: Reading, suggested: Iterable[tuple[Facet, str]], typed: str
) -> list[Block]:
    """Offer what was typed as a value of any facet, its neighbours, and as a new product or tag."""
    pairs = [(f, value) for f, values in reading.criteria.wanted.items() for value in values]
    if size := reading.criteria.company_size:
        pairs.append((Facet.COMPANY_SIZE, f"{size.min or ''}-{size.max or ''}"))
    if reading.criteria.tenure_min_years:
        pairs.append((Facet.TENURE, str(reading.criteria.tenure_min_years)))
    pairs += [pair for doubt in reading.ambiguous for pair in doubt.readings]
    pairs = list(dict.fromkeys([*pairs, *suggested]))
    options = [option_of(Meant(facet, value)) for facet, value in pairs]
    key, name = key_of_word(typed), " ".join(typed.split())
    named = {facet for facet, value in pairs if key_of_word(value) == key}
    if key and len(name) <= LONGEST:
        new = (facet for facet in (Facet.PRODUCT, Facet.TAG) if facet not in named)
        options += [option_of(Meant(facet, name, is_new=True)) for facet in new]
    return [o for o in options if len(o["value"]) <= LONGEST_VALUE][-100:]


def option_of(meant: Meant) -> Block:
    """Give a meaning as an option of the type-ahead."""
    facet = meant.facet or Facet.TAG
    name = FACET_NAMES[facet]
    if meant.is_new:
        return option(f"New {name.lower()} “{meant.value}”", f"{NEW}{facet}:{meant.value}")
    return option(called(facet, meant.value), f"{facet}:{meant.value}", name)


def meant_by(sense: str | None, value: str | None) -> Meant | None:
    """Read what was chosen; None when a value should have been."""
    if sense == NOTHING:
        return Meant(None)
    if not value:
        return None
    facet, _, rest = value.removeprefix(NEW).partition(":")
    return Meant(Facet(facet), rest, is_new=value.startswith(NEW))


def _words(draft: WordDraft) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": "words",
        "max_length": MOST_TYPED,
        "focus_on_load": not draft.typed,
    }
    if draft.typed:
        element["initial_value"] = cut(draft.typed, MOST_TYPED)
    if draft.word_id is not None:
        return input_block("words", "Word", element)
    hint = "Several words that mean the same: part them with commas. Any spelling will do."
    return input_block("words", "Words", element, hint=hint)


def _sense(draft: WordDraft) -> Block:
    options = [
        option("A value", MEANS, "Choose it below"),
        option("Nothing", NOTHING, "I read over it, whatever I was shipped with"),
    ]
    nothing = draft.meant is not None and draft.meant.facet is None
    element = {
        "type": "radio_buttons",
        "action_id": "sense",
        "options": options,
        "initial_option": options[1 if nothing else 0],
    }
    return input_block("sense", "What should I read into it?", element)


def _meaning(draft: WordDraft) -> Block:
    element: Block = {
        "type": "external_select",
        "action_id": Do.WORD_MEANING,
        "min_query_length": 1,
        "placeholder": plain("Type: hospital, germany, CFO, Product A, 5k+ employees …", 150),
    }
    if draft.meant and draft.meant.facet:
        chosen = option_of(draft.meant)
        if len(chosen["value"]) <= LONGEST_VALUE:
            element["initial_option"] = chosen
    return input_block(
        "meaning",
        "It means",
        element,
        optional=True,
        hint="Industry, product, country, region, level, function, activity, language, tag, "
        "account, size or years as a customer.",
    )
