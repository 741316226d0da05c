"""What past decisions say of the weights in force, and of better ones. Changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from refbot.insight.past_choices import PastChoices, past_choices
from refbot.matching.judging import Measured, measured, orders_of
from refbot.matching.learning import Lesson, Told, learn
from refbot.matching.weights import MatchingPolicy
from refbot.storage import Database, settings

WORST = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Explained:
    """The decisions since a day, the weights in force, and what the first say of the second."""

    since: date | None
    present: MatchingPolicy
    past: PastChoices
    lesson: Lesson


@dataclass(frozen=True, slots=True)
class Line:
    """All decisions, or an activity's: by the present weights and by those learnt without them."""

    activity: str | None
    present: Measured
    proposed: Measured | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Misranked:
    """A decision by ids: at which rank the chosen one stood, of how many, and who stood first."""

    choice_id: int
    request_id: int
    activity: str
    reference_id: int | None
    rank: int
    of: int
    first_reference_id: int | None


def explained(database: Database, *, since: date | None, told: Told) -> Explained:
    """Read the decisions and learn from them."""
    with database.read() as session:
        present = settings.policy(session).matching
    past = past_choices(database, since=since)
    lesson = learn(past.choices, present, told=told)
    return Explained(since=since, present=present, past=past, lesson=lesson)


def lines(found: Explained) -> Iterator[Line]:
    """Give all decisions, then those of each activity."""
    choices, lesson = found.past.choices, found.lesson
    for name in (None, *sorted({choice.activity for choice in choices})):
        places = [at for at, choice in enumerate(choices) if name in {None, choice.activity}]
        yield Line(
            name,
            measured([lesson.present_ranks[at] for at in places]),
            measured([lesson.learnt_ranks[at] for at in places]) if lesson.policy else None,
        )


def ranked_worst(found: Explained) -> list[Misranked]:
    """Give the decisions that the present weights rank worst, the worst first."""
    choices, ranks = found.past.choices, found.lesson.present_ranks
    order = sorted(range(len(choices)), key=lambda at: (-ranks[at], choices[at].choice_id))
    worst = [at for at in order[:WORST] if ranks[at] > 1]
    orders = orders_of([choices[at] for at in worst], found.present)
    return [
        Misranked(
            choice_id=choices[at].choice_id,
            request_id=choices[at].request_id,
            activity=choices[at].activity,
            reference_id=choices[at].options[choices[at].chosen].reference_id,
            rank=ranks[at],
            of=len(choices[at].options),
            first_reference_id=choices[at].options[places[0]].reference_id,
        )
        for at, places in zip(worst, orders, strict=True)
    ]
