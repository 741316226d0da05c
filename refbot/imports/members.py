"""References: a line of a sheet brought together with the people on record."""

from datetime import date
from typing import Any

from sqlalchemy import Table

from refbot.imports.customers import LiveDays, account_of, found_account
from refbot.imports.entities import Entity
from refbot.imports.jobs import Job, Rejected
from refbot.imports.known import (
    CONSENT,
    REFERENCE,
    REFERENCE_LANGUAGE,
    REFERENCE_PRODUCT,
    REFERENCE_TAG,
    WILLINGNESS,
)
from refbot.imports.meanings import person_key
from refbot.imports.problems import keep_problem
from refbot.imports.products import product_named, tag_named
from refbot.imports.vouching import ReferenceRow
from refbot.lifecycle import ReferenceStatus
from refbot.matching.profile import Willingness

_OPTED_OUT = ReferenceStatus.OPTED_OUT


class Members:
    """Merges the lines of one sheet and remembers what each said of whom."""

    def __init__(self, job: Job, rows: list[ReferenceRow]) -> None:
        self._job = job
        self._live = LiveDays(row.account for row in rows)
        self._said: dict[Entity, tuple[int, dict[str, object]]] = {}

    def merge(self, row: ReferenceRow) -> tuple[Entity, int]:
        """Bring a line together with the person on record, who may be new."""
        person = self._found(row)
        if person is not None:
            self._check_account(row, person)
            self._check_earlier_line(row, person)
        account = account_of(self._job, row.account, self._live)
        if person is None:
            person = self._made(row, account)
        line, said = self._said.get(person, (row.line, {}))
        self._said[person] = line, row.said() | said
        if self._is_gone(row, person):
            return person, row.line
        self._set_facts(row, person)
        self._job.known.keep_reference(person)
        self._set_links(row, person)
        self._keep_consent(row, person)
        if row.problem:
            keep_problem(self._job, row.problem, account, person)
        return person, row.line

    def _found(self, row: ReferenceRow) -> Entity | None:
        known = self._job.known
        by_email = known.references_by_email.get(row.email or "")
        if by_email is not None:
            return by_email
        account = found_account(known, row.account.name)
        if account is None:
            return None
        return known.references_by_name.get((account, person_key(row.name)))

    def _check_account(self, row: ReferenceRow, person: Entity) -> None:
        account: Entity = person.get("account_id")
        if found_account(self._job.known, row.account.name) is not account:
            raise Rejected(
                row.line,
                f"{row.email} is on record at {account.get('name')}, not at {row.account.name}; "
                "correct the account or the e-mail.",
            )

    def _check_earlier_line(self, row: ReferenceRow, person: Entity) -> None:
        """Two lines of one person are one, unless they contradict each other."""
        if person not in self._said:
            return
        line, said = self._said[person]
        if row.status is _OPTED_OUT and said.get("status") is not _OPTED_OUT:
            self._opt_out(row, person)
        for what, value in row.said().items():
            if said.get(what, value) != value:
                raise Rejected(
                    row.line,
                    f"{row.name} is the same person as in line {line}, with another "
                    f"{what.replace('_', ' ')}; keep one of the two.",
                )
        self._job.warn(row.line, f"{row.name} is the same person as in line {line}.")

    def _opt_out(self, row: ReferenceRow, person: Entity) -> None:
        """An opt-out counts from whichever line it stands in."""
        self._job.tally.set(person, status=_OPTED_OUT)
        self._job.warn(row.line, f"{row.name} has opted out in this line; that was taken.")

    def _made(self, row: ReferenceRow, account: Entity) -> Entity:
        status = row.status or (ReferenceStatus.ACTIVE if row.yes else ReferenceStatus.NOMINATED)
        return self._job.tally.make(
            REFERENCE, account_id=account, name=row.name, email=row.email, status=status
        )

    def _is_gone(self, row: ReferenceRow, person: Entity) -> bool:
        """An import never lifts an opt-out; of one who left, nothing more is taken."""
        if person.is_new or person.get("status") is not _OPTED_OUT:
            return False
        if row.status is not _OPTED_OUT:
            self._job.warn(
                row.line,
                f"{row.name} has opted out; the line was not taken. Only the person's own new "
                "consent lifts an opt-out.",
            )
        return True

    def _set_facts(self, row: ReferenceRow, person: Entity) -> None:
        tally = self._job.tally
        tally.set(person, name=row.name)
        if row.email and row.email != person.get("email"):
            self._job.known.references_by_email.pop(person.get("email"), None)
            tally.set(person, email=row.email)
        facts: dict[str, Any] = dict(row.facts)
        last_used: date | None = person.get("last_used")
        if last_used and facts.get("last_used", last_used) < last_used:
            del facts["last_used"]  # the record is fresher than the sheet
        tally.set(person, **facts)
        if row.status in {None, person.get("status")}:
            return
        if row.status is _OPTED_OUT:
            tally.set(person, status=_OPTED_OUT)
            return
        self._job.warn(
            row.line,
            f"{row.name} is {_spoken(person.get('status'))} on record and {_spoken(row.status)} in "
            "the sheet; the record stands. Change it in Slack.",
        )

    def _set_links(self, row: ReferenceRow, person: Entity) -> None:
        known, line = self._job.known, row.line
        links: dict[Table, list[Any]] = {
            REFERENCE_PRODUCT: [product_named(self._job, line, n) for n in row.account.products],
            REFERENCE_TAG: [tag_named(known, name) for name in row.tags],
            REFERENCE_LANGUAGE: list(row.languages),
        }
        for table, wanted in links.items():
            if wanted:
                self._replace(person, table, {to: {} for to in wanted})
        self._set_willingness(row, person)

    def _set_willingness(self, row: ReferenceRow, person: Entity) -> None:
        """The sheet speaks for the answers it has a list of; a no on record stays a no."""
        held = dict(person.linked(WILLINGNESS))
        wanted = dict(held)
        for answer, listed in (
            (Willingness.YES, row.yes),
            (Willingness.ASK_FIRST, row.ask),
            (Willingness.NO, row.no),
        ):
            if listed:
                wanted = {a: extra for a, extra in wanted.items() if extra["answer"] is not answer}
                wanted |= {activity: {"answer": answer} for activity in listed}
        if not row.no:
            for activity, extra in held.items():
                if extra["answer"] is Willingness.NO and wanted.get(activity) != extra:
                    wanted[activity] = extra
                    self._job.warn(
                        row.line,
                        f"{row.name} said no to {_spoken(activity)} on record; that stands. "
                        "Change it in Slack.",
                    )
        self._replace(person, WILLINGNESS, wanted)

    def _replace(self, person: Entity, table: Table, wanted: dict[Any, Any]) -> None:
        tally = self._job.tally
        for gone in set(person.linked(table)) - set(wanted):
            tally.unlink(person, table, gone)
        for to, extra in wanted.items():
            tally.link(person, table, to, **extra)

    def _keep_consent(self, row: ReferenceRow, person: Entity) -> None:
        """Willing in the sheet is consent to be a member, with file and line as evidence."""
        known = self._job.known
        says_so = row.yes or row.consent_on
        if not says_so or person in known.consents or person.get("status") is _OPTED_OUT:
            return
        known.consents.add(person)
        self._job.tally.make(
            CONSENT,
            reference_id=person,
            granted_on=row.consent_on or self._job.today,
            expires_on=row.consent_until,
            evidence=f"{self._job.source}, line {row.line}",
        )


def _spoken(word: str) -> str:
    return word.replace("_", " ")
