"""What reps typed and RefBot did not understand: counted, taught with one click, or dismissed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select

from refbot.sandbox.person import Person
from refbot.storage.accounts import CompanyWord
from refbot.storage.events import Event
from refbot.storage.revisions import current
from tests.handlers.looking import labels, one_engine
from tests.story import BOT, SALES, Story


def asks(person: Person, *lines: str) -> None:
    for line in lines:
        assert person.types(f"/reference {line}", channel=SALES).ok


def shown(story: Story, holding: str = "") -> dict[str, Any]:
    def there() -> bool:
        view = story.casey.modal
        unknown = view and view["callback_id"] == "words_not_understood"
        return bool(unknown and holding in str(view))

    assert story.sandbox.until(there), story.casey.modal
    return story.casey.modal


def opens(story: Story) -> list[str]:
    """Casey opens the list from Home; what it lists."""
    story.casey.clicks("Words not understood", in_=story.casey.home())
    return _listed(shown(story))


def _listed(view: dict[str, Any]) -> list[str]:
    texts = [b["text"]["text"] for b in view["blocks"] if b["type"] == "section"]
    return [" ".join(text.split(" · latest")[0].split()) for text in texts if text.startswith("*“")]


def test_the_most_frequent_word_is_taught_with_one_click_and_leaves_the_list(story: Story) -> None:
    asks(story.riley, "healthcare zorgblatt", "Zorgblatt germany", "quuxfoo bank")
    asks(story.rex, "zorg-blatt")
    assert opens(story) == ["*“Zorgblatt”* 3 times by 2 people", "*“quuxfoo”* once"]
    with _one_word_in_one_revision(story):
        story.casey.clicks("Teach")
        story.casey.fills({"meaning": "Product A"})
        assert story.casey.submits().ok
        assert _listed(shown(story, "now means *Product A*")) == ["*“quuxfoo”* once"]
    found = story.riley.types("/reference zorgblatt", channel=SALES)
    assert "You are looking for: *Product A*" in str(found.blocks)


@contextmanager
def _one_word_in_one_revision(story: Story) -> Iterator[None]:
    with story.reading() as session:
        before = current(session)
    yield
    with story.reading() as session:
        assert current(session) == before + 1
        assert len(session.scalars(select(CompanyWord)).all()) == 1


def test_a_dismissed_word_is_listed_no_more_but_the_rep_is_still_told(story: Story) -> None:
    asks(story.riley, "zorgblatt", "zorgblatt", "quuxfoo")
    opens(story)
    with story.reading() as session:
        before = current(session)
    story.casey.clicks("Dismiss")
    assert _listed(shown(story, "is off this list")) == ["*“quuxfoo”* once"]
    found = story.riley.types("/reference zorgblatt", channel=SALES)
    assert "Not understood: “zorgblatt”" in str(found.blocks)
    with story.reading() as session:
        assert current(session) == before, "the matcher need not read anything again"
        assert session.scalars(select(Event.what).order_by(Event.id)).all()[-1] == "word:dismiss"
    story.casey.clicks("Dismiss")
    assert "I understood every word" in str(shown(story, "“quuxfoo” is off"))


@one_engine
def test_a_dismissed_word_stands_in_the_list_of_words_and_can_come_back(story: Story) -> None:
    asks(story.riley, "zorgblatt")
    opens(story)
    story.casey.clicks("Dismiss")
    shown(story, "is off this list")
    story.casey.clicks("Words", in_=story.casey.home())
    assert story.sandbox.until(lambda: story.casey.modal["callback_id"] == "words_list")
    assert "zorgblatt" not in str(story.casey.modal)
    story.casey.chooses("words_kind", "Dismissed")
    assert story.sandbox.until(lambda: "“zorgblatt”" in str(story.casey.modal))
    story.casey.clicks("Change")
    story.casey.clicks("Remove …")
    assert story.sandbox.until(lambda: story.casey.modal["callback_id"] == "remove_word_form")
    assert "listed again" in str(story.casey.modal)
    assert story.casey.submits().ok
    assert opens(story) == ["*“zorgblatt”* once"]


@one_engine
def test_many_words_are_paged(story: Story) -> None:
    line = ", ".join(f"zorg{letter}blatt" for letter in "abcdefghijklmnopqr")
    asks(story.riley, line)
    assert len(opens(story)) == 15
    story.casey.clicks("More")
    assert story.sandbox.until(lambda: "Back" in labels(story.casey.modal))
    assert len(_listed(story.casey.modal)) == 3
    for _ in range(3):
        left = len(_listed(story.casey.modal))
        story.casey.clicks("Dismiss")
        assert story.sandbox.until(lambda left=left: len(_listed(story.casey.modal)) != left)
    assert len(_listed(story.casey.modal)) == 15, "the page before takes an empty one's place"


@one_engine
def test_searches_are_counted_over_all_pages_that_are_read(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("refbot.insight.unknown.AT_ONCE", 2)
    asks(story.riley, *["zorgblatt"] * 3, "healthcare", "quuxfoo", "zorgblatt " + "w" * 200)
    assert opens(story)[0] == "*“zorgblatt”* 3 times"
    assert len(_listed(shown(story))) == 2


@one_engine
def test_a_champions_own_search_offers_to_teach_its_word(story: Story) -> None:
    found = story.casey.types("/reference healthcare zorgblatt", channel=SALES)
    story.casey.clicks("Teach RefBot", in_=found)
    assert story.sandbox.until(lambda: story.casey.modal)
    assert story.casey.modal["callback_id"] == "word_form"
    assert "zorgblatt" in str(story.casey.modal)
    story.casey.fills({"sense": "nothing"})
    assert story.casey.submits().ok
    assert "I read over “zorgblatt” from now on" in str(story.casey.modal)
    again = story.casey.types("/reference healthcare zorgblatt", channel=SALES)
    assert "Teach RefBot" not in labels(again.message)
    story.casey.clicks("Teach RefBot", in_=found)
    assert _listed(shown(story, "I understood every word")) == []


@one_engine
def test_several_words_of_a_search_are_listed_to_teach(story: Story) -> None:
    found = story.casey.types("/reference zorgblatt, quuxfoo", channel=SALES)
    story.casey.clicks("Teach RefBot", in_=found)
    assert sorted(_listed(shown(story))) == ["*“quuxfoo”* once", "*“zorgblatt”* once"]
    story.casey.clicks("Teach")
    story.casey.fills({"meaning": "Product B"})
    assert story.casey.submits().ok
    assert len(_listed(shown(story, "now means *Product B*"))) == 1


@one_engine
def test_reps_are_not_offered_to_teach_also_not_in_direct_messages(story: Story) -> None:
    found = story.riley.types("/reference zorgblatt", channel=SALES)
    assert "Teach RefBot" not in labels(found.message)
    for person, may in ((story.riley, False), (story.casey, True)):
        person.types("zorgblatt", channel=BOT)
        assert story.sandbox.until(lambda p=person: "Not understood" in str(p.sees(BOT)))
        assert ("Teach RefBot" in labels(story.newest(person, "Not understood"))) is may
