"""The fields of each kind and the headers that people write over them, best name first."""

from collections.abc import Mapping
from enum import StrEnum

from refbot.imports.reports import Kind


class Field(StrEnum):
    """What a column can mean. The value is what the proposal shows."""

    ACCOUNT = "account"
    ACTIVITIES = "activities willing"
    ACTIVITIES_ASK = "activities to ask first"
    ACTIVITIES_NO = "activities not willing"
    ADVISORY_BOARD = "advisory board"
    ALIASES = "aliases"
    AMOUNT = "amount"
    AVOID = "topics to avoid"
    BUSINESS_VALUE = "strength: business value"
    CITY = "city"
    CLAUSE = "reference clause"
    CLAUSE_DISCOUNT = "clause discount in percent"
    CLOSE_DATE = "close date"
    CONSENT_ON = "consent granted"
    CONSENT_UNTIL = "consent expires"
    COUNTRY = "country"
    CRM_ID = "CRM id"
    EMAIL = "e-mail"
    EMPLOYEES = "employees"
    FACET = "facet"
    FIRST_NAME = "first name"
    FUNCTION = "function"
    HEALTH = "health"
    INDUSTRY = "industry"
    ISSUE = "open issue"
    ISSUE_SEVERITY = "issue severity"
    LANGUAGES = "languages"
    LAST_NAME = "last name"
    LAST_USED = "last used"
    LEVEL = "level"
    LIVE_SINCE = "live since"
    MANAGER = "manager"
    MASK = "masked as"
    MAY_BE_NAMED = "may be named"
    MAY_BE_NAMED_IN_PUBLIC = "may be named in public"
    MONTHS_OUT = "months to leave out"
    MOST_PER_QUARTER = "most per quarter"
    NAME = "name"
    NEVER_SHOWN_TO = "never shown to"
    NOTES = "notes"
    ONE_TO_ONE = "strength: one-to-one"
    OPENED_ON = "opened on"
    OWNER = "owner"
    OWNER_EMAIL = "owner's e-mail"
    PARENT = "parent account"
    PASSION = "passion"
    PERSON_COUNTRY = "person's country"
    PHONE = "phone"
    PLACE = "place"
    PRICE = "price"
    PRODUCTS = "products"
    PUBLIC_SPEAKING = "strength: public speaking"
    RENEWAL = "renewal date"
    RESULTS = "results"
    REVENUE = "annual revenue"
    REVIEW_LINKS = "review links"
    SERIES = "series"
    SPEAKS_TO = "can speak to"
    STAGE = "stage"
    STATUS = "status"
    TAGS = "tags"
    TEAM = "team"
    TECHNICAL_DEPTH = "strength: technical depth"
    TIME_ZONE = "time zone"
    TITLE = "title"
    USE_CASE = "use case"
    VALUE = "value"
    VERIFIED_ON = "last verified"


Names = Mapping[Field, tuple[str, ...]]  # squeezed: lower case, no spaces and signs


def _names(**words: str) -> Names:
    return {Field[field.upper()]: tuple(names.split()) for field, names in words.items()}


_ACCOUNT = (
    "account accountname customer customername company companyname client clientname organization "
    "organisation organizationname kunde firma firm konto cliente cuenta empresa entreprise"
)
_FACTS = _names(
    industry="industry sector industrysector vertical industryvertical branche lineofbusiness",
    country="country billingcountry officelocation hqcountry countryregion companycountry "
    "accountcountry location headquarters hq land pais pays region",
    city="city billingcity hqcity town stadt ciudad",
    employees="employees numberofemployees noofemployees employeecount headcount ofemployees "
    "companysize size staff mitarbeiter empleados",
    revenue="revenue annualrevenue yearlyrevenue turnover sales umsatz revenueusd",
    products="products product productsused productsinuse productsowned solutions solution modules "
    "installedproducts produkte productos",
    live_since="livesince golive golivedate livedate customersince since clientsince startdate "
    "productionsince contractstart",
    may_be_named="maybenamed canbenamed nameable mayname namable namedtoprospects",
    may_be_named_in_public="maybenamedinpublic namedinpublic publiclynameable publicreference "
    "logorights publicnaming",
    mask="mask maskedas maskeddescription anonymousname anonymizedas showas",
    renewal="renewaldate renewal renewson contractend contractenddate enddate subscriptionend",
    never_shown_to="nevershownto nevershowto nottobeshownto competitors hidefrom conflicts",
    clause="referenceclause clause clausetext contractclause",
    clause_discount="clausediscount discount discountpercent referencediscount",
    review_links="reviewlinks reviews publicreviews reviewurls",
    parent="parentaccount subsidiaryof parent parentcompany ultimateparent",
    owner="accountowner owner csm accountmanager customersuccessmanager accountexecutive",
    owner_email="owneremail accountowneremail csmemail accountmanageremail ownermail",
)
_PERSON = "name fullname contactname contact contactfullname person referencename reference"
_EMAIL = "email mail emailaddress contactemail workemail businessemail correo courriel"

