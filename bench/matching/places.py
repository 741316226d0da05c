"""The countries of the generated accounts, common ones more often, and what is spoken there."""

from itertools import accumulate

_SHARES = {
    "US": (220, "en"), "GB": (90, "en"), "DE": (85, "de"), "FR": (60, "fr"), "CA": (45, "en"),
    "NL": (35, "nl"), "AU": (32, "en"), "IN": (30, "hi"), "IT": (28, "it"), "ES": (28, "es"),
    "JP": (27, "ja"), "SE": (22, "sv"), "CH": (22, "de"), "BR": (22, "pt"), "PL": (16, "pl"),
    "BE": (14, "nl"), "AT": (14, "de"), "DK": (13, "da"), "NO": (12, "no"), "FI": (11, "fi"),
    "IE": (11, "en"), "MX": (11, "es"), "SG": (11, "en"), "CN": (11, "zh"), "KR": (9, "ko"),
    "PT": (8, "pt"), "CZ": (7, "cs"), "ZA": (7, "en"), "AE": (7, "ar"), "IL": (6, "he"),
    "NZ": (6, "en"), "TR": (5, "tr"), "HU": (5, "hu"), "RO": (5, "ro"), "GR": (4, "el"),
    "SA": (4, "ar"), "AR": (4, "es"), "CL": (4, "es"), "CO": (4, "es"), "MY": (4, "ms"),
    "TH": (4, "th"), "ID": (4, "id"), "PH": (4, "en"), "VN": (4, "vi"), "TW": (4, "zh"),
    "HK": (4, "zh"), "EG": (3, "ar"), "NG": (3, "en"), "KE": (3, "en"), "MA": (3, "ar"),
    "SK": (3, "sk"), "SI": (2, "sl"), "HR": (2, "hr"), "BG": (2, "bg"), "LT": (2, "lt"),
    "LV": (2, "lv"), "EE": (2, "et"), "LU": (2, "fr"), "IS": (1, "is"), "PE": (2, "es"),
    "QA": (2, "ar"), "KW": (1, "ar"), "UA": (3, "uk"),
}  # fmt: skip
COUNTRIES = tuple(_SHARES)
WEIGHTS = tuple(accumulate(weight for weight, _ in _SHARES.values()))  # as `cum_weights`
LANGUAGES = {country: language for country, (_, language) in _SHARES.items()}
