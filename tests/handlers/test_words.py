"""The champion's words: taught in Slack, stored, read by the next line; and back."""

from typing import Any

from sqlalchemy import func, select

from refbot.sandbox.acts.reply import Reply
from refbot.storage.accounts import CompanyWord, Product
from refbot.storage.colleagues import Part
from refbot.storage.events import Event
from refbot.storage.references import Tag
from refbot.storage.revisions import Change, Changed, current
from tests.handlers.looking import (
    answer_alone,
    labels,
    newest_request,
    one_engine,
    sets_colleague,
    unchanged,
)
from tests.story import SALES, Story


def words(story: Story) -> list[tuple[str, str, str]]:
    with story.reading() as session:
        rows = session.scalars(select(CompanyWord).order_by(CompanyWord.id))
        return [(word.facet, word.value, word.text) for word in rows]


def opens(story: Story) -> dict[str, Any]:
    """Casey opens the list from Home."""
    story.casey.clicks("Words", in_=story.casey.home())
    return shown(story)


def shown(story: Story, holding: str = "") -> dict[str, Any]:
    """The list, once it is drawn and holds a text."""

    def there() -> bool:
        view = story.casey.modal
        return bool(view and view["callback_id"] == "words_list" and holding in str(view))

    assert story.sandbox.until(there), story.casey.modal
    return story.casey.modal


def adds(story: Story, typed: str, meaning: str | None = None, **fields: Any) -> Reply:
    """Casey adds words; what they do beside it is confirmed where it is asked."""
    if story.casey.modal is None:
        opens(story)
    story.casey.clicks("Add words")
    chosen = {"meaning": meaning} if meaning else {}
    story.casey.fills({"words": typed} | chosen | fields)
    sent = story.casey.submits()
    if sent.ok and story.casey.modal["callback_id"] == "word_form":
        sent = story.casey.submits()
    return sent


def adding(story: Story, typed: str, meaning: str | None = None, **fields: Any) -> dict[str, str]:
    """What is wrong with words, by the form's fields; the form is closed again."""
    sent = adds(story, typed, meaning, **fields)
    if not sent.ok:
        story.casey.closes_modal()
    return sent.errors


def understood(story: Story, line: str) -> str:
    return str(story.riley.types(f"/reference {line}", channel=SALES).blocks)


def test_a_word_taught_in_home_is_read_by_the_next_line(story: Story) -> None:
    assert "Not understood: “lighthouse”" in understood(story, "lighthouse")
    opened = opens(story)
    assert "no words of your own yet" in str(opened)
    before = _revision(story)
    assert adds(story, "Lighthouse, light-house gang", "Product A").ok
    listed = shown(story, "now mean *Product A* (Product)")
    assert "“Lighthouse” → *Product A* (Product)" in str(listed)
    assert "You are looking for: *Product A*" in understood(story, "lighthouse")
    assert "You are looking for: *Product A*" in understood(story, "light-house gang")
    assert words(story) == [
        ("product", "Product A", "Lighthouse"), ("product", "Product A", "light-house gang"),
    ]  # fmt: skip
    assert _events(story) == ["word:add", "word:add"]
    assert (_revision(story), _changes(story)[-1]) == (before + 1, Changed.WORDS)
    assert "*2* words of your own" in str(story.casey.home())