FIELDS: Mapping[Kind, Names] = {
    Kind.VOCABULARY: _names(
        facet="facet kind category type criterion",
        value="value word term canonical name",
        aliases="aliases alias synonyms synonym alsoknownas otherwords variants",
    ),
    Kind.PRODUCTS: _names(
        name="product productname produkt sku",
        series="series family productfamily productline line productseries",
        price="price salesprice listprice unitprice preis",
    ),
    Kind.PEOPLE: _names(
        name="salesagent name fullname employee employeename colleague salesrep rep agent person "
        "accountexecutive username",
        first_name="firstname givenname vorname",
        last_name="lastname surname familyname nachname",
        email=_EMAIL,
        manager="manager managername reportsto supervisor teamlead lead",
        team="team department group squad salesteam dept",
        place="regionaloffice office place location region city site territory",
        time_zone="timezone tz",
    ),
    Kind.ACCOUNTS: {
        Field.ACCOUNT: (*_ACCOUNT.split(), "name"),
        Field.CRM_ID: ("crmid", "accountid", "accountnumber", "recordid", "customerid", "id"),
        Field.TIME_ZONE: ("timezone", "tz"),
        Field.ISSUE: ("openissue", "issue", "openproblem", "problem"),
        Field.ISSUE_SEVERITY: ("issueseverity", "severity"),
        **_FACTS,
    },
    Kind.REFERENCES: {
        Field.ACCOUNT: tuple(_ACCOUNT.split()),
        Field.NAME: tuple(_PERSON.split()),
        **_FACTS,
        **_names(
            first_name="firstname givenname vorname contactfirstname",
            last_name="lastname surname familyname nachname contactlastname",
            title="title jobtitle position role jobrole contacttitle funktion cargo",
            email=_EMAIL,
            phone="phone phonenumber telephone tel mobile directphone businessphone telefon",
            languages="languages language spokenlanguages speaks sprachen idiomas",
            tags="tags tag keywords labels usecasesandplatforms platforms technologies",
            activities="activitieswilling willingactivities activities willingto willingtodo "
            "activitytypes referencetypes referenceactivities availablefor willdo willingness",
            activities_ask="askfirst activitiestoaskfirst askfirstfor askbefore",
            activities_no="notwilling activitiesnotwilling willnotdo wontdo declines unwilling",
            most_per_quarter="maxasksperquarter mostperquarter maxperquarter asksperquarter "
            "maxrequestsperquarter quarterlylimit limitperquarter maxasks",
            health="health customerhealth mood sentiment healthstatus relationship",
            last_used="lastused lastusedon lastreference lastreferencedate lastasked "
            "lastengagement lastactivity dateoflastuse",
            status="status referencestatus state programstatus",
            notes="notes note comments comment remarks bemerkungen notas",
            use_case="usecase usecases story",
            results="results result outcomes measuredresults roi",
            speaks_to="speaksto canspeakto topics talkingpoints",
            avoid="avoid topicstoavoid donotmention offlimits nogo",
            time_zone="timezone tz",
            person_country="personcountry personscountry contactcountry mailingcountry",
            advisory_board="advisoryboard cab advisoryboardmember cabmember",
            months_out="monthsout monthstoleaveout blackoutmonths unavailablemonths",
            verified_on="lastverified verifiedon verified lastreviewed",
            consent_on="consenton consentgranted consentdate dateofconsent",
            consent_until="consentuntil consentexpires consentexpiry",
            level="level seniority joblevel",
            function="function jobfunction department",
            business_value="businessvalue strengthbusinessvalue",
            technical_depth="technicaldepth strengthtechnicaldepth",
            public_speaking="publicspeaking strengthpublicspeaking",
            one_to_one="onetoone strengthonetoone 1to1",
            passion="passion enthusiasm",
            issue="openissue issue openproblem problem",
            issue_severity="issueseverity severity",
        ),
    },
    Kind.OPPORTUNITIES: {
        Field.ACCOUNT: (*_ACCOUNT.split(), "prospect", "prospectname"),
        **_names(
            crm_id="opportunityid oppid dealid opportunitynumber crmid recordid id",
            name="opportunityname dealname opportunity deal name",
            products="product products productname solution",
            industry="industry sector vertical branche",
            country="country billingcountry countryregion location",
            stage="dealstage stage stagename salesstage status",
            amount="amount closevalue dealvalue value acv arr tcv opportunityamount amountusd",
            opened_on="engagedate createddate created opened openedon createdate dateopened",
            close_date="closedate closingdate expectedclosedate closed closeson expectedclose",
            owner="salesagent opportunityowner dealowner owner salesrep rep accountexecutive",
            owner_email="owneremail opportunityowneremail repemail salesrepemail",
        ),
    },
}

