"""The facts that close steps: who brings each about, on which page, and what to say while it is missing."""

from plp.launch.plan.facts import evening, ground, papers, start
from plp.launch.plan.facts.fact import StepFact

FACTS: dict[str, StepFact] = {fact.key: fact for room in (ground, evening, papers, start) for fact in room.FACTS}
