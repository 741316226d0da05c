"""Past decisions as examples for the weights: which of the kept choices teach something."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from refbot.matching.judging import Option, PastChoice
from refbot.storage import Database
from refbot.storage.choices import Choice, ChoiceKind, ChoiceOutcome, ChoiceReason, choices_after

CAME_TO_NOTHING = frozenset(
    (ChoiceOutcome.REFUSED, ChoiceOutcome.NO_RESPONSE, ChoiceOutcome.OWNER_DECLINED)
)
COUNTS_HALF = 0.5  # the champion's taste is real, but the choice did not help the request
UNMEASURED = frozenset((ChoiceReason.DELICATE, ChoiceReason.BETTER_KNOWN))  # no factor knows it


class LeftOut(StrEnum):
    """Why a decision teaches nothing about weights."""

    NOBODY_CHOSEN = "nobody_chosen"  # declined, and nobody was chosen after it
    HELD_BACK = "held_back"  # an override is no example of what the policy should propose
    BETTER_KNOWN = "better_known"  # chosen for what no factor knows
    ALONE = "alone"  # there was nobody else
    UNSEEN = "unseen"  # the chosen one is erased, or was new to the pool


@dataclass(frozen=True, kw_only=True, slots=True)
class PastChoices:
    """The decisions that teach, and what was left out.

    `as_proposed` of them are yeses to RefBot's own proposal: weaker evidence than a choice of
    another.
    """

    choices: tuple[PastChoice, ...]
    as_proposed: int
    left_out: Mapping[LeftOut, int]


_Subject = tuple[int, int | None]  # request and reference


def past_choices(database: Database, *, since: date | None = None) -> PastChoices:
    """Give the decisions since a day: one for each reference that a request ended up with."""
    rows = list(_rows(database, since))
    refused = _refused(rows)
    standing: dict[_Subject, list[Choice]] = {}
    for row in rows:
        subject = (row.request_id, row.reference_id)
        if row.kind is not ChoiceKind.DECLINED and subject not in refused:
            standing.setdefault(subject, []).append(row)
    chosen_for = {request_id for request_id, _ in standing}
    left_out = Counter(
        LeftOut.NOBODY_CHOSEN
        for row in rows
        if row.kind is ChoiceKind.DECLINED and row.request_id not in chosen_for
    )
    found = []
    as_proposed = 0
    for kept in standing.values():
        example = _example(kept, refused)
        if isinstance(example, LeftOut):
            left_out[example] += 1
        else:
            found.append(example)
            as_proposed += all(row.kind is ChoiceKind.APPROVED for row in kept)
    return PastChoices(choices=tuple(found), as_proposed=as_proposed, left_out=left_out)


def _rows(database: Database, since: date | None) -> Iterable[Choice]:
    """Read by pages, each a transaction of its own."""
    last = 0
    with database.read() as session:
        while page := choices_after(session, last, since=since):
            session.expunge_all()
            session.rollback()
            yield from page
            last = page[-1].id


def _refused(rows: Iterable[Choice]) -> dict[_Subject, ChoiceReason | None]:
    """Give whom a champion passed over for a request, and why; erased people are nobody."""
    refused: dict[_Subject, ChoiceReason | None] = {}
    for row in rows:
        if row.kind is ChoiceKind.DECLINED:
            refused[row.request_id, row.reference_id] = row.reason
        else:
            refused[row.request_id, row.instead_of_id] = row.reason
    return {subject: reason for subject, reason in refused.items() if subject[1] is not None}


def _example(
    kept: list[Choice], refused: Mapping[_Subject, ChoiceReason | None]
) -> PastChoice | LeftOut:
    """Make an example of a choice and, where there is one, the approval that followed it."""
    last = kept[-1]
    if any(row.held_back for row in kept):
        return LeftOut.HELD_BACK
    if any(row.reason is ChoiceReason.BETTER_KNOWN for row in kept):
        return LeftOut.BETTER_KNOWN
    options = [
        Option(reference_id=c.reference_id, account_id=c.account_id, shares=tuple(c.shares))
        for c in last.candidates
        if refused.get((last.request_id, c.reference_id)) not in UNMEASURED
    ]
    places = [at for at, o in enumerate(options) if o.reference_id == last.reference_id]
    if last.reference_id is None or not places:
        return LeftOut.UNSEEN
    if len(options) == 1:
        return LeftOut.ALONE
    return PastChoice(
        choice_id=last.id,
        request_id=last.request_id,
        activity=last.activity,
        factors=tuple(last.factors),
        options=tuple(options),
        chosen=places[0],
        weight=COUNTS_HALF if last.outcome in CAME_TO_NOTHING else 1.0,
    )
