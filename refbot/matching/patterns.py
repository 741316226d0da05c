"""How numbers, bounds, dates and lives with a product are written, as regular expressions.

None has a quantifier inside a quantifier over the same letters: time grows with the text only.
"""

import re

DASH = "[-\u2013\u2014]"
_THOUSANDS = "[,.'\u2019 ]"  # 1,000 and 1.000 and 1'000


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip
_NUMBER_WORDS = "|".join((*NUMBER_WORDS, "thirty", "forty", "fifty"))
# Quick, and wrong only towards yes: without any of it a line holds no number and no date.
MAY_COUNT = re.compile(rf"\d|\b(?:last year|an?\s|couple of|{_NUMBER_WORDS})")
GROUPED = re.compile(rf"\d{{1,3}}(?:{_THOUSANDS}\d{{3}})+")
NUMBER = re.compile(
    r"(?<![\w.])(?<!\d,)(?:(?<![a-z]-)|(?<=\d[km]-)|(?<=\bsub-))(?P<money>[$€£¥]\s?)?"
    rf"(?:(?P<digits>\d{{1,3}}(?:{_THOUSANDS}\d{{3}})+(?!\d)|\d{{1,9}}(?:\.\d{{1,2}})?)"
    r"|(?P<word>a couple of|couple of|an?(?=\s(?:thousand|hundred|dozen|year))|"
    + _NUMBER_WORDS
    + r"))(?:\s?-?(?P<scale>k|thousands?|mio|mn|million|hundred|dozen|m(?=[\s+])))?"
    r"(?!(?!(?:y|yrs?|years?|mths?|mos?|months?|ppl|emps?|ftes?)\b)[a-z0-9])"
    r"(?:\s(?P<scale2>thousand|hundred)\b)?(?P<plus>\s?\+)?"
)
_AT_LEAST = _any(
    "at least", "more than", "over", "above", "greater than", "bigger than", "larger than",
    "no (?:fewer|less) than", "not (?:fewer|less) than", "not under", "not below",
    "not smaller than", "minimum(?: of)?", r"min\.?(?: of)?", "north of", "upwards? of",
    "exceeding", "in excess of", "starting (?:at|from)", "from", ">=?", "≥", "≧", "beyond",
)  # fmt: skip
_AT_MOST = _any(
    "under", "less than", "fewer than", "below", "up to", "at most", "no more than",
    "not more than", "no (?:bigger|larger|greater|higher) than", "not (?:bigger|larger) than",
    "sub", "not over", r"max(?:imum)?\.?(?: of)?", "smaller than", "not exceeding",
    "not above", "within", "<=?", "≤", "south of", "until",
)  # fmt: skip
BOUND_BEFORE = re.compile(
    rf"(?:(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST}))[\s:-]*(?:about |around |~)?$"
)
BETWEEN_BEFORE = re.compile(r"(?:between|from)\s*$")
RANGE = re.compile(rf"\s?(?:{DASH}|to|through|till|until|bis)\s?")
_MORE_WORDS = _any("more", "above", "over", "higher", "up", "bigger", "larger", "longer", "greater")
_LESS_WORDS = _any("less", "fewer", "under", "below", "smaller")
MORE_AFTER = re.compile(
    rf"^\+|^[\s,]*(?:\(?or {_MORE_WORDS}|and {_MORE_WORDS}"
    r"|plus\b|minimum\b|min\b|upwards?\b|at least\b)"
)
ENDS = re.compile(r"^\s*(?:[,;|/)]|$)")
LESS_AFTER = re.compile(
    rf"^[\s,]*(?:or {_LESS_WORDS}|and {_LESS_WORDS}|max(?:imum)?\b|at most\b|tops\b)"
)
_KINDS_OF_STAFF = _any(
    "full[- ]time", "part[- ]time", "permanent", "total", "active", "global", "worldwide"
)
UNIT = re.compile(rf"^[\s-]*(?:{_KINDS_OF_STAFF}\s){{0,2}}([^\W\d_]+)")
EMPLOYEES_BEFORE = re.compile(
    _any(
        "employees?", "employee count", "number of employees", r"no\.? of employees",
        "# of employees", "head ?count", "company size", "size", "staff", "ftes?", "workforce",
        "empl", "employs", "employ", "employing",
    )
    + r"(?: (?:of|is|are|count|size|range)){0,3}[\s:=]*"
    r"(?:is |of |at )?(?:about |around |roughly |approx\.? |~ ?)?$"
)  # fmt: skip
_ABOUT = _any("late", "early", "mid", "the (?:start|end|beginning) of", "end of", "about", "around")
SINCE = re.compile(
    r"\b(?:since|from|in|before|as of|starting|back in|prior to)\s+"
    rf"(?:{_ABOUT}[\s-]+)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?"
    r"(?:(?P<month>[a-z]{3,9}|q[1-4])\.?,?\s+(?:of\s+)?|(?P<number>0?[1-9]|1[0-2])[/.])?"
    r"(?P<year>(?:19|20)\d\d|['\u2019]\d\d)\b"
)
LAST_YEAR = re.compile(r"\blast year\b")
EARLIER_AFTER = re.compile(r"\s?(?:or|and) (?:earlier|before)")
LIVE = re.compile(
    r"\b"
    + _any(
        "live", "customers?", "clients?", "with us", "using", "uses?", "users?", "tenure",
        "in production", "(?:be|is|are|been|was|being) on",
        "deployed", "on board(?:ed)?", "onboarded", "running", "runs?", "been on",
        "relationship", "partnered", "in use", "implemented", "signed(?: up)?", "joined",
        "been with", "go-live", "subscriber", "bought", "buying from us",
    )
    + r"\b"
)  # fmt: skip
NO_TENURE_AFTER = re.compile(
    r"^[\s-]*"
    + _any(
        r"old\b", "contracts?", "deals?", r"terms?\b", "agreements?", "subscriptions?",
        "commitments?", "of experience", "experience", "warrant", r"plans?\b", "roadmap",
        "renewals?", "in business", "leases?", "licen[cs]es?", "projects?", "from now", "rollouts?",
        "program(?:me)?s?", "budget", "framework", "horizon", "forecast", "of data", "ahead",
        "to (?:go|decide)", "away", "pilot", "cycle",
    )
)  # fmt: skip
NO_TENURE_BEFORE = re.compile(
    _any(
        "the (?:last|past|next|coming)", r"\bnext", r"\bwithin", r"\bevery", r"\blast", r"\bpast",
        r"\bcontract (?:of|for)", r"\bterm (?:of|is)", r"\bcontract length:?", r"\bcoming",
        r"\bterm:?", r"\bcommit (?:to|for)", r"\bsign(?:ing)? for", r"\brenew(?:ing)? for",
        r"\baged?", r"\bin", r"\btakes?",
    )
    + r"\s*$"
)  # fmt: skip
SENTENCE_END = re.compile(r"[.;!?\n]")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan", "januar"),
            ("february", "feb", "februar"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
} | {"q1": 1, "q2": 4, "q3": 7, "q4": 10, "spring": 3, "summer": 6, "autumn": 9, "fall": 9}
