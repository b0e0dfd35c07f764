"""``docs/words.md``: every rule of wording for people to read. ``.venv/bin/python -m plp.wording.page`` writes it."""

from pathlib import Path

from plp.wording.lexicon import HERE, LANGUAGES, RULES, rule_file, rule_table_in_language

OPENING = """# What a message may say

Every message, report and letter to members is read along with these {count} rules, in the language it is written in.
A finding *holds* a message, or only *warns*. Whoever may, sends it all the same, with a reason that is noted. Nothing
is decided here: the second person who releases reads the exact text. In a message of the police a second reader holds
or warns where no rule speaks, and lets go what rules hold in an honest message (ADR 90): never a plate, a number, a
house, a person, who is a member or away, who called the police, nor what nobody may override. A call to patrol, to
confront, to film or to phone somebody else than the police it lets go only as a question that hears no, or where its
words tell of something and speak to nobody; what is said of health, only where they are far from saying it of somebody.

This page is made from `src/plp/wording/rules/`, one file a rule. Then: `.venv/bin/python -m plp.wording.page`.
[How a rule is written](../src/plp/wording/README.md) needs no programming. Each language below shows why a rule is
there, what to write instead, a sentence that may stand in the place of one that is held, and examples of what is held
and of what passes.

| Rule | What it finds | Sent all the same by | Only warns in |
|---|---|---|---|
"""
TITLES = {  # of a language, in it: its name, "held", "passes"
    "fr": ("Français", "Retenu", "Passe"),
    "nl": ("Nederlands", "Tegengehouden", "Mag"),
    "de": ("Deutsch", "Angehalten", "Erlaubt"),
    "en": ("English", "Held", "Passes"),
}


def rule_title(rule: str) -> str:
    """What a rule finds, in English: the first line of its file."""
    first, _, _ = (HERE / "rules" / f"{rule}.toml").read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("# ").removesuffix(".")


def _rules_table() -> list[str]:
    """One row a rule."""
    return [
        f"| [`{rule}`](../src/plp/wording/rules/{rule}.toml) | {rule_title(rule)} | "
        f"{'the police, with a reason' if rule_file(rule)['overridden_by'] == 'police' else 'nobody'} | "
        f"{', '.join(f'`{kind}`' for kind in rule_file(rule)['warned_in']) or '–'} |"
        for rule in RULES
    ]


def rule_section_lines(rule: str, language: str) -> list[str]:
    """What one rule says in one language."""
    table = rule_table_in_language(rule, language)
    _, held, passes = TITLES[language]
    examples = table["examples"]
    return [
        f"### {rule} ({language})",
        "",
        f"{table['reason'].strip()} *{table['advice'].strip()}*",
        "",
        f"> {table['say'].strip()}",
        "",
        *(f"- **{held}.** {text}" for text in examples["breach"]),
        *(f"- *{passes}.* {text}" for text in examples["honest"]),
        "",
    ]


def wording_rules_markdown() -> str:
    """The whole page."""
    lines = [*_rules_table(), ""]
    for language in LANGUAGES:
        lines += [f"## {TITLES[language][0]}", ""]
        for rule in RULES:
            lines += rule_section_lines(rule, language)
    return OPENING.format(count=len(RULES)) + "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    (Path.cwd() / "docs" / "words.md").write_text(wording_rules_markdown(), encoding="utf-8")