# Each tuple: one of these must be there.
NEEDED: Mapping[Kind, tuple[tuple[Field, ...], ...]] = {
    Kind.VOCABULARY: ((Field.FACET,), (Field.VALUE,)),
    Kind.PRODUCTS: ((Field.NAME,),),
    Kind.PEOPLE: (
        (Field.NAME, Field.LAST_NAME),
        (Field.MANAGER, Field.TEAM, Field.EMAIL),
    ),
    Kind.ACCOUNTS: (
        (Field.ACCOUNT,),
        (Field.INDUSTRY, Field.COUNTRY, Field.EMPLOYEES, Field.PRODUCTS, Field.OWNER_EMAIL,
         Field.RENEWAL, Field.REVENUE, Field.OWNER),
    ),
    Kind.REFERENCES: (
        (Field.ACCOUNT,),
        (Field.NAME, Field.LAST_NAME, Field.EMAIL),
        (Field.TITLE, Field.EMAIL, Field.ACTIVITIES, Field.HEALTH, Field.LAST_USED),
    ),
    Kind.OPPORTUNITIES: ((Field.CRM_ID,), (Field.STAGE,)),
}  # fmt: skip

# The columns that only this kind has weigh more, so that "name, industry, country" is an account.
TELLING: Mapping[Kind, frozenset[Field]] = {
    Kind.VOCABULARY: frozenset({Field.FACET, Field.VALUE, Field.ALIASES}),
    Kind.PRODUCTS: frozenset({Field.SERIES, Field.PRICE}),
    Kind.PEOPLE: frozenset({Field.MANAGER, Field.TEAM}),
    Kind.ACCOUNTS: frozenset(),
    Kind.REFERENCES: frozenset({Field.TITLE, Field.ACTIVITIES, Field.EMAIL, Field.HEALTH}),
    Kind.OPPORTUNITIES: frozenset({Field.CRM_ID, Field.STAGE, Field.AMOUNT, Field.CLOSE_DATE}),
}

DATES = frozenset({
    Field.CLOSE_DATE, Field.CONSENT_ON, Field.CONSENT_UNTIL, Field.LAST_USED, Field.LIVE_SINCE,
    Field.OPENED_ON, Field.RENEWAL, Field.VERIFIED_ON,
})  # fmt: skip
MONEY = frozenset({Field.REVENUE})  # may count in millions without saying so
NUMBERS = MONEY | {
    Field.AMOUNT, Field.BUSINESS_VALUE, Field.CLAUSE_DISCOUNT, Field.EMPLOYEES,
    Field.MOST_PER_QUARTER, Field.ONE_TO_ONE, Field.PASSION, Field.PRICE, Field.PUBLIC_SPEAKING,
    Field.TECHNICAL_DEPTH,
}  # fmt: skip
