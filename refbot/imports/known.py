"""What the database holds, read by pages so that no reader holds a writer up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Row, Table, select, tuple_

from refbot.imports.entities import Entity, Overtaken, Tally
from refbot.imports.meanings import account_key, person_key, word_key
from refbot.imports.reports import Kind
from refbot.matching.names import similar_company
from refbot.matching.profile import Facet, Word
from refbot.storage import Base, Database
from refbot.storage.words import Mark

PAGE = 2_000
ALIKE = 3  # letters at the beginning; comparing every name with every other takes minutes
NEAR = 0.8
TABLES: Mapping[str, Table] = Base.metadata.tables
ACCOUNT, PRODUCT, TAG, WORD = (
    TABLES["account"],
    TABLES["product"],
    TABLES["tag"],
    TABLES["company_word"],
)
COLLEAGUE, REFERENCE, OPPORTUNITY = (
    TABLES["colleague"],
    TABLES["reference"],
    TABLES["opportunity"],
)
CONSENT, ISSUE = TABLES["consent"], TABLES["issue"]
ACCOUNT_PRODUCT, REFERENCE_PRODUCT = TABLES["account_product"], TABLES["reference_product"]
REFERENCE_TAG, REFERENCE_LANGUAGE = TABLES["reference_tag"], TABLES["reference_language"]
WILLINGNESS = TABLES["reference_willingness"]


@dataclass(slots=True)
class Known:
    """Everything that a row can refer to, by the key under which rows name it."""

    tally: Tally = field(default_factory=Tally)
    products: dict[str, Entity] = field(default_factory=dict)
    tags: dict[str, Entity] = field(default_factory=dict)
    words: dict[tuple[str, str], Entity] = field(default_factory=dict)
    accounts: dict[str, Entity] = field(default_factory=dict)
    accounts_by_beginning: dict[str, dict[str, Entity]] = field(default_factory=dict)
    accounts_by_crm_id: dict[str, Entity] = field(default_factory=dict)
    colleagues_by_email: dict[str, Entity] = field(default_factory=dict)
    colleagues_by_name: dict[str, list[Entity]] = field(default_factory=dict)
    references_by_email: dict[str, Entity] = field(default_factory=dict)
    references_by_name: dict[tuple[Entity, str], Entity] = field(default_factory=dict)
    consents: set[Entity] = field(default_factory=set)  # references whose membership is on record
    issues: dict[tuple[Entity, Entity | None, str], Entity] = field(default_factory=dict)
    opportunities: dict[str, Entity] = field(default_factory=dict)

    @classmethod
    def read(cls, database: Database, kinds: set[Kind]) -> "Known":
        """Read what tables of these kinds can touch.

        Between two pages somebody may write: a row that refers to one that was not there when its
        page was read makes the reading Overtaken.
        """
        try:
            return cls._read(database, kinds)
        except KeyError as error:
            raise Overtaken from error

    @classmethod
    def _read(cls, database: Database, kinds: set[Kind]) -> "Known":
        known = cls()
        by_id = {entity.id: entity for entity in _entities(database, PRODUCT)}
        known.products = {word_key(entity.get("name")): entity for entity in by_id.values()}
        tags = list(_entities(database, TAG))
        known.tags = {word_key(entity.get("name")): entity for entity in tags}
        known._read_words(database)
        accounts = known._read_accounts(database, by_id)
        known._read_colleagues(database)
        references: dict[int, Entity] = {}
        if Kind.REFERENCES in kinds:
            references = known._read_references(database, accounts)
            _read_reference_links(database, references, by_id, {tag.id: tag for tag in tags})
        if kinds & {Kind.REFERENCES, Kind.ACCOUNTS}:
            known._read_issues(database, accounts, references)
        if Kind.OPPORTUNITIES in kinds:
            known._read_opportunities(database, accounts, by_id)
        return known

    def keep_account(self, entity: Entity) -> None:
        """Make an account findable."""
        key = account_key(entity.get("name"))
        self.accounts[key] = entity
        self.accounts_by_beginning.setdefault(key[:ALIKE], {})[key] = entity
        if entity.get("crm_id"):
            self.accounts_by_crm_id[entity.get("crm_id")] = entity

    def account_like(self, name: str) -> Entity | None:
        """Give an account whose name is much like this one but cleaned not the same."""
        key = account_key(name)
        rivals = self.accounts_by_beginning.get(key[:ALIKE], {})
        near = process.extractOne(
            key, rivals.keys(), scorer=OSA.normalized_similarity, score_cutoff=NEAR
        )
        begins = (k for k in rivals if k.startswith(key) or key.startswith(k))
        found = rivals.get(near[0] if near else next(begins, ""))
        return found if found and similar_company(name, found.get("name")) else None

    def keep_colleague(self, entity: Entity) -> None:
        """Make a colleague findable."""
        if entity.get("email"):
            self.colleagues_by_email[entity.get("email")] = entity
        namesakes = self.colleagues_by_name.setdefault(person_key(entity.get("name")), [])
        if entity not in namesakes:
            namesakes.append(entity)

    def keep_reference(self, entity: Entity) -> None:
        """Make a reference findable."""
        if entity.get("email"):
            self.references_by_email[entity.get("email")] = entity
        account: Entity = entity.get("account_id")
        self.references_by_name[account, person_key(entity.get("name"))] = entity

    def own_words(self) -> list[Word]:
        """Give the company's own words for the values of the taxonomy.

        Those that it switched off are left out: a cell under a header means what it says.
        """
        marks = set(Mark)
        return [
            Word(facet=Facet(word.get("facet")), value=word.get("value"), text=word.get("text"))
            for word in self.words.values()
            if word.get("facet") not in marks
        ]

    def settle(self) -> None:
        """Take what a dry run's file made as given for the next file."""
        for entity in self.tally.touched.values():
            entity.stored = dict(entity.values)
        self.tally.touched.clear()

    def _read_words(self, database: Database) -> None:
        for entity in _entities(database, WORD):
            self.words[word_of(entity.get("facet"), entity.get("text"))] = entity

    def _read_accounts(
        self, database: Database, products: Mapping[int, Entity]
    ) -> dict[int, Entity]:
        accounts = {entity.id: entity for entity in _entities(database, ACCOUNT)}
        for entity in accounts.values():
            self.keep_account(entity)
        for row in _pages(database, ACCOUNT_PRODUCT, "account_id", "product_id"):
            links = accounts[row.account_id].linked(ACCOUNT_PRODUCT)
            links[products[row.product_id]] = {"live_since": row.live_since}
        _freeze_links(accounts.values(), [ACCOUNT_PRODUCT])
        return accounts

    def _read_colleagues(self, database: Database) -> None:
        for entity in _entities(database, COLLEAGUE):
            self.keep_colleague(entity)

    def _read_references(
        self, database: Database, accounts: Mapping[int, Entity]
    ) -> dict[int, Entity]:
        references = {}
        for entity in _entities(database, REFERENCE):
            _refer(entity, account_id=accounts)
            references[entity.id] = entity
            self.keep_reference(entity)
        for row in _pages(database, CONSENT, "id"):
            if row.activity is None and row.reference_id in references:
                self.consents.add(references[row.reference_id])
        return references

    def _read_opportunities(
        self, database: Database, accounts: Mapping[int, Entity], products: Mapping[int, Entity]
    ) -> None:
        for entity in _entities(database, OPPORTUNITY):
            _refer(entity, account_id=accounts, product_id=products)
            self.opportunities[entity.get("crm_id")] = entity

    def _read_issues(
        self,
        database: Database,
        accounts: Mapping[int, Entity],
        references: Mapping[int, Entity],
    ) -> None:
        for entity in _entities(database, ISSUE):
            is_of_all = entity.get("reference_id") is None
            if entity.get("closed_on") is None and (is_of_all or references):
                _refer(entity, account_id=accounts, reference_id=references)
                account, person = entity.get("account_id"), entity.get("reference_id")
                self.issues[account, person, entity.get("text")] = entity


