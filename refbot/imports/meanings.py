"""What the words of a cell mean, by the matcher's own vocabulary; each text is looked up once."""

from collections.abc import Callable, Iterable
from functools import lru_cache, partial

from refbot.imports.fields import Field
from refbot.imports.reading import Line
from refbot.matching.names import cleaned_name
from refbot.matching.normal import folded, key_of, words_of
from refbot.matching.profile import Facet, Word
from refbot.matching.shipped import labels
from refbot.matching.title import level_and_function
from refbot.matching.vocabulary import Vocabulary

REMEMBERED = 65_536  # names; a sheet repeats its accounts and products in every line
ACTIVITIES = tuple(value for facet, value in labels() if facet is Facet.ACTIVITY)
_ALL = {"all", "any", "anything", "everything", "alle", "tout", "todo"}


@lru_cache(maxsize=REMEMBERED)
def account_key(name: str) -> str:
    """Give the key under which an account's spellings are one."""
    return cleaned_name(name) or folded(name)


@lru_cache(maxsize=REMEMBERED)
def word_key(name: str) -> str:
    """Give the key under which a word's spellings are one: GTXPro is GTX Pro."""
    return key_of(words_of(name)) or folded(name)


@lru_cache(maxsize=REMEMBERED)
def person_key(name: str) -> str:
    """Give the key under which a person's spellings are one."""
    return " ".join(folded(name).split())


class Meanings:
    """Readings of cells, remembered: a column of 50,000 rows holds few different words."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._vocabulary = vocabulary = Vocabulary.of(words)
        self._readers: dict[Facet, Callable[[str], str | None]] = {
            Facet.INDUSTRY: vocabulary.industry_of,
            Facet.COUNTRY: vocabulary.country_of,
            Facet.LANGUAGE: vocabulary.language_of,
            Facet.ACTIVITY: vocabulary.activity_of,
        }
        self._roles: dict[str, tuple[str | None, str | None]] = {}
        self._remembered: dict[tuple[Facet, str], str | None] = {}

    def industry(self, line: Line) -> str | None:
        """Give the industry's id; one that is not known is noted and left open."""
        return self._one(line, Field.INDUSTRY, Facet.INDUSTRY)

    def country(self, line: Line, what: Field = Field.COUNTRY) -> str | None:
        """Give the country's ISO code; one that is not known is noted and left open."""
        return self._one(line, what, Facet.COUNTRY)

    def languages(self, line: Line) -> list[str]:
        """Give the codes of the languages in a list."""
        return self._several(line, Field.LANGUAGES, Facet.LANGUAGE)

    def activities(self, line: Line, what: Field) -> list[str]:
        """Give the ids of the activities in a list; "all" is all of them."""
        text = line.text(what, 2_000)
        if text and folded(text) in _ALL:
            return list(ACTIVITIES)
        return self._several(line, what, Facet.ACTIVITY)

    def level(self, line: Line) -> str | None:
        """Give the level that a column of its own names."""
        text = line.text(Field.LEVEL)
        return self.role(text)[0] if text else None

    def function(self, line: Line) -> str | None:
        """Give the function that a column of its own names."""
        text = line.text(Field.FUNCTION)
        return self.role(text)[1] if text else None

    def role(self, title: str) -> tuple[str | None, str | None]:
        """Give the level and the function that a job title tells."""
        if title not in self._roles:
            self._roles[title] = level_and_function(title, self._vocabulary)
        return self._roles[title]

    def value(self, facet: Facet, text: str) -> str | None:
        """Give the id that a word stands for in any facet of the taxonomy."""
        if facet in self._readers:
            return self._readers[facet](text)
        key = account_key(text)
        named = {
            account_key(label): value for (kind, value), label in labels().items() if kind is facet
        }
        return text if (facet, text) in labels() else named.get(key)

    def _several(self, line: Line, what: Field, facet: Facet) -> list[str]:
        found = map(partial(self._read, line, what, facet), line.items(what, ";,/|\n"))
        return list(dict.fromkeys(value for value in found if value))

    def _one(self, line: Line, what: Field, facet: Facet) -> str | None:
        text = line.text(what)
        return self._read(line, what, facet, text) if text else None

    def _read(self, line: Line, what: Field, facet: Facet, text: str) -> str | None:
        key = facet, text
        if key not in self._remembered:
            self._remembered[key] = self._readers[facet](text)
        found = self._remembered[key]
        if found is None:
            line.warnings.append(
                f"{line.name_of(what)} {text[:60]!r} is not known and was left out; write one of "
                f"the program's words, or add yours to the vocabulary."
            )
        return found
