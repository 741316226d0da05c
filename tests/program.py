"""A small program: few references, each there for one reason."""

from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from refbot.lifecycle import ReferenceStatus
from refbot.matching.profile import Willingness
from refbot.storage import Database
from refbot.storage.accounts import Account, AccountProduct, Product
from refbot.storage.colleagues import Colleague
from refbot.storage.opportunities import Opportunity
from refbot.storage.references import Consent, Reference, ReferenceWillingness
from refbot.storage.revisions import Changed, record

ACTIVITIES = (
    "sales_call", "investor_call", "media_call", "speaking", "case_study", "article", "quote",
    "video", "press_release", "site_visit", "review",
)  # fmt: skip


def seed_program(database: Database, now: datetime) -> None:
    """Three healthcare directors on Product A at three accounts, a resting one, a banker."""
    with database.write() as session:
        products = [Product(name=n, name_key=n.lower()) for n in ("Product A", "Product B")]
        session.add_all(products)
        session.flush()
        made = [
            _account(session, "Northwind Health", "healthcare", "US", now, products[0]),
            _account(session, "Calloway Clinics", "healthcare", "GB", now, products[0]),
            _account(
                session, "Sonnfeld Klinik", "healthcare", "DE", now, products[0],
                may_be_named=False, mask="large German hospital group",
            ),
            _account(session, "Bluepeak Bank", "banking", "DE", now, products[1]),
        ]  # fmt: skip
        made[0].owner_email = "sam.ortiz@northbeam.example"
        made[1].owner_email = "noor.haddad@northbeam.example"
        made[2].owner_email = "nobody.here@northbeam.example"
        _reference(
            session,
            made[0],
            "Dana Finch",
            "Director of Pharmacy",
            "director",
            "medical",
            now,
            business_value=5,
            technical_depth=4,
            one_to_one=5,
            passion=4,
        )
        _reference(
            session,
            made[1],
            "Priya Nandakumar",
            "IT Director",
            "director",
            "it",
            now,
            business_value=4,
            one_to_one=4,
            passion=4,
        )
        _reference(
            session,
            made[2],
            "Jonas Brandt",
            "Director of Operations",
            "director",
            "operations",
            now,
            business_value=3,
            one_to_one=3,
        )
        _reference(
            session,
            made[1],
            "Oliver Stone-Hart",
            "Director of Nursing",
            "director",
            "medical",
            now,
            last_used=now.date() - timedelta(days=3),
        )
        _reference(session, made[3], "Greta Lindqvist", "CFO", "c_level", "finance", now)
        session.add(
            Opportunity(
                crm_id="OPP-1", name="Globex rollout", prospect="Globex", stage="Engaging",
                is_open=True, amount=250_000, close_date=now.date() + timedelta(days=40),
                updated_at=now,
            )
        )  # fmt: skip
        record(session, [(Changed.ALL, 0)])


def _account(  # noqa: PLR0917
    session: Session, name: str, industry: str, country: str, now: datetime, product: Product,
    **more: object,
) -> Account:  # fmt: skip
    account = Account(
        name=name, name_key=name.lower(), industry=industry, country=country, employees=5000,
        updated_at=now, **more,
    )  # fmt: skip
    account.products.append(AccountProduct(product=product, live_since=date(2021, 3, 1)))
    session.add(account)
    session.flush()
    return account


def _reference(  # noqa: PLR0917
    session: Session, account: Account, name: str, title: str, level: str, function: str,
    now: datetime, **more: object,
) -> Reference:  # fmt: skip
    reference = Reference(
        account_id=account.id, name=name, title=title, level=level, function=function,
        email=f"{name.split(maxsplit=1)[0].lower()}@{account.name.split()[0].lower()}.example.com",
        status=ReferenceStatus.ACTIVE, updated_at=now, **more,
    )  # fmt: skip
    reference.willingness = [
        ReferenceWillingness(activity=a, answer=Willingness.YES) for a in ACTIVITIES
    ]
    reference.consents = [Consent(granted_on=date(2024, 1, 2), evidence="form of 2 Jan 2024")]
    session.add(reference)
    session.flush()
    return reference


def name_part(database: Database, email: str, part: str) -> None:
    """Give a colleague a part in the program."""
    with database.write() as session:
        session.execute(update(Colleague).where(Colleague.email == email).values(part=part))
