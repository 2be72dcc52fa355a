"""What the model shows, by topic: each finding is a sentence and a small table.

The lessons put these beside what a text claims and what research says. No sentence takes a side
that the figures do not take: whether something grows, shrinks, vanishes or stays is worked out
here, never written down before.
"""

from musclechain.views.words.findings.bends import describe_bend
from musclechain.views.words.findings.chains import (
    compare_chain_pulls,
    describe_chain_pull,
    describe_meeting,
    describe_roots,
)
from musclechain.views.words.findings.feet import (
    describe_arch,
    describe_insole,
    describe_rolling,
)
from musclechain.views.words.findings.guarding import (
    describe_guarding,
    describe_straightening,
    describe_theories,
)
from musclechain.views.words.findings.impact import compare_impacts, describe_impact
from musclechain.views.words.findings.joints import (
    describe_glance,
    describe_head_level,
    describe_loads,
    describe_turning,
)
from musclechain.views.words.findings.people import describe_population
from musclechain.views.words.findings.plans import (
    compare_done,
    describe_plan,
    describe_plans,
    describe_sessions,
)
from musclechain.views.words.findings.pull import describe_chain, describe_cut, describe_reach
from musclechain.views.words.findings.raises import (
    compare_orders,
    compare_raises,
    compare_ranges,
    describe_interface,
    describe_nerve_draws,
    describe_raise,
)
from musclechain.views.words.findings.referred import (
    compare_root_and_nerve,
    describe_guarded_roots,
    describe_referred,
)
from musclechain.views.words.findings.sides import (
    describe_regions,
    describe_sides,
    describe_weakness,
    describe_zigzag,
)
from musclechain.views.words.findings.slow import (
    describe_circle,
    describe_course,
    describe_echoes,
    describe_joint_turns,
    describe_sliding,
    describe_starts,
)
from musclechain.views.words.findings.springs import describe_springs
from musclechain.views.words.supply import describe_supply

__all__ = [
    "compare_chain_pulls",
    "compare_done",
    "compare_impacts",
    "compare_orders",
    "compare_raises",
    "compare_ranges",
    "compare_root_and_nerve",
    "describe_arch",
    "describe_bend",
    "describe_chain",
    "describe_chain_pull",
    "describe_circle",
    "describe_course",
    "describe_cut",
    "describe_echoes",
    "describe_glance",
    "describe_guarding",
    "describe_guarded_roots",
    "describe_head_level",
    "describe_impact",
    "describe_insole",
    "describe_interface",
    "describe_joint_turns",
    "describe_loads",
    "describe_meeting",
    "describe_nerve_draws",
    "describe_plan",
    "describe_plans",
    "describe_population",
    "describe_raise",
    "describe_reach",
    "describe_referred",
    "describe_regions",
    "describe_rolling",
    "describe_roots",
    "describe_sessions",
    "describe_sides",
    "describe_sliding",
    "describe_springs",
    "describe_starts",
    "describe_straightening",
    "describe_supply",
    "describe_theories",
    "describe_turning",
    "describe_weakness",
    "describe_zigzag",
]
