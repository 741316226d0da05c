"""The company's words: two champions at once, values that are used, what no form would send."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from refbot.errors import InvalidInput, NotAllowed, NotFound
from refbot.matching.profile import Facet
from refbot.storage.accounts import Account, AccountProduct, CompanyWord, Product
from refbot.storage.colleagues import Colleague
from refbot.storage.events import Event
from refbot.storage.opportunities import Opportunity
from refbot.storage.references import Reference, ReferenceProduct, ReferenceTag, Tag
from refbot.storage.words import Mark, words
from refbot.workflow.meanings import Meant
from refbot.workflow.searches import search
from refbot.workflow.words import dismiss, remove_word, teach, unknown_text
from tests.storage.together import together
from tests.workflow.office import MONDAY, Office

PRODUCT_A = Meant(Facet.PRODUCT, "Product A")
NEW_TAG = Meant(Facet.TAG, "Kubernetes", is_new=True)


def teaches(office: Office, who: str, typed: str, meant: Meant, word_id: int | None = None) -> str:
    """What became of it: "taught", or the sentence that says why not."""
    try:
        with office.acts(who) as act:
            teach(act, word_id, typed, meant)
    except InvalidInput as error:
        return str(error)
    return "taught"


def texts(office: Office) -> list[str]:
    with office.world.database.read() as session:
        found = session.scalars(select(CompanyWord).order_by(CompanyWord.id))
        return [f"{word.text}: {word.facet} {word.value}".strip() for word in found]


def test_of_two_champions_who_teach_a_word_at_once_the_second_is_told(office: Office) -> None:
    product_b = Meant(Facet.PRODUCT, "Product B")
    told = together(
        2,
        lambda n: teaches(office, *(("casey", "Lighthouse", PRODUCT_A),
                                    ("devon", "light-house", product_b))[n]),
    )  # fmt: skip
    assert told.count("taught") == 1
    assert "already means Product" in max(told)
    assert len(texts(office)) == 1


def test_a_new_product_is_made_once_by_two_champions(office: Office) -> None:
    new = Meant(Facet.PRODUCT, "Apollo", is_new=True)
    told = together(2, lambda n: teaches(office, ("casey", "devon")[n], f"moon{'xy'[n]}shot", new))
    assert sorted(told) == ["There is “Apollo” already; please choose it.", "taught"]


@pytest.mark.parametrize(
    "used_by",
    [
        lambda apollo: AccountProduct(account_id=1, product_id=apollo),
        lambda apollo: ReferenceProduct(reference_id=1, product_id=apollo),
        lambda apollo: Opportunity(
            crm_id="OPP-9", name="x", stage="s", is_open=True, product_id=apollo,
            updated_at=MONDAY,
        ),
        lambda _: CompanyWord(facet="product", value="Apollo", text="moonshot"),
    ],
    ids=["an account", "a reference", "a deal", "another word"],
)  # fmt: skip
def test_a_product_that_is_used_stays_when_its_word_goes(
    office: Office, used_by: Callable[[int], object]
) -> None:
    assert teaches(office, "casey", "Apollo", Meant(Facet.PRODUCT, "Apollo", is_new=True)) == (
        "taught"
    )
    with office.world.database.write() as session:
        apollo = session.scalars(select(Product.id).where(Product.name == "Apollo")).one()
        session.add(used_by(apollo))
    _removes(office, "Apollo")
    assert "Apollo" in _names(office, Product)


def test_a_tag_goes_with_its_last_word_unless_a_reference_has_it(office: Office) -> None:
    assert teaches(office, "casey", "kubes, Kubernetes", NEW_TAG) == ("taught")
    _removes(office, "kubes")
    assert _names(office, Tag) == ["Kubernetes"]
    with office.world.database.write() as session:
        tag = session.scalars(select(Tag.id)).one()
        reference = session.scalars(select(Reference.id)).first()
        session.add(ReferenceTag(reference_id=reference, tag_id=tag))
    _removes(office, "Kubernetes")
    assert _names(office, Tag) == ["Kubernetes"]


def test_an_alias_that_equals_a_name_of_another_kind_takes_nothing_with_it(office: Office) -> None:
    with office.world.database.write() as session:
        session.add(Tag(name="Bluepeak Bank", name_key="bluepeakbank"))
        session.add(CompanyWord(facet="account", value="Bluepeak Bank", text="Bluepeak Bank"))
    _removes(office, "Bluepeak Bank")
    assert _names(office, Tag) == ["Bluepeak Bank"]


def test_what_is_taught_is_neither_switched_off_nor_dismissed_any_more(office: Office) -> None:
    assert teaches(office, "casey", "MD", Meant(None)) == "taught"
    with office.acts("casey") as act:
        dismiss(act, "zorgblatt")
        dismiss(act, "Zorg-blatt")
    assert texts(office) == ["MD: nothing", "zorgblatt: dismissed"]
    assert teaches(office, "devon", "md, zorgblatt", PRODUCT_A) == "taught"
    assert texts(office) == ["md: product Product A", "zorgblatt: product Product A"]
    with office.world.database.read() as session:
        assert Mark.NOTHING not in {word.facet for word in words(session)}


def test_a_word_may_be_spelt_anew_without_being_in_its_own_way(office: Office) -> None:
    assert teaches(office, "casey", "light house", PRODUCT_A) == "taught"
    with office.world.database.read() as session:
        word_id = session.scalars(select(CompanyWord.id)).one()
    assert teaches(office, "casey", "Light-House", PRODUCT_A, word_id) == "taught"
    assert texts(office) == ["Light-House: product Product A"]


@pytest.mark.parametrize(
    "meant",
    [
        Meant(Facet.INDUSTRY, "zorgblatt"),
        Meant(Facet.COMPANY_SIZE, "-"),
        Meant(Facet.COMPANY_SIZE, "5000"),
        Meant(Facet.TENURE, "0"),
        Meant(Facet.TENURE, "x"),
        Meant(Facet.TAG, "gone"),
        Meant(Facet.ACCOUNT, "gone"),
        Meant(Facet.ACCOUNT, "Acme", is_new=True),
        Meant(Facet.PRODUCT, "5k", is_new=True),
    ],
)
def test_a_value_that_is_not_there_is_refused(office: Office, meant: Meant) -> None:
    assert "do not know this value" in teaches(office, "casey", "lighthouse", meant)
    assert texts(office) == []


def test_only_who_leads_teaches_removes_and_dismisses(office: Office) -> None:
    assert teaches(office, "casey", "lighthouse", PRODUCT_A) == "taught"
    for does in (
        lambda act: teach(act, None, "beacon", PRODUCT_A),
        lambda act: teach(act, None, "", None),
        lambda act: remove_word(act, 1),
        lambda act: dismiss(act, "zorgblatt"),
    ):
        for who in ("riley", "lee"):
            with pytest.raises(NotAllowed), office.acts(who) as act:
                does(act)
    assert texts(office) == ["lighthouse: product Product A"]


def test_the_audit_holds_codes_and_no_typed_text(office: Office) -> None:
    teaches(office, "casey", "lighthouse", PRODUCT_A)
    with office.acts("casey") as act:
        dismiss(act, "zorgblatt")
        remove_word(act, 1)
    with office.world.database.read() as session:
        events = session.scalars(select(Event).order_by(Event.id)).all()
        told = [(e.what, e.subject_id, e.from_status, e.to_status, e.as_role) for e in events]
    assert told == [
        ("word:add", 1, None, "product", "champion"),
        ("word:dismiss", 2, None, "dismissed", "champion"),
        ("word:remove", 1, "product", None, "champion"),
    ]


def test_a_search_that_is_forgotten_and_a_word_that_is_not_in_it_are_told(office: Office) -> None:
    with office.world.database.read() as session:
        riley = session.scalars(select(Colleague.id).where(Colleague.name == "riley")).one()
    found = search(office.world, by=riley, text="zorgblatt", key="k")
    with office.world.database.read() as session:
        assert unknown_text(session, found.id, 0) == "zorgblatt"
        for place in (1, -1):
            with pytest.raises(NotFound, match="no longer there"):
                unknown_text(session, found.id, place)
        with pytest.raises(NotFound, match="too old"):
            unknown_text(session, found.id + 1, 0)


def _removes(office: Office, text: str) -> None:
    with office.acts("casey") as act:
        word = act.session.scalars(select(CompanyWord).where(CompanyWord.text == text)).one()
        assert remove_word(act, word.id) == text


def _names(office: Office, table: type[Product | Tag | Account]) -> list[str]:
    with office.world.database.read() as session:
        return list(session.scalars(select(table.name).order_by(table.id)))
