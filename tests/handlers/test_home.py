"""App Home: what each viewer sees, and what is changed there."""

from typing import Any

from sqlalchemy import select

from refbot.sandbox.person import Person
from refbot.storage import settings
from refbot.storage.colleagues import Colleague, Part
from tests.handlers.looking import card, labels, one_engine, references, sets_colleague, sets_policy
from tests.story import SALES, Story


def home(story: Story, person: Person, holding: str) -> dict[str, Any]:
    """Home, once it shows this: it is published after the answer to an act."""
    assert story.sandbox.until(lambda: holding in str(person.home())), person.home()
    return person.home()


@one_engine
def test_everybody_sees_their_own_requests_and_steps(story: Story) -> None:
    assert "not asked for a reference yet" in str(story.riley.home())
    story.riley.clicks("Request a reference", in_=story.riley.home())
    assert story.riley.modal["callback_id"] == "request_form"
    story.riley.closes_modal()
    sets_policy(story, ask_account_owner="no")
    story.requests()
    assert "Request 1: Sales call for Globex" in str(home(story, story.riley, "Request 1"))
    assert "Open requests" not in str(story.riley.home())
    story.casey.clicks("Approve", in_=card(story))
    story.skip(seconds=15)
    shown = home(story, story.riley, "It waits on you")
    story.riley.clicks("I have introduced them", in_=shown)
    shown = home(story, story.riley, "How did it go?")
    assert story.statuses() == ["invited"]
    story.riley.clicks("How did it go?", in_=shown)
    assert story.riley.submits().ok
    assert "I have thanked them" in labels(home(story, story.riley, "I have thanked them"))
    for outsider in (story.rex, story.gina):
        assert "Request 1" not in str(outsider.home())


@one_engine
def test_the_owner_answers_in_home(story: Story) -> None:
    story.requests()
    story.casey.clicks("Approve", in_=card(story))
    story.settled()
    shown = home(story, story.sam, "may we ask them?")
    assert "Dana Finch" in str(shown)
    story.sam.clicks("Yes", in_=shown)
    story.settled()
    assert story.statuses() == ["approved"]
    assert "may we ask them?" not in str(story.sam.home())


@one_engine
def test_the_champions_queue_turns_its_pages(story: Story) -> None:
    assert "Nothing waits" in str(story.casey.home())
    sets_policy(story, ask_account_owner="no", person_per_quarter="20", account_per_quarter="50")
    for _ in range(9):
        story.riley.types("/reference", channel=SALES)
        story.riley.fills({"activity": "quote"})
        assert story.riley.submits().ok
    story.settled()
    first = home(story, story.casey, "Request 8:")
    assert "Request 9:" not in str(first)
    assert "Open" in labels(first)
    story.casey.clicks("Older", in_=first)
    assert story.sandbox.until(lambda: "Request 9:" in _shown(story, story.casey))
    second = _view(story, story.casey)
    assert "Request 8:" not in str(second)
    story.casey.clicks("Newer", in_=second)
    assert story.sandbox.until(lambda: "Request 8:" in _shown(story, story.casey))


def _view(story: Story, person: Person) -> dict[str, Any]:
    """The Home last published, without opening it anew."""
    views = [e for e in story.sandbox.traffic() if e["what"] == "views.publish" and e["ok"]]
    return [v["answer"]["view"] for v in views if v["payload"]["user_id"] == person.id][-1]


def _shown(story: Story, person: Person) -> str:
    return str(_view(story, person))


def test_a_changed_policy_holds_at_once_for_everybody(story: Story) -> None:
    sets_policy(story, person_per_quarter="0")
    assert "At most *0* uses a person" in str(story.devon.home())
    found = story.riley.types("/reference healthcare product-A director", channel=SALES)
    assert "No reference fits" in found.text
    assert "0 of 0 requests this quarter" in str(found.blocks)
    sets_policy(story, person_per_quarter="2")
    found = story.riley.types("/reference healthcare product-A director", channel=SALES)
    assert "3 references fit" in found.text
    assert references(story) == []


@one_engine
def test_a_policy_that_cannot_be_is_refused_at_its_fields(story: Story) -> None:
    story.casey.clicks("Change policy", in_=story.casey.home())
    story.casey.fills({"day_starts": "20", "day_ends": "9"})
    assert list(story.casey.submits().errors) == ["day_ends"]
    story.casey.fills({"day_starts": "9", "day_ends": "18", "undo_seconds": "99999"})
    assert list(story.casey.submits().errors) == ["undo_seconds"]
    story.casey.fills({"undo_seconds": ""})
    assert list(story.casey.submits().errors) == ["undo_seconds"]
    with story.reading() as session:
        assert settings.policy(session) == settings.Policy()


def test_champions_name_people_but_never_the_last_champion_away_nor_a_guest(story: Story) -> None:
    def names(**people: list[str]) -> Any:
        story.casey.clicks("Change people", in_=story.casey.home())
        story.casey.fills(people)
        sent = story.casey.submits()
        if not sent.ok:
            story.casey.closes_modal()
        return sent

    assert list(names(champion=[]).errors) == ["champion"]
    sent = names(champion=["casey", "gina"])
    assert "Gina Roth cannot be named" in sent.errors["champion"]
    assert names(champion=["casey", "riley"], deputy=["noor"], leader=["lee"]).ok
    assert _parts(story) == {
        "casey.morgan": Part.CHAMPION, "riley.park": Part.CHAMPION,
        "noor.haddad": Part.DEPUTY, "lee.tanaka": Part.LEADER,
    }  # fmt: skip
    assert "Change people" in labels(story.riley.home())
    assert "Change policy" not in labels(story.devon.home())
    assert names(champion=["riley"], deputy=["casey"], leader=[]).ok
    assert "Change people" not in labels(story.casey.home())
    assert _parts(story) == {"casey.morgan": Part.DEPUTY, "riley.park": Part.CHAMPION}


def _parts(story: Story) -> dict[str, Part]:
    with story.reading() as session:
        found = session.scalars(select(Colleague).where(Colleague.part != Part.MEMBER))
        return {person.email.partition("@")[0]: person.part for person in found}


@one_engine
def test_the_last_champion_stays_even_when_others_have_left(story: Story) -> None:
    sets_colleague(story, story.devon, part=Part.CHAMPION)
    story.sandbox.changes_user("devon", deleted=True)
    story.casey.clicks("Change people", in_=story.casey.home())
    story.casey.fills({"champion": ["devon"]})
    assert list(story.casey.submits().errors) == ["champion"]


@one_engine
def test_ones_country_is_set_in_words(story: Story) -> None:
    shown = story.riley.home()
    assert "taken from your time zone" in str(shown)
    story.riley.clicks("Change", in_=shown)
    story.riley.fills({"country": "Atlantis"})
    assert list(story.riley.submits().errors) == ["country"]
    story.riley.fills({"country": "germany"})
    assert story.riley.submits().ok
    assert "*Your holidays*: DE" in str(home(story, story.riley, "holidays*: DE"))
    story.riley.clicks("Change", in_=story.riley.home())
    story.riley.fills({"country": ""})
    assert story.riley.submits().ok
    assert "time zone" in str(home(story, story.riley, "taken from your time zone"))