@one_engine
def test_words_of_every_kind_can_be_taught(story: Story) -> None:
    taught = {
        "industry": ("money houses", "Banking", "*Banking*"),
        "country": ("heimat", "Germany", "*Germany*"),
        "region": ("our north", "Nordics", "*Nordics*"),
        "level": ("big cheese", "C-level", "*C-level*"),
        "function": ("bean counters", "finance", "*Finance*"),
        "activity": ("ringaround", "Sales call", "*Sales call*"),
        "language": ("gallic", "French", "*French*"),
        "account": ("the summit", "Bluepeak Bank", "*Bluepeak Bank*"),
        "company_size": ("elephants", "5,000+ employees", "*5,000+ employees*"),
        "tenure_min_years": ("old friends", "customer for 3+ years", "*customer for 3+ years*"),
        "tag": ("kubes", "New tag “Kubernetes”", "*Kubernetes*"),
        "product": ("moonshot", "New product “Apollo”", "*Apollo*"),
    }
    typed = {"Sales call": "sales call", "5,000+ employees": "5000+ employees",
             "customer for 3+ years": "customer for 3+ years",
             "New tag “Kubernetes”": "Kubernetes", "New product “Apollo”": "Apollo"}  # fmt: skip
    opens(story)
    for text, meaning, read in taught.values():
        story.casey.clicks("Add words")
        offered = story.casey.options("word_meaning", typed.get(meaning, meaning))
        story.casey.closes_modal()
        chosen = next(o for o in offered if o["text"]["text"].lower() == meaning.lower())
        assert adds(story, text, chosen).ok, text
        assert read in understood(story, text), text
    assert {facet for facet, _, _ in words(story)} == set(taught)
    with story.reading() as session:
        assert session.scalars(select(Tag.name)).all() == ["Kubernetes"]
        assert "Apollo" in session.scalars(select(Product.name)).all()
    assert {"tag:add", "product:add"} <= set(_events(story))


@one_engine
def test_the_request_form_offers_what_the_companys_words_stand_for(story: Story) -> None:
    for text, typed, meaning in (
        ("elephants", "5000+ employees", "5,000+ employees"),
        ("old friends", "customer for 3+ years", "customer for 3+ years"),
        ("lighthouse", "Product A", "Product A"),
    ):
        opens(story)
        story.casey.clicks("Add words")
        offered = story.casey.options("word_meaning", typed)
        story.casey.closes_modal()
        chosen = next(o for o in offered if o["text"]["text"] == meaning)
        assert adds(story, text, chosen).ok, text
        shown(story, f"“{text}” now means")
        story.casey.closes_modal()
    story.riley.types("/reference", channel=SALES)
    wanted = [
        story.riley.options("form_criteria", typed)[0] for typed in ("eleph", "old fr", "lighth")
    ]
    assert [o["text"]["text"] for o in wanted] == ["5,000+ employees", "3+ years", "Product A"]
    story.riley.fills({"activity": "quote", "criteria": wanted})
    assert story.riley.submits().ok
    asked = newest_request(story).criteria["criteria"]
    assert (asked["company_size"]["min"], asked["tenure_min_years"]) == (5000, 3)


@one_engine
def test_what_cannot_be_a_word_is_told_at_its_field(story: Story) -> None:
    wrong = {
        " , ;": "Please type a word",
        "x": "single letter",
        "!!!": "no letter",
        "5k": "as a number",
        "2+ years": "as a number",
        "1000 employees": "as a number",
        "w" * 121: "has 121 characters",
        ", ".join(f"word{n}" for n in range(51)): "51 words",
    }
    for typed, told in wrong.items():
        errors = adding(story, typed, "Product A")
        assert list(errors) == ["words"], typed
        assert told in errors["words"], typed
    assert words(story) == []


@one_engine
def test_a_word_that_is_taken_and_a_missing_meaning_are_told_at_their_fields(story: Story) -> None:
    assert adds(story, "Lighthouse", "Product A").ok
    assert "already means Product A" in adding(story, "light house", "Product B")["words"]
    assert "means this already" in adding(story, "LIGHTHOUSE", "Product A")["words"]
    assert "means this already" in adding(story, "Product-A", "Product A")["words"]
    assert list(adding(story, "beacon")) == ["meaning"]
    gone = {"text": {"type": "plain_text", "text": "Gone"}, "value": "product:Gone"}
    assert "do not know this value" in adding(story, "beacon", gone)["meaning"]
    off = adding(story, "lighthouse", sense="nothing")
    assert "means Product A to you" in off["words"]
    assert len(words(story)) == 1
    assert adds(story, "Lighthouse, beacon", "Product A").ok
    assert [text for _, _, text in words(story)] == ["Lighthouse", "beacon"]


