"""The champion's weights: shown in words, tried, changed, set back, and felt by the next search."""

from typing import Any

from sqlalchemy import func, select

from refbot.matching.weights import FIT, MatchingPolicy
from refbot.sandbox.acts.reply import Reply
from refbot.storage import settings
from refbot.storage.events import Event
from refbot.storage.revisions import Change, Changed
from refbot.storage.searches import Search
from tests.handlers.looking import labels, one_engine
from tests.story import SALES, Story


def opens(story: Story) -> dict[str, Any]:
    story.casey.clicks("Weights", in_=story.casey.home())
    return shown(story)


def shown(story: Story, holding: str = "") -> dict[str, Any]:
    def there() -> bool:
        view = story.casey.modal
        return bool(view and view["callback_id"] == "weights_shown" and holding in str(view))

    assert story.sandbox.until(there), story.casey.modal
    return story.casey.modal


def changes(story: Story, place: int, **numbers: str) -> Reply:
    """Casey changes one group of numbers, the first being the shares of the 100 points."""
    story.casey.clicks("Change", nth=place)
    story.casey.fills(numbers)
    return story.casey.submits()


def policy(story: Story) -> settings.Policy:
    with story.reading() as session:
        return settings.policy(session)


def points(story: Story, factor: str) -> set[str]:
    """The points that the next search gives each candidate's reasons for."""
    found = story.riley.types("/reference healthcare director product-A", channel=SALES)
    with story.reading() as session:
        last = session.scalars(select(Search).order_by(Search.id.desc())).first()
        assert found.ok
        assert last is not None
        return {
            f"{reason['points']:g}"
            for candidate in last.answer["candidates"]
            for reason in candidate["reasons"]
            if reason["factor"] == factor
        }


def test_changed_weights_are_felt_by_the_next_search(story: Story) -> None:
    assert points(story, "industry") == {"27.5"}
    opened = opens(story)
    assert "*77*  what is asked for" in str(opened)
    assert "Nobody has changed weights or limits yet" in str(opened)
    assert changes(story, 1, industry="0", product="50", level="50").ok
    listed = shown(story, "Saved")
    assert "product *50*" in str(listed)
    assert "Last changed by <@U0CASEY>" in str(listed)
    assert points(story, "industry") == {"0"}
    assert points(story, "product") == {"38.5"}
    with story.reading() as session:
        assert session.scalars(select(Change.kind).order_by(Change.id)).all()[-1] is Changed.POLICY
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert event is not None
        assert (event.what, event.as_role) == ("weights:change", "champion")


@one_engine
def test_numbers_that_cannot_be_are_told_at_their_fields(story: Story) -> None:
    opens(story)
    assert list(changes(story, 0, strengths="101").errors) == ["strengths"]
    story.casey.fills({"strengths": "x"})
    assert list(story.casey.submits().errors) == ["strengths"]
    story.casey.fills({"strengths": "50"})
    errors = story.casey.submits().errors
    assert "sum to 145" in errors["fit_points"]
    story.casey.fills({"strengths": "5", "fit_points": "60"})
    assert story.casey.submits().ok
    assert "17 of 100 points are not given to anything" in str(shown(story, "Saved"))
    assert policy(story).matching == MatchingPolicy(fit_points=60)


@one_engine
def test_the_strengths_of_an_activity_are_weighed(story: Story) -> None:
    opens(story)
    story.casey.chooses("change_strengths", "Speaking")
    assert story.sandbox.until(lambda: story.casey.modal["callback_id"] == "weights_form")
    story.casey.fills({"passion": "9", "seniority": "3", "public_speaking": "0"})
    assert story.casey.submits().ok
    assert "Speaking: passion *9*, seniority *3*, business value *1*" in str(shown(story, "Saved"))
    assert policy(story).matching.emphasis["speaking"]["passion"] == 9
    assert policy(story).matching.emphasis["video"] == MatchingPolicy().emphasis["video"]


@one_engine
def test_numbers_are_tried_on_the_last_search_before_they_are_saved(story: Story) -> None:
    assert "once you have made one" in str(opens(story))
    story.casey.closes_modal()
    story.casey.types("/reference healthcare director", channel=SALES)
    assert "your last search, “healthcare director”, gives" in str(opens(story))
    story.casey.clicks("Change", nth=0)
    story.casey.fills({"fit_points": "10", "rotation_points": "0"})
    story.casey.clicks("Try on my last search")
    assert story.sandbox.until(lambda: "With these numbers" in str(story.casey.modal))
    tried = str(story.casey.modal)
    assert "Director of Pharmacy" in tried
    assert "“healthcare director”" in tried
    assert policy(story).matching == MatchingPolicy()
    story.casey.fills({"fit_points": "99"})
    story.casey.clicks("Try on my last search")
    assert story.sandbox.until(lambda: "must not exceed 100" in str(story.casey.modal))
    assert "With these numbers" not in str(story.casey.modal)


@one_engine
def test_weights_are_set_back_and_limits_stay(story: Story) -> None:
    assert "Back to the shipped weights" not in labels(opens(story))
    assert changes(story, 3, person_per_quarter="1", near_renewal_days="60").ok
    listed = shown(story, "Saved")
    assert "At most *1* uses of a person" in str(listed)
    assert "*60* days before a renewal" in str(listed)
    assert changes(story, 1, industry="99").ok
    assert "Back to the shipped weights" in labels(shown(story, "industry *99*"))
    story.casey.clicks("Back to the shipped weights")
    assert "Set back to the shipped weights by <@U0CASEY>" in str(shown(story, "Set back"))
    kept = policy(story).matching
    assert kept == MatchingPolicy(person_per_quarter=1, near_renewal_days=60)
    assert kept.fit == FIT


@one_engine
def test_saving_what_is_in_force_changes_nothing(story: Story) -> None:
    opens(story)
    with story.reading() as session:
        before = session.scalar(select(func.count()).select_from(Event))
    assert changes(story, 1).ok
    shown(story, "Saved")
    with story.reading() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == before


@one_engine
def test_a_search_for_what_weighs_nothing_is_answered(story: Story) -> None:
    opens(story)
    assert changes(story, 1, industry="0").ok
    shown(story, "industry *0*")
    found = story.riley.types("/reference healthcare", channel=SALES)
    assert "references fit" in found.text


@one_engine
def test_reps_see_no_weights(story: Story) -> None:
    assert "Weights" not in labels(story.riley.home())
    assert "Weights" in labels(story.devon.home())
