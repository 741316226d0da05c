"""The request form: filled in with what is known, errors at the field, fed type-aheads."""

from datetime import timedelta
from typing import Any

from refbot.sandbox.person import Person
from refbot.storage.colleagues import Part, by_slack_id
from refbot.storage.opportunities import Opportunity
from tests.handlers.looking import (
    counts,
    newest_request,
    one_engine,
    references,
    sets_account,
    thread,
    unchanged,
)
from tests.story import SALES, Story

DEAL = "Globex rollout (OPP-1)"


def values(person: Person) -> dict[str, Any]:
    """What the fields of the form hold, by name."""
    held: dict[str, Any] = {}
    for block, elements in person.modal["state"]["values"].items():
        entry = next(iter(elements.values()))
        option = entry.get("selected_option")
        many = entry.get("selected_options")
        held[block.partition("@")[0]] = (
            option["value"] if option else
            [o["value"] for o in many] if many is not None else
            entry.get("value") or entry.get("selected_date")
        )  # fmt: skip
    return held


def listed(person: Person) -> Any:
    """The pipeline's deal, as the type-ahead of the open form offers it."""
    return person.options("form_opportunity", "glob")[0]


def today(story: Story) -> Any:
    return story.bot.world.pool.today(story.now())


@one_engine
def test_the_form_opens_with_what_the_search_understood(story: Story) -> None:
    line = "/reference healthcare product-A director not automotive 5k+ employees investor call"
    found = story.riley.types(line, channel=SALES)
    expected = {
        "industry:healthcare", "product:Product A", "level:director", "-industry:automotive",
        "company_size:5000:",
    }  # fmt: skip
    for button in ("Request", "Refine", "None fits: ask the champion"):
        story.riley.clicks(button, in_=found)
        held = values(story.riley)
        assert set(held["criteria"]) == expected, button
        assert held["activity"] == "investor_call"
        story.riley.closes_modal()
    story.riley.clicks("Request", in_=found, nth=1)
    assert "IT Director · Calloway Clinics" in str(story.riley.modal["blocks"])


@one_engine
def test_a_colleagues_message_and_the_global_shortcut_open_the_form(story: Story) -> None:
    story.rex.types("anyone got a director at a bank in Germany? @casey <b>", channel=SALES)
    message = story.riley.sees(SALES)[-1]
    assert story.riley.uses_message_shortcut("Find a reference", message).ok
    held = values(story.riley)["criteria"]
    assert {"industry:banking", "country:DE", "level:director"} <= set(held)
    story.riley.closes_modal()

    assert story.riley.uses_shortcut("Request a reference").ok
    held = values(story.riley)
    assert held["activity"] == "sales_call"
    assert not held["criteria"]


@one_engine
def test_choosing_an_opportunity_fills_in_the_deal_and_keeps_the_rest(story: Story) -> None:
    found = story.riley.types("/reference healthcare director", channel=SALES)
    story.riley.clicks("Request", in_=found)
    story.riley.fills({"prospect": "typed before", "topics": "security"})
    story.riley.fills({"opportunity": listed(story.riley)})
    held = values(story.riley)
    close = (today(story) + timedelta(days=40)).isoformat()
    assert held["prospect"] == "Globex"
    assert held["amount"] == "250000"
    assert held["stage"] == "Engaging"
    assert held["close_date"] == close
    assert held["topics"] == "security"
    assert set(held["criteria"]) == {"industry:healthcare", "level:director"}
    assert story.riley.submits().ok
    request = newest_request(story)
    assert (request.prospect, request.amount, request.stage) == ("Globex", 250_000, "Engaging")
    assert request.opportunity == DEAL
    assert request.opportunity_id is not None
    assert request.close_date.isoformat() == close


@one_engine
def test_an_opportunity_can_be_typed(story: Story) -> None:
    story.requests(opportunity="Big deal at Initech", prospect="Initech", amount="10")
    request = newest_request(story)
    assert request.opportunity == "Big deal at Initech"
    assert request.opportunity_id is None
    assert "Big deal at Initech" in str(story.card()["blocks"])


@one_engine
def test_what_is_missing_or_cannot_be_is_said_at_the_field(story: Story) -> None:
    found = story.riley.types("/reference healthcare director", channel=SALES)
    story.riley.clicks("Request", in_=found)

    def tries() -> None:
        sent = story.riley.submits()
        assert {name.partition("@")[0] for name in sent.errors} == {
            "prospect", "opportunity", "amount",
        }  # fmt: skip
        story.riley.fills({"opportunity": DEAL, "prospect": "Globex", "amount": "1"})
        yesterday = (today(story) - timedelta(days=1)).isoformat()
        story.riley.fills({"needed_by": yesterday})
        sent = story.riley.submits()
        assert list(sent.errors) == ["needed_by"]
        assert "today or later" in sent.errors["needed_by"]

    unchanged(story, tries)
    story.riley.fills({"needed_by": today(story).isoformat()})
    assert story.riley.submits().ok
    assert story.statuses() == ["proposed"]