@one_engine
def test_what_a_word_meant_until_now_is_told_before_it_is_saved(story: Story) -> None:
    opens(story)
    story.casey.clicks("Add words")
    story.casey.fills({"words": "MD", "meaning": "Medical"})
    assert story.casey.submits().ok
    asked = story.casey.modal
    assert "Until now “MD” could mean" in str(asked)
    assert "From now on it means *Medical* (Function) and nothing else" in str(asked)
    assert words(story) == []
    story.casey.fills({"words": "GM"})
    assert story.casey.submits().ok
    assert "Until now “GM” could mean" in str(story.casey.modal)
    assert story.casey.submits().ok
    shown(story, "“GM” now means *Medical*")
    assert words(story) == [("function", "medical", "GM")]
    assert "can mean" not in understood(story, "healthcare GM")


def test_a_shipped_word_is_switched_off_and_on_again(story: Story) -> None:
    assert "*Banking*" in understood(story, "bank germany")
    opens(story)
    story.casey.clicks("Add words")
    story.casey.fills({"words": "bank", "sense": "nothing"})
    assert story.casey.submits().ok
    assert "Until now “bank” meant *Banking*. From now on I read nothing into it" in str(
        story.casey.modal
    )
    assert story.casey.submits().ok
    assert "nothing: I read over it" in str(shown(story, "“bank” → _nothing"))
    told = understood(story, "bank germany")
    assert "You are looking for: *Germany*'" in told
    assert "Banking" not in told
    assert "Not understood" not in told
    _removes(story, "bank", saying="I then read it as *Banking*")
    assert "*Banking*" in understood(story, "bank germany")
    assert words(story) == []
    assert _events(story) == ["word:add", "word:remove"]


@one_engine
def test_a_word_with_two_meanings_is_offered_to_the_rep(story: Story) -> None:
    assert adds(story, "falcon", "Product A").ok
    story.casey.clicks("Add words")
    story.casey.fills({"words": "falcon", "meaning": "Bluepeak Bank"})
    assert story.casey.submits().ok
    assert "“falcon” also means *Product A* to you" in str(story.casey.modal)
    assert story.casey.submits().ok
    assert "It can also mean *Bluepeak Bank* (Account)" in str(shown(story, "It can also mean"))
    assert "“falcon” can mean" in understood(story, "falcon")


@one_engine
def test_a_word_is_changed_in_spelling_and_meaning(story: Story) -> None:
    assert adds(story, "lighthouse, beacon", "Product A").ok
    story.casey.clicks("Change", in_=shown(story, "“lighthouse”"), nth=1)
    story.casey.fills({"words": "beacon"})
    assert "means this already" in story.casey.submits().errors["words"]
    story.casey.fills({"words": "beacon, lamp"})
    assert "This is one word" in story.casey.submits().errors["words"]
    story.casey.fills({"words": "lamp post", "meaning": "Product B"})
    assert story.casey.submits().ok
    shown(story, "“lamp post” now means *Product B*")
    assert "*Product B*" in understood(story, "lamp post")
    assert "Not understood" in understood(story, "lighthouse")
    assert _events(story)[-1] == "word:change"


@one_engine
def test_a_new_tag_goes_with_its_last_word(story: Story) -> None:
    opens(story)
    story.casey.clicks("Add words")
    offered = story.casey.options("word_meaning", "Kubernetes")
    story.casey.closes_modal()
    tag = next(o for o in offered if "New tag" in o["text"]["text"])
    assert adds(story, "Kubernetes", tag).ok
    assert "*Kubernetes*" in understood(story, "kubernetes")
    _removes(story, "Kubernetes", saying="The tag itself goes with it")
    assert "Not understood" in understood(story, "kubernetes")
    with story.reading() as session:
        assert session.scalar(select(func.count()).select_from(Tag)) == 0


