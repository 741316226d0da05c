"""The views of words and weights, whatever they hold, are taken by Slack and call nobody."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from refbot.insight.unknown import Unknown, UnknownPage
from refbot.insight.words import PAGE, Looking, OwnWord, WordPage
from refbot.matching.criteria import Candidate
from refbot.matching.own_words import key_of_word
from refbot.matching.profile import Facet
from refbot.matching.weights import EMPHASIS
from refbot.messages.unknown_words import unknown_words
from refbot.messages.weights import GROUPS, group_of, in_trial, weights, weights_form
from refbot.messages.word_form import (
    Origin,
    WordDraft,
    draft_from,
    in_doubt,
    meant_by,
    option_of,
    removal,
    taught_in_words,
    word_form,
)
from refbot.messages.word_list import word_list
from refbot.policy import Policy
from refbot.sandbox.validator import problems
from refbot.storage.accounts import CompanyWord
from refbot.storage.words import Mark
from refbot.workflow.meanings import Doubt, Effect, Meant
from refbot.workflow.policies import Trial
from refbot.workflow.words import Taught

OPEN = [Facet.PRODUCT, Facet.TAG, Facet.ACCOUNT]
HARD = "<!channel> & <@U1|x> *b* _i_ `c` ~s~ \u202e\x07 " + "w" * 300
texts = st.text(min_size=1, max_size=300)
kinds = st.sampled_from([*(facet.value for facet in OPEN), *Mark])
own = st.builds(
    OwnWord, st.integers(1, 9**9), kinds, texts, texts, st.just((("product", HARD), ("tag", HARD)))
)


def trouble(view: dict[str, Any]) -> list[str]:
    """Tell why Slack would not take it, and what typed text became a mention."""
    shown = [
        part["text"] for block in view["blocks"] for part in _parts(block)
        if part.get("type") == "mrkdwn"
    ]  # fmt: skip
    return [*map(str, problems("modal", view)), *(t for t in shown if "<!channel" in t)]


def _parts(block: Any) -> list[dict[str, Any]]:
    if isinstance(block, dict):
        inner = [part for value in block.values() for part in _parts(value)]
        return [block, *inner]
    return [part for item in block for part in _parts(item)] if isinstance(block, list) else []


@settings(deadline=None, max_examples=40)
@given(st.lists(own, max_size=PAGE, unique_by=lambda word: word.id), texts)
@example([OwnWord(n, "product", HARD, HARD, (("tag", HARD),) * 5) for n in range(1, PAGE)], HARD)
@example([], "")
def test_a_page_of_words_is_taken_by_slack(found: list[OwnWord], find: str) -> None:
    looking = Looking(kind="product", find=key_of_word(find[:100]), page=1)
    page = WordPage(looking=looking, words=found, found=2_000_000, own=len(found))
    assert trouble(word_list(page, notice="Saved")) == []


@settings(deadline=None, max_examples=40)
@given(texts, texts, st.sampled_from(OPEN))
@example(HARD, HARD, Facet.PRODUCT)
def test_the_form_of_a_word_is_taken_by_slack_and_keeps_where_it_was_opened(
    text: str, value: str, facet: Facet
) -> None:
    origin = Origin(words=Looking(kind="tag", find=key_of_word(text[:100]), page=3))
    word = CompanyWord(id=1, facet=facet, value=value, text=text)
    doubts = [
        Doubt(text, effect, (((facet, value),), ((Facet.COUNTRY, "DE"),))) for effect in Effect
    ]
    draft = WordDraft(word_id=1, typed=text, meant=Meant(facet, value), origin=origin)
    asked = WordDraft(typed=text, meant=Meant(None), doubts=doubts, origin=Origin(search_id=3))
    for view in (word_form(draft), word_form(asked), removal(word, draft)):
        assert trouble(view) == []
    assert draft_from(word_form(draft)["private_metadata"]).origin == origin
    told = [in_doubt(doubt, Meant(facet, value)) for doubt in doubts]
    told.append(taught_in_words(Taught((text,) * 12, Meant(facet, value))))
    assert not any("<!channel" in sentence for sentence in told)


def test_a_meaning_goes_to_slack_and_back() -> None:
    for meant in (
        Meant(Facet.TAG, "a:b"), Meant(Facet.COMPANY_SIZE, "1000-"), Meant(Facet.TENURE, "3"),
        Meant(Facet.PRODUCT, "+1 Pro", is_new=True),
    ):  # fmt: skip
        assert meant_by("means", option_of(meant)["value"]) == meant
    assert meant_by("nothing", "tag:x") == Meant(None)
    assert meant_by("means", None) is None


@settings(deadline=None, max_examples=40)
@given(st.lists(texts, max_size=15))
@example([HARD] * 15)
def test_a_page_of_unknown_words_is_taken_by_slack(found: list[str]) -> None:
    page = UnknownPage(words=[_unknown(n, text) for n, text in enumerate(found)], has_more=True)
    assert trouble(unknown_words(page, notice="Saved")) == []


def _unknown(number: int, text: str) -> Unknown:
    unknown = Unknown(last_at=datetime(2026, 11, 22, tzinfo=UTC), search_id=number)
    unknown.spellings[text] += 3
    unknown.people.update({1, 2})
    return unknown


@settings(deadline=None, max_examples=20)
@given(texts, texts)
@example(HARD, HARD)
def test_the_weights_are_taken_by_slack(text: str, name: str) -> None:
    found = tuple(
        Candidate(
            reference_id=n, account_id=n, name=name, account=name, mask=None, title=text,
            score=99.9, reasons=(),
        )
        for n in (1, 2, 3)
    )  # fmt: skip
    trial = Trial(text=text * 30, found=found, present=(3, 2, 1))
    assert trouble(weights(Policy(), None, trial, notice="Saved")) == []
    for group in (*GROUPS, *EMPHASIS):
        assert trouble(weights_form(group, Policy(), in_trial(trial))) == []
    assert "(now 3.)" in in_trial(trial)


def test_every_weight_of_the_ranking_can_be_changed() -> None:
    names = {".".join((*r.within, r.name)) for g in GROUPS.values() for r in g.rules}
    for activity in EMPHASIS:
        names |= {".".join((*r.within, r.name)) for r in group_of(activity).rules}
    shipped = Policy().as_dict()["matching"]
    limits = {"person_per_quarter", "account_per_quarter", "near_renewal_days"}
    wanted = {f"matching.{key}" for key in shipped.keys() - limits - {"fit", "quality", "emphasis"}}
    wanted |= {f"matching.{table}.{key}" for table in ("fit", "quality") for key in shipped[table]}
    wanted |= {
        f"matching.emphasis.{activity}.{key}"
        for activity, row in shipped["emphasis"].items()
        for key in row
    }
    assert wanted <= names
