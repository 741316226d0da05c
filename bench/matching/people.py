"""Invented names of companies and people, and job titles that say level and function."""

import random
from collections.abc import Mapping

_FIRST = ("Val", "Men", "Tor", "Bri", "Cas", "Dor", "Elm", "Far", "Gal", "Hal", "Ist", "Jor", "Kel",
          "Lom", "Mar", "Nor", "Ost", "Pel", "Quen", "Ros", "Sel", "Tam", "Ul", "Ver", "Wes", "Yor",
          "Zen", "Ald", "Bel", "Cor")  # fmt: skip
_MIDDLE = ("a", "e", "i", "o", "u", "ani", "eri", "ivo", "ola", "una", "ado", "emi", "iro", "oma",
           "uri", "avi", "eno", "isa", "ote", "ulo")  # fmt: skip
_LAST = ("dor", "nis", "rix", "tan", "vex", "mund", "lor", "sten", "gard", "mira", "quist", "bury",
         "fold", "wick", "drex", "plan", "zor", "nova", "kern", "thal")  # fmt: skip
_TRADES = ("Workshop", "Works", "Foundry", "Partners", "Brothers", "Exchange", "Industries",
           "Systems", "Services", "Trading", "Labs", "Union", "House", "Collective", "Networks",
           "Associates", "Ventures", "Solutions", "Enterprises", "Alliance")  # fmt: skip
_FORMS = ("Inc.", "Ltd", "GmbH", "AG", "S.A.", "Corp.", "LLC", "", "", "")
_GIVEN = ("Ada", "Ben", "Chloe", "Dario", "Emre", "Farah", "Gita", "Hugo", "Ines", "Jamal", "Kaori",
          "Luca", "Mina", "Nils", "Oona", "Pavel", "Quinn", "Rosa", "Samir", "Tilda", "Uma",
          "Viktor", "Wanda", "Yusuf", "Zora")  # fmt: skip
_FAMILY = ("Abel", "Brandt", "Costa", "Duarte", "Eriksen", "Fontaine", "Grau", "Hale", "Imani",
           "Jokela", "Krol", "Lindt", "Moreau", "Nagy", "Okafor", "Petrov", "Quist", "Rossi",
           "Sato", "Tanaka", "Ueda", "Varga", "Weiss", "Young", "Zeller")  # fmt: skip
_MOST = len(_FIRST) * len(_MIDDLE) * len(_LAST) * len(_TRADES)
_STRIDE = 100_003  # prime to the number of names, so that neighbours do not look alike

JOINT: Mapping[str, tuple[str, ...]] = {
    "executive": ("CEO", "Chief Executive Officer", "Managing Director"),
    "it": ("CIO", "Chief Information Officer", "Chief Digital Officer"),
    "engineering": ("CTO", "Chief Technology Officer"),
    "security": ("CISO", "Chief Information Security Officer"),
    "data": ("Chief Data Officer", "Chief Analytics Officer"),
    "product": ("Chief Product Officer",),
    "finance": ("CFO", "Chief Financial Officer"),
    "operations": ("COO", "Chief Operating Officer"),
    "supply_chain": ("Chief Supply Chain Officer",),
    "marketing": ("CMO", "Chief Marketing Officer"),
    "sales": ("Chief Revenue Officer", "Chief Commercial Officer"),
    "customer_service": ("Chief Customer Officer",),
    "hr": ("CHRO", "Chief People Officer"),
    "legal": ("General Counsel", "Chief Legal Officer"),
    "procurement": ("Chief Procurement Officer",),
    "medical": ("Chief Medical Officer", "Chief Nursing Officer"),
}
DEPARTMENTS: Mapping[str, tuple[str, ...]] = {
    "it": ("IT", "Information Technology", "IT Infrastructure"),
    "engineering": ("Engineering", "R&D", "Software Engineering"),
    "security": ("IT Security", "Information Security", "Cybersecurity"),
    "data": ("Data Science", "Business Intelligence", "Data Governance"),
    "product": ("Product Management",),
    "finance": ("Finance", "Accounting", "Treasury"),
    "operations": ("Operations", "Plant Operations"),
    "supply_chain": ("Supply Chain", "Demand Planning"),
    "marketing": ("Marketing", "Digital Marketing", "Brand Marketing"),
    "sales": ("Sales", "Sales Operations"),
    "customer_service": ("Customer Service", "Customer Support"),
    "hr": ("HR", "Human Resources", "Talent Acquisition"),
    "legal": ("Legal", "Legal Affairs"),
    "procurement": ("Procurement", "Strategic Sourcing"),
    "medical": ("Nursing", "Clinical Operations"),
}
JOBS: Mapping[str, tuple[str, ...]] = {
    "it": ("System Administrator", "IT Specialist", "Network Engineer"),
    "engineering": ("Software Engineer", "Mechanical Engineer", "DevOps Engineer"),
    "security": ("Security Engineer", "SOC Analyst"),
    "data": ("Data Scientist", "Data Engineer", "Data Analyst"),
    "product": ("Product Owner", "UX Designer"),
    "finance": ("Accountant", "Financial Analyst"),
    "operations": ("Machine Operator", "Operations Analyst"),
    "supply_chain": ("Logistics Coordinator", "Demand Planner"),
    "marketing": ("Marketing Specialist", "Copywriter"),
    "sales": ("Account Executive", "Sales Representative"),
    "customer_service": ("Customer Service Representative", "Support Agent"),
    "hr": ("Recruiter", "HR Business Partner"),
    "legal": ("Paralegal", "Corporate Counsel"),
    "procurement": ("Buyer", "Procurement Specialist"),
    "medical": ("Nurse", "Physician"),
}
FUNCTIONS = tuple(DEPARTMENTS)
_FORMS_OF_LEVEL: Mapping[str, tuple[str, ...]] = {
    "vp": ("VP {}", "Vice President of {}", "SVP {}", "VP of {}"),
    "director": ("Director of {}", "{} Director", "Head of {}", "Senior Director, {}"),
    "manager": ("{} Manager", "Manager, {}", "Senior Manager {}", "{} Team Lead"),
}


def company(number: int) -> str:
    """Give the name of a company, another one for each of the first 240,000 numbers."""
    at = number * _STRIDE % _MOST
    at, trade = divmod(at, len(_TRADES))
    at, last = divmod(at, len(_LAST))
    at, middle = divmod(at, len(_MIDDLE))
    again = f" {number // _MOST + 1}" if number >= _MOST else ""
    form = _FORMS[number % len(_FORMS)]
    return f"{_FIRST[at]}{_MIDDLE[middle]}{_LAST[last]} {_TRADES[trade]}{again} {form}".rstrip()


def person(chance: random.Random) -> str:
    """Give a person's name."""
    given, family = chance.choice(_GIVEN), chance.choice(_FAMILY)
    if chance.randrange(5):
        return f"{given} {family}"
    return f"{given} {chance.choice(_FAMILY)}-{family}"


def title(level: str, function: str, chance: random.Random) -> str:
    """Write a title of a level and a function."""
    if level == "c_level":
        return chance.choice(JOINT[function])
    if level == "individual":
        return chance.choice(JOBS[function])
    return chance.choice(_FORMS_OF_LEVEL[level]).format(chance.choice(DEPARTMENTS[function]))