@one_engine
def test_a_word_that_another_champion_removed_is_told_to_be_gone(story: Story) -> None:
    assert adds(story, "lighthouse", "Product A").ok
    shown(story, "“lighthouse” now means")
    story.devon.clicks("Words", in_=story.devon.home())
    assert story.sandbox.until(lambda: story.devon.modal)
    _removes(story, "lighthouse")
    said = answer_alone(story, story.devon, lambda: story.devon.clicks("Change"))
    assert "no longer there" in said


@one_engine
def test_two_thousand_words_are_paged_filtered_and_found(story: Story) -> None:
    assert story.bot is not None
    with story.bot.world.database.write() as session:
        session.add_all(
            CompanyWord(facet="product", value="Product A", text=f"nickname {n:04} " + "w" * 100)
            for n in range(2000)
        )
        session.add(CompanyWord(facet="industry", value="banking", text="money house"))
    first = opens(story)
    assert "1 to 25 of 2,003" in str(first)
    assert len(first["blocks"]) < 40
    story.casey.clicks("More")
    second = shown(story, "26 to 50 of 2,003")
    assert "Back" in labels(second)
    story.casey.fills({"find": "Nick-name 0777"})
    assert story.casey.submits().ok
    found = shown(story, "1 to 1 of 1")
    assert "nickname 0777" in str(found)
    assert "More" not in labels(found)
    story.casey.fills({"find": "banking"})
    assert story.casey.submits().ok
    shown(story, "“money house”")
    story.casey.clicks("Change", nth=0)
    story.casey.fills({"words": "money home"})
    assert story.casey.submits().ok
    assert "1 to 1 of 1" in str(shown(story, "“money home” now means")), "the search still holds"
    story.casey.fills({"find": None})
    story.casey.chooses("words_kind", "Industry")
    assert "1 to 1 of 1" in str(shown(story, "1 to 1 of 1"))
    story.casey.chooses("words_kind", "Region")
    assert "No word like this" in str(shown(story, "No word like this"))


@one_engine
def test_only_who_leads_the_program_sees_and_changes_words(story: Story) -> None:
    assert "Words" not in labels(story.riley.home())
    assert "Words" in labels(story.devon.home())
    story.devon.clicks("Words", in_=story.devon.home())
    assert story.sandbox.until(lambda: story.devon.modal)
    opens(story)
    story.casey.clicks("Add words")
    story.casey.fills({"words": "lighthouse", "meaning": "Product A"})
    sets_colleague(story, story.riley, part=Part.CHAMPION)
    for person in (story.casey, story.devon):
        sets_colleague(story, person, part=Part.MEMBER)
    for label in ("Add words", "Words not understood"):
        said = answer_alone(story, story.devon, lambda label=label: story.devon.clicks(label))
        assert "Only the program champion or a deputy" in said
        story.devon.closes_modal()
    unchanged(story, lambda: _is_refused(story))
    assert words(story) == []


def _is_refused(story: Story) -> None:
    story.casey.submits()
    assert "Only the program champion" in str(story.casey.modal)


def _removes(story: Story, text: str, *, saying: str = "") -> None:
    if story.casey.modal is None:
        opens(story)
    listed = shown(story, f"“{text}”")
    rows = [b for b in listed["blocks"] if b["block_id"].startswith("word-")]
    row = next(n for n, b in enumerate(rows) if f"“{text}”" in str(b))
    story.casey.clicks("Change", nth=row)
    story.casey.clicks("Remove …")
    assert story.sandbox.until(lambda: story.casey.modal["callback_id"] == "remove_word_form")
    assert saying in str(story.casey.modal)
    assert story.casey.submits().ok
    shown(story, f"“{text}” is removed")


def _events(story: Story) -> list[str]:
    with story.reading() as session:
        found = session.scalars(select(Event).order_by(Event.id))
        return [e.what for e in found if e.what.partition(":")[0] in {"word", "tag", "product"}]


def _revision(story: Story) -> int:
    with story.reading() as session:
        return current(session)


def _changes(story: Story) -> list[Changed]:
    with story.reading() as session:
        return list(session.scalars(select(Change.kind).order_by(Change.id)))