@one_engine
def test_an_opportunity_that_is_gone_is_told(story: Story) -> None:
    found = story.riley.types("/reference healthcare director", channel=SALES)
    story.riley.clicks("Request", in_=found)
    story.riley.fills({"opportunity": listed(story.riley)})
    with story.bot.world.database.write() as session:
        session.delete(session.get_one(Opportunity, 1))
    sent = story.riley.submits()
    assert [name.partition("@")[0] for name in sent.errors] == ["opportunity"]
    assert counts(story)["request"] == 0


@one_engine
def test_two_references_are_proposed_at_two_accounts_and_other_activities_need_no_deal(
    story: Story,
) -> None:
    found = story.riley.types("/reference healthcare product-A director", channel=SALES)
    story.riley.clicks("Request", in_=found)
    story.riley.fills({"activity": "case_study", "how_many": "2"})
    assert story.riley.submits().ok
    assert references(story) == ["Dana Finch", "Priya Nandakumar"]
    assert str(story.card()["blocks"]).count("Approve") == 2
    assert newest_request(story).prospect is None

    story.casey.clicks("Approve", in_=story.card(), nth=1)
    assert story.statuses() == ["proposed", "owner_check"]


@one_engine
def test_a_reference_never_meets_its_own_company_nor_one_it_must_not_be_shown_to(
    story: Story,
) -> None:
    sets_account(story, "Calloway Clinics", never_shown_to=["Umbrella Corp"])
    found = story.riley.types("/reference healthcare product-A director", channel=SALES)
    before = counts(story)
    for place, prospect, why in (
        (0, "NORTHWIND Health, Inc.", "is the prospect itself"),
        (1, "umbrella corp.", "must never be shown to this prospect"),
    ):
        story.riley.clicks("Request", in_=found, nth=place)
        story.riley.fills({"opportunity": DEAL, "prospect": prospect, "amount": "5"})
        sent = story.riley.submits()
        assert list(sent.errors) == ["criteria"]
        assert why in sent.errors["criteria"]
        assert "Finch" not in sent.errors["criteria"]
        story.riley.closes_modal()
    assert counts(story) == before

    story.riley.clicks("Refine", in_=found)  # then the rules choose, and leave both out
    story.riley.fills({"opportunity": DEAL, "prospect": "Umbrella Corp", "amount": "5"})
    assert story.riley.submits().ok
    assert references(story) == ["Dana Finch"]
    assert thread(story) == []


@one_engine
def test_type_aheads_offer_what_the_words_mean(story: Story) -> None:
    story.riley.types("/reference", channel=SALES)

    def offered(action: str, typed: str) -> list[str]:
        return [option["value"] for option in story.riley.options(action, typed)]

    assert offered("form_criteria", "5k+ employees")[0] == "company_size:5000:"
    assert offered("form_criteria", "not automotive")[0] == "-industry:automotive"
    assert offered("form_criteria", "germny")[0] == "country:DE"
    assert "product:Product A" in offered("form_criteria", "product a")
    assert offered("form_criteria", "zz\u202e<!channel>") == []
    assert offered("form_opportunity", "GLOB") == ["1", "typed:GLOB"]
    assert offered("form_opportunity", "opp-1")[0] == "1"
    assert offered("form_opportunity", "100%_\\")[-1].startswith("typed:100%")
    assert "1" in offered("form_opportunity", "")


@one_engine
def test_only_who_leads_finds_references_by_name(story: Story) -> None:
    story.requests()
    story.casey.clicks("Choose another", in_=story.card())
    offered = story.casey.options("choose_any", "lindq")
    assert [option["text"]["text"] for option in offered] == [
        "Greta Lindqvist, CFO · Bluepeak Bank"
    ]
    with story.bot.world.database.write() as session:
        by_slack_id(session, story.casey.id).part = Part.MEMBER
    assert story.casey.options("choose_any", "lindq") == []


@one_engine
def test_an_amount_beyond_all_deals_is_told_at_its_field(story: Story) -> None:
    story.riley.types("/reference", channel=SALES)
    story.riley.fills({"opportunity": DEAL, "prospect": "Globex", "Amount": "9" * 30})
    sent = story.riley.submits()
    assert [name.partition("@")[0] for name in sent.errors] == ["amount"]
    assert counts(story)["request"] == 0
