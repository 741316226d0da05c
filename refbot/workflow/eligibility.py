"""Whether a reference may be asked, decided in the database at the moment of choosing."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from refbot.errors import NotEligible, NotFound
from refbot.matching.eligibility import why_held_back, why_never
from refbot.matching.profile import Profile
from refbot.storage.accounts import Account
from refbot.storage.blocks import Day, profiles
from refbot.storage.references import Reference
from refbot.storage.requests import Request
from refbot.workflow.acts import Act


def lock(session: Session, reference_id: int) -> Reference:
    """Hold the account's and the reference's row, always in this order, until the commit.

    The keys stay free: an import's new rows that point to them need not wait for us.
    """
    account_id = select(Reference.account_id).where(Reference.id == reference_id)
    session.execute(
        select(Account.id).where(Account.id.in_(account_id)).with_for_update(key_share=True)
    ).all()
    reference = session.scalars(
        select(Reference)
        .where(Reference.id == reference_id)
        .with_for_update(of=Reference, key_share=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if reference is None:
        raise NotFound("This reference is no longer in the database. Please search again.")
    return reference


def present_profile(act: Act, reference_id: int) -> Profile:
    """Give the reference as the database has it now."""
    day = Day.of(act.now, act.program.zone)
    found = profiles(act.session, [reference_id], day=day, policy=act.policy)
    if not found:
        raise NotFound("This reference is no longer in the database. Please search again.")
    return found[0]


def holds_back(act: Act, reference_id: int, request: Request) -> tuple[str, ...]:
    """Give what holds the reference back and a champion can override; NotEligible is final."""
    profile = present_profile(act, reference_id)
    today = Day.of(act.now, act.program.zone).today
    never = why_never(profile, request.activity, as_of=today, prospect=request.prospect)
    if never:
        shown = profile.mask or profile.account
        raise NotEligible(f"{profile.title or 'This reference'} at {shown}: {never}.")
    return why_held_back(profile, request.activity, as_of=today, policy=act.policy.matching)


def must_be_free(held_back: Iterable[str], overridden: Iterable[str]) -> None:
    """Refuse what holds the reference back and no champion overrode."""
    accepted = set(overridden)
    if new := [reason for reason in held_back if reason not in accepted]:
        raise NotEligible(
            f"This reference is held back: {', '.join(new)}. "
            "Choose another, or choose this one with a reason for the override."
        )
