"""What the ranking weighs, in words for who leads the program, and the forms to change it."""

from dataclasses import dataclass

from refbot.matching.profile import Facet
from refbot.matching.weights import EMPHASIS, FIT, QUALITY, SENIORITY, MatchingPolicy
from refbot.messages.blocks import (
    Block,
    actions,
    button,
    confirm,
    context,
    divider,
    modal,
    option,
    plain,
    safe,
    section,
    when,
)
from refbot.messages.ids import Do, Form
from refbot.messages.people import colleague
from refbot.messages.rules import Rule, number_field, number_in
from refbot.messages.words import FACET_NAMES, activity
from refbot.policy import Policy
from refbot.workflow.policies import RESET, LastChange, Trial, with_shipped_weights

_MATCHING = ("matching",)
MOST = 100
ASKED = {
    "company_size": "Company size",
    "tenure": "How long a customer",
    "account": "A named account",
} | {
    facet.value: FACET_NAMES[facet]
    for facet in Facet
    if facet not in {Facet.COMPANY_SIZE, Facet.TENURE, Facet.ACCOUNT}
}
BROUGHT = {
    "strengths": (
        "Strengths for the activity",
        "How well the strengths suit what the activity wants.",
    ),
    "willing": ("Willing to do it", "All of it for a yes, a part for “ask me first”."),
    "results": ("Measured results", "All of it from three results on."),
    "tenure_so_far": ("Long a customer", "More for each year, whatever is asked for."),
    "health": ("Happy", "None of it for a customer who is challenged."),
    "acceptance": ("Says yes when asked", "The share of requests accepted so far."),
    "named": ("May be named in public", "For public activities only."),
}
STRENGTH_NAMES = {
    "business_value": "Business value",
    "technical_depth": "Technical depth",
    "public_speaking": "Public speaking",
    "one_to_one": "One to one",
    "passion": "Passion",
    SENIORITY: "Seniority",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that are changed together."""

    title: str
    explains: str
    rules: tuple[Rule, ...]


SHARES, ASKED_FOR, TURNS = "shares", "asked_for", "turns"
GROUPS = {
    SHARES: Group(
        "The 100 points",
        "The best there can be has 100 points. Here you share them out; together they must not "
        "exceed 100.",
        (
            Rule("fit_points", "What is asked for", 0, MOST, _MATCHING,
                 "Shared by the criteria of a line."),
            Rule("rotation_points", "Taking turns", 0, MOST, _MATCHING,
                 "Who was asked least lately comes first among equals."),
            *(
                Rule(name, label, 0, MOST, ("matching", "quality"), hint)
                for name, (label, hint) in BROUGHT.items()
            ),
        ),
    ),
    ASKED_FOR: Group(
        "What is asked for",
        "How much one criterion counts beside another. A line that asks for an industry (20) and a "
        "level (16) shares its points 20 to 16. Zero: it does not count.",
        tuple(Rule(name, ASKED[name], 0, MOST, ("matching", "fit")) for name in FIT),
    ),
    TURNS: Group(
        "Turns and near fits",
        "When somebody counts as rested, and who is too far from what is asked for.",
        (
            Rule("rotation_days", "Days after which one counts as rested", 0, 3650, _MATCHING,
                 "Asked longer ago than this: all points for taking turns."),
            Rule("least_fit_percent", "Least fit in percent", 0, MOST, _MATCHING,
                 "Who fits less of what is asked for is not proposed at all."),
        ),
    ),
}  # fmt: skip


def group_of(name: str) -> Group:
    """Give a group by the name that its form carries; an activity's strengths are one each."""
    if name in GROUPS:
        return GROUPS[name]
    rules = tuple(
        Rule(strength, label, 0, MOST, ("matching", "emphasis", name))
        for strength, label in STRENGTH_NAMES.items()
    )
    what = activity(name)
    told = (
        f"What counts for “{what.lower()}”, one strength beside the other: a passion of 4 counts "
        "twice as much as a business value of 2; zero does not count."
    )
    return Group(what, told, rules)


def weights(
    policy: Policy, last: LastChange | None, trial: Trial | None, *, notice: str | None = None
) -> Block:
    """Show all weights, what each does, and what they make of the viewer's last search."""
    mine = policy.matching
    blocks = [section(notice)] if notice else []
    blocks += [
        _group(SHARES, "The 100 points of a score", _shares(mine)),
        divider(),
        _group(ASKED_FOR, f"What is asked for: {mine.fit_points} points", _asked_for(mine)),
        divider(),
        _group(TURNS, "Taking turns, and near fits", _turns(mine)),
        divider(),
        section(f"*Strengths by activity*\n{_strengths(mine)}"),
        actions(_activities()),
        divider(),
        section(_limits(policy), button("Change", Do.EDIT_POLICY, "weights")),
        divider(),
        section(_trial(trial)),
        context(_last(last)),
    ]
    if with_shipped_weights(policy) != policy:
        blocks.append(actions(_reset()))
    return modal(Form.WEIGHTS, "Weights", blocks, close="Close")


def weights_form(name: str, policy: Policy, trial: str | None = None) -> Block:
    """Ask for the numbers of a group."""
    group = group_of(name)
    blocks = [context(group.explains)]
    blocks += [number_field(rule, number_in(policy, rule)) for rule in group.rules]
    blocks += [section(trial)] if trial else []  # beside the button, where it is looked for
    blocks.append(actions(button("Try on my last search", Do.TRY_WEIGHTS, name)))
    return modal(Form.WEIGHTS_GROUP, group.title, blocks, submit="Save", metadata=name)


def in_trial(trial: Trial | None) -> str:
    """Say what weights that are not in force yet make of the viewer's last search."""
    return _trial(trial, "With these numbers")


def _group(name: str, title: str, text: str) -> Block:
    return section(f"*{title}*\n{text}", button("Change", Do.CHANGE_WEIGHTS, name)) | {
        "block_id": f"weights-{name}"
    }


def _shares(mine: MatchingPolicy) -> str:
    lines = [
        f"*{mine.fit_points}*  what is asked for, shared by the criteria of the line",
        f"*{mine.rotation_points}*  taking turns: who was asked least lately",
    ]
    lines += [f"*{mine.quality.get(name, 0)}*  {BROUGHT[name][0].lower()}" for name in QUALITY]
    rest = MOST - mine.most_points
    unused = f"\n{rest} of 100 points are not given to anything." if rest else ""
    return "\n".join(lines) + unused


def _asked_for(mine: MatchingPolicy) -> str:
    """Order by weight, so that what counts most is read first."""
    ordered = sorted(FIT, key=lambda name: -mine.fit.get(name, 0))
    listed = " · ".join(f"{ASKED[name].lower()} *{mine.fit.get(name, 0)}*" for name in ordered)
    return (
        f"Shared by what a line names, in these proportions: {listed}.\n"
        "A near fit (a parent industry, the level beside, the same region) gets a part."
    )


def _turns(mine: MatchingPolicy) -> str:
    return (
        f"Who was last asked *{mine.rotation_days}* days ago or earlier counts as rested. "
        f"Who fits less than *{mine.least_fit_percent} %* of what is asked is not proposed."
    )


def _strengths(mine: MatchingPolicy) -> str:
    lines = []
    for name in EMPHASIS:
        row = {s: w for s, w in mine.emphasis.get(name, {}).items() if w}
        told = ", ".join(
            f"{STRENGTH_NAMES[strength].lower()} *{weight}*"
            for strength, weight in sorted(row.items(), key=lambda pair: -pair[1])
        )
        lines.append(f"{activity(name)}: {told or 'none counts'}")
    return "\n".join(lines)


def _activities() -> Block:
    return {
        "type": "static_select",
        "action_id": Do.CHANGE_STRENGTHS,
        "placeholder": plain("Change those of …", 150),
        "options": [option(activity(name), name) for name in EMPHASIS],
    }


def _limits(policy: Policy) -> str:
    mine = policy.matching
    return (
        f"*Limits*\nAt most *{mine.person_per_quarter}* uses of a person and "
        f"*{mine.account_per_quarter}* of an account in a quarter; nobody is asked in the "
        f"*{mine.near_renewal_days}* days before a renewal; *{policy.rest_after_held_days}* days "
        "of rest after a use. They hold whatever the weights are."
    )


def _trial(trial: Trial | None, under: str = "With these weights") -> str:
    if trial is None:
        return f"_{under} I show here what your last search gives, once you have made one._"
    line = safe(trial.text, 100)
    if not trial.found:
        return f"*{under}* your last search, “{line}”, gives nobody."
    rows = [
        f"{place}. {safe(found.title or 'Contact', 80)}, {safe(found.mask or found.account, 80)}: "
        f"*{found.score:.0f}*{_moved(trial, place, found.reference_id)}"
        for place, found in enumerate(trial.found, start=1)
    ]
    return f"*{under}* your last search, “{line}”, gives:\n" + "\n".join(rows)


def _moved(trial: Trial, place: int, reference_id: int) -> str:
    before = trial.present.index(reference_id) + 1
    return "" if before == place else f" _(now {before}.)_"


def _last(last: LastChange | None) -> str:
    if last is None:
        return "Nobody has changed weights or limits yet."
    who = colleague(last.by) if last.by else "RefBot"
    did = "Set back to the shipped weights" if last.what == RESET else "Last changed"
    return f"{did} by {who}, {when(last.at)}"


def _reset() -> Block:
    sure = confirm(
        "Back to the shipped weights?",
        "All weights and strengths become what RefBot was shipped with. Limits and rests stay.",
        "Set them back",
    )
    return button("Back to the shipped weights", Do.RESET_WEIGHTS, "weights", confirm=sure)