def word_of(facet: str, text: str) -> tuple[str, str]:
    """Give the key of one of the company's words; an account's is its cleaned name."""
    key = account_key(text) if facet == Facet.ACCOUNT else word_key(text)
    return facet, key


def _read_reference_links(
    database: Database,
    references: Mapping[int, Entity],
    products: Mapping[int, Entity],
    tags: Mapping[int, Entity],
) -> None:
    for row in _pages(database, REFERENCE_PRODUCT, "reference_id", "product_id"):
        references[row.reference_id].linked(REFERENCE_PRODUCT)[products[row.product_id]] = {}
    for row in _pages(database, REFERENCE_TAG, "reference_id", "tag_id"):
        references[row.reference_id].linked(REFERENCE_TAG)[tags[row.tag_id]] = {}
    for row in _pages(database, REFERENCE_LANGUAGE, "reference_id", "language"):
        references[row.reference_id].linked(REFERENCE_LANGUAGE)[row.language] = {}
    for row in _pages(database, WILLINGNESS, "reference_id", "activity"):
        links = references[row.reference_id].linked(WILLINGNESS)
        links[row.activity] = {"answer": row.answer}
    tables = [REFERENCE_PRODUCT, REFERENCE_TAG, REFERENCE_LANGUAGE, WILLINGNESS]
    _freeze_links(references.values(), tables)


def _refer(entity: Entity, **shelves: Mapping[int, Entity]) -> None:
    """Put entities in the place of their ids, so that rows compare with what they refer to."""
    for column, shelf in shelves.items():
        if entity.values[column] is not None:
            entity.values[column] = shelf[entity.values[column]]
    entity.stored = dict(entity.values)


def _freeze_links(entities: Any, tables: list[Table]) -> None:
    for entity in entities:
        entity.stored_links = {table: dict(entity.linked(table)) for table in tables}


def _entities(database: Database, table: Table) -> Iterator[Entity]:
    for row in _pages(database, table, "id"):
        values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
        yield Entity(table, values, dict(values))


def _pages(database: Database, table: Table, *key: str) -> Iterator[Row[Any]]:
    """Give all rows of a table, each page in a transaction of its own."""
    columns = [table.c[name] for name in key]
    after: tuple[Any, ...] | None = None
    while True:
        query = select(table).order_by(*columns).limit(PAGE)
        if after is not None:
            query = query.where(tuple_(*columns) > after)
        with database.read() as session:
            page = session.execute(query).all()
        yield from page
        if len(page) < PAGE:
            return
        after = tuple(getattr(page[-1], name) for name in key)
