"""Our own people: colleagues with name, e-mail, manager, team, place."""

from dataclasses import dataclass

from refbot.imports.entities import Entity
from refbot.imports.fields import Field
from refbot.imports.jobs import Job, Rejected
from refbot.imports.known import COLLEAGUE, Known
from refbot.imports.meanings import person_key
from refbot.imports.reading import Line
from refbot.storage.colleagues import Part, Standing


@dataclass(frozen=True, slots=True)
class ColleagueRow:
    """A line of a list of our people."""

    line: int
    name: str
    email: str | None
    manager: str | None
    team: str | None
    place: str | None


def read_colleague(line: Line) -> ColleagueRow:
    """Read one of our people."""
    return ColleagueRow(
        line=line.number,
        name=full_name(line),
        email=line.email(Field.EMAIL),
        manager=line.text(Field.MANAGER),
        team=line.text(Field.TEAM),
        place=line.text(Field.PLACE),
    )


def full_name(line: Line) -> str:
    """Give a person's name, from one column or from two."""
    whole = line.text(Field.NAME)
    if whole:
        return whole
    parts = [line.text(Field.FIRST_NAME), line.text(Field.LAST_NAME)]
    name = " ".join(part for part in parts if part)
    if not name:
        line.wrongs.append("The name is empty; fill it in.")
    return name


def merge_colleague(job: Job, row: ColleagueRow) -> tuple[Entity, int]:
    """Bring one of our people together with those known: by e-mail, else by the name alone."""
    known = job.known
    colleague = known.colleagues_by_email.get(row.email or "")
    if colleague is None:
        namesakes = _namesakes(known, row)
        if len(namesakes) > 1:
            raise Rejected(
                row.line, f"{row.name} is there {len(namesakes)} times; add the e-mail address."
            )
        colleague = namesakes[0] if namesakes else None
    if colleague is None:
        colleague = job.tally.make(
            COLLEAGUE, name=row.name, email=None, part=Part.MEMBER, standing=Standing.UNKNOWN
        )
    elif colleague in job.first_line and _contradicts(colleague, row):
        raise Rejected(
            row.line,
            f"{row.name} is also in line {job.first_line[colleague]} with other facts; "
            "keep one of the two.",
        )
    facts = {"manager": row.manager, "team": row.team, "place": row.place, "email": row.email}
    job.tally.fill(colleague, **facts)
    known.keep_colleague(colleague)
    return colleague, row.line


def _namesakes(known: Known, row: ColleagueRow) -> list[Entity]:
    """Give those of this name who may be meant: another e-mail is another person."""
    return [
        colleague
        for colleague in known.colleagues_by_name.get(person_key(row.name), [])
        if row.email is None or colleague.get("email") is None
    ]


def _contradicts(colleague: Entity, row: ColleagueRow) -> bool:
    facts = {"manager": row.manager, "team": row.team, "place": row.place, "email": row.email}
    return any(
        new and colleague.get(column) and colleague.get(column) != new
        for column, new in facts.items()
    )


def email_named(known: Known, name: str) -> str | None:
    """Give the e-mail of the one colleague of this name."""
    namesakes = known.colleagues_by_name.get(person_key(name), [])
    return namesakes[0].get("email") if len(namesakes) == 1 else None
