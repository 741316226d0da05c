"""What a line says of a reference: the person, what they can do, what they permit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from refbot.imports import dates
from refbot.imports.customers import LONGEST_TEXT, AccountRow, read_account, zone_in
from refbot.imports.fields import Field
from refbot.imports.meanings import Meanings
from refbot.imports.people import full_name
from refbot.imports.problems import Problem, read_problem
from refbot.imports.reading import Line
from refbot.lifecycle import ReferenceStatus
from refbot.storage.references import Health

MOST_ITEMS = 50
STATUSES: Mapping[str, ReferenceStatus] = {
    word: status
    for status, words in {
        ReferenceStatus.NOMINATED: "nominated,potential,prospective,candidate,new,proposed,"
        "identified,to be vetted,not vetted,target,lead",
        ReferenceStatus.INTERVIEWING: "interviewing,in interview,vetting,in vetting,in review",
        ReferenceStatus.ACTIVE: "active,ready,available,approved,yes,referenceable,reference,"
        "active go,go,confirmed,live,current",
        ReferenceStatus.COACHING: "coaching,active coach first,coach first,needs coaching,coach,"
        "in coaching",
        ReferenceStatus.DECLINED: "declined,no go,rejected,not suitable,nogo",
        ReferenceStatus.PAUSED: "paused,on hold,hold,pause,resting,inactive,not now,sleeping",
        ReferenceStatus.RETIRED: "retired,former,left,left company,expired,archived,ex,churned",
        ReferenceStatus.OPTED_OUT: "opted out,opt out,optout,optedout,unsubscribed,do not contact,"
        "do not use,never,dnc,withdrawn,removed,revoked",
    }.items()
    for word in words.split(",")
}
HEALTHS: Mapping[str, Health] = {
    word: health
    for health, words in {
        Health.HAPPY: "happy,green,good,healthy,satisfied,great,excellent,delighted",
        Health.NEEDS_ATTENTION: "needs attention,yellow,amber,neutral,watch,attention,orange,ok,"
        "fair,lukewarm",
        Health.CHALLENGED: "challenged,red,unhappy,bad,at risk,escalated,critical,poor,risk,angry",
    }.items()
    for word in words.split(",")
}
_STRENGTHS = {
    "business_value": Field.BUSINESS_VALUE,
    "technical_depth": Field.TECHNICAL_DEPTH,
    "public_speaking": Field.PUBLIC_SPEAKING,
    "one_to_one": Field.ONE_TO_ONE,
    "passion": Field.PASSION,
}


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """A line of a reference sheet."""

    line: int
    account: AccountRow
    name: str
    email: str | None
    status: ReferenceStatus | None
    facts: Mapping[
        str, Any
    ]  # by column of the reference table; what the line does not say is absent
    tags: tuple[str, ...]
    languages: tuple[str, ...]
    yes: tuple[str, ...]
    ask: tuple[str, ...]
    no: tuple[str, ...]
    consent_on: date | None
    consent_until: date | None
    problem: Problem | None

    def said(self) -> dict[str, object]:
        """Give what the line says of the person, by the words in which to speak of it."""
        lists = {
            "products": self.account.products,
            "tags": self.tags,
            "languages": self.languages,
            "activities": (self.yes, self.ask, self.no) if self.yes or self.ask or self.no else (),
        }
        told: dict[str, object] = {"name": self.name, "e-mail": self.email, "status": self.status}
        return {k: v for k, v in (told | dict(self.facts) | lists).items() if v not in (None, ())}


def read_reference(line: Line, meanings: Meanings) -> ReferenceRow:
    """Read a line of a reference sheet."""
    email = line.email(Field.EMAIL)
    facts = _facts(line, meanings)
    return ReferenceRow(
        line=line.number,
        account=read_account(line, meanings),
        name=full_name(line),
        email=email,
        status=line.one_of(Field.STATUS, STATUSES),
        facts={column: value for column, value in facts.items() if value is not None},
        tags=tuple(line.items(Field.TAGS)[:MOST_ITEMS]),
        languages=tuple(meanings.languages(line)),
        yes=tuple(meanings.activities(line, Field.ACTIVITIES)),
        ask=tuple(meanings.activities(line, Field.ACTIVITIES_ASK)),
        no=tuple(meanings.activities(line, Field.ACTIVITIES_NO)),
        consent_on=line.date(Field.CONSENT_ON),
        consent_until=line.date(Field.CONSENT_UNTIL),
        problem=read_problem(line),
    )


def _facts(line: Line, meanings: Meanings) -> dict[str, Any]:
    title = line.text(Field.TITLE)
    level, function = meanings.role(title) if title else (None, None)
    facts = {
        "title": title,
        "level": meanings.level(line) or level,
        "function": meanings.function(line) or function,
        "phone": line.text(Field.PHONE, 60),
        "time_zone": zone_in(line),
        "country": meanings.country(line, Field.PERSON_COUNTRY),
        "use_case": line.long_text(Field.USE_CASE, LONGEST_TEXT),
        "speaks_to": line.long_text(Field.SPEAKS_TO, LONGEST_TEXT),
        "avoid": line.long_text(Field.AVOID, LONGEST_TEXT),
        "notes": line.long_text(Field.NOTES, LONGEST_TEXT),
        "results": line.items(Field.RESULTS, ";|\n", LONGEST_TEXT) or None,
        "advisory_board": line.tick(Field.ADVISORY_BOARD),
        "most_per_quarter": line.whole(Field.MOST_PER_QUARTER, most=1_000),
        "months_out": _months(line) or None,
        "health": line.one_of(Field.HEALTH, HEALTHS),
        "last_used": line.date(Field.LAST_USED),
        "verified_on": line.date(Field.VERIFIED_ON),
    }
    return facts | {
        column: line.whole(field, least=1, most=5) for column, field in _STRENGTHS.items()
    }


def _months(line: Line) -> list[int]:
    months = []
    for item in line.items(Field.MONTHS_OUT, ";,|/\n"):
        number = int(item) if item.isdecimal() else dates.month_named(item)
        if number is not None and 1 <= number <= dates.MONTHS:
            months.append(number)
        else:
            name = line.name_of(Field.MONTHS_OUT)
            line.wrongs.append(f"{name} {item[:40]!r} is not a month; write it like July.")
    return sorted(set(months))
