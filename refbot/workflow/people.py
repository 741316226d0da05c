"""Who leads the program, and when a person's holidays are."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from refbot.errors import InvalidInput, NotAllowed
from refbot.matching.vocabulary import Vocabulary
from refbot.storage import events
from refbot.storage.colleagues import Colleague, Part, by_slack_id, with_part
from refbot.storage.events import Event
from refbot.workflow.acts import Act

NAMED = (Part.CHAMPION, Part.DEPUTY, Part.LEADER)


def must_lead(person: Colleague | None) -> None:
    """Refuse anybody but champion and deputy."""
    if person is None or not person.leads_program:
        raise NotAllowed("Only the program champion or a deputy may do this.")


def must_be_champion(person: Colleague | None) -> None:
    """Refuse anybody but a champion."""
    if person is None or not person.is_member or person.part is not Part.CHAMPION:
        raise NotAllowed("Only a program champion may do this.")


def name_people(act: Act, named: Mapping[Part, Sequence[str]]) -> None:
    """Give people their part by Slack ids; the last champion cannot be removed."""
    hold_named(act)
    must_be_champion(act.by)
    wanted = {slack_id: part for part in reversed(NAMED) for slack_id in named.get(part, ())}
    people = {slack_id: by_slack_id(act.session, slack_id) for slack_id in wanted}
    if refused := [p.name for p in people.values() if p is not None and not p.is_member]:
        raise InvalidInput(
            {Part.CHAMPION: f"{', '.join(refused)} cannot be named: full members only."}
        )
    if not any(people[slack_id] for slack_id, part in wanted.items() if part is Part.CHAMPION):
        raise InvalidInput({Part.CHAMPION: "The program needs a champion. Please name one."})
    for person in with_part(act.session, NAMED):
        if person.slack_id not in wanted:
            person.part = Part.MEMBER
    for slack_id, known in people.items():
        if known is not None:
            known.part = wanted[slack_id]
    _record(act, "people:name")


def hold_named(act: Act) -> None:
    """Lock who has a part: of two champions' acts on the program the second sees the first's."""
    named = select(Colleague.id).where(Colleague.part.in_(NAMED)).order_by(Colleague.id)
    act.session.execute(named.with_for_update()).all()
    if act.by is not None:
        act.session.refresh(act.by)


def set_country(act: Act, typed: str | None) -> None:
    """Keep the country whose holidays count for the actor; nothing means the zone's."""
    if act.by is None:
        return
    country = Vocabulary.of(()).country_of(typed) if typed else None
    if typed and country is None:
        raise InvalidInput({"country": f"I do not know the country “{typed}”."})
    act.by.country = country


def _record(act: Act, what: str) -> None:
    by = act.by.id if act.by else None
    role = act.by.part if act.by else "refbot"
    events.add(act.session, Event(at=act.now, what=what, as_role=role, by_id=by))
