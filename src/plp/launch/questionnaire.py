"""The survey of an area: its questions and the codes of its homes (R17). Pure."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

from plp.toolbox.crypto import digest
from plp.toolbox.ids import readable_code

# Question: its answers. Keys are stored, so none is renamed.
QUESTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "support": ("yes", "no", "unsure"),
        "join": ("yes", "no", "unsure"),
        "help": ("yes", "no", "unsure"),
        "way": ("sms", "mail", "call", "paper"),
        "topic": ("burglary", "fraud", "vehicle", "missing", "fire", "shop"),
        "safety": ("safe", "rather", "hardly", "unsafe", "none"),
        "expect": ("told", "advice", "ties", "police", "frail"),
        "evening": ("yes", "no", "aided"),
        "hours": ("till18", "till20", "later", "varies"),
    }
)
OF_TRADERS_ALONE = frozenset({"hours"})
# Of a partnership of the self-employed or of one sector: what happens to shops first, nothing that only a home expects.
ANSWERS_OF_TRADERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "topic": ("shop", "burglary", "fraud", "vehicle", "fire", "missing"),
        "expect": ("told", "advice", "staff", "trade", "police"),
    }
)
ALWAYS = "support"  # without it there is nothing to count
USUAL = ("support", "join", "help")  # where a partnership chose nothing
QUESTION_LABELS: Mapping[str, Any] = MappingProxyType(
    {
        "support": _("Are you in favour of a local prevention partnership in your area?"),
        "join": _("Would you join it?"),
        "help": _("Would you help, for example in the steering committee?"),
        "way": _("How would you like to get the messages?"),
        "topic": _("Which subject matters most to you?"),
        "safety": _("How do you feel in this area?"),
        "evening": _("Will you come to the information evening?"),
        "expect": _("What do you expect of it above all?"),
        "hours": _("Until when is your business open on weekdays?"),
    }
)
ANSWER_LABELS: Mapping[str, Any] = MappingProxyType(
    {
        "yes": _("Yes"),
        "no": _("No"),
        "unsure": _("I do not know yet"),
        "sms": _("SMS"),
        "mail": _("E-mail"),
        "call": _("Telephone call"),
        "paper": _("Paper in the letterbox"),
        "burglary": _("Burglary"),
        "fraud": _("Fraud and theft by trickery"),
        "vehicle": _("Theft from cars, theft of bicycles"),
        "missing": _("A missing person"),
        "fire": _("Fire, smoke, carbon monoxide"),
        "shop": _("Theft and fraud in shops"),
        "safe": _("Safe"),
        "rather": _("Rather safe"),
        "hardly": _("Rather unsafe"),
        "unsafe": _("Unsafe"),
        "none": _("No opinion"),
        "aided": _("Yes, with help to get there or to understand"),
        "told": _("To be told in time"),
        "advice": _("Advice on prevention"),
        "ties": _("To know the people of the neighbourhood better"),
        "police": _("Contact with the local police"),
        "staff": _("Advice for employees"),
        "trade": _("To know the other businesses better"),
        "frail": _("Attention for whoever is vulnerable or alone"),
        "till18": _("Until 18:00 at the latest"),
        "till20": _("Until 20:00 at the latest"),
        "later": _("Later than 20:00"),
        "varies": _("It varies"),
    }
)
OWN = ("own1", "own2", "own3")  # keys of the questions that a partnership words itself
OWN_ANSWERS = ("yes", "no", "unsure")
LEAST_SHARE = 20  # of a hundred homes: with fewer answers nobody knows what the others think


def question_keys_offered(*, are_traders: bool) -> tuple[str, ...]:
    """The keys of the questions that a new survey may ask, in the order of paper and screen."""
    return tuple(key for key in QUESTIONS if are_traders or key not in OF_TRADERS_ALONE)


def answer_keys_of(question: str) -> tuple[str, ...]:
    """The keys of the answers to a question of ours, or of the partnership's own."""
    return QUESTIONS.get(question, OWN_ANSWERS)


def answers_from_digits(answer_keys: Mapping[str, Sequence[str]], digits: str) -> dict[str, str]:
    """The answers of a form as they are typed from paper: ``121`` is the first, second, first answer; 0 is none.

    ``answer_keys``: of each question asked, in the order of the paper, the keys of its answers.

    Raises ``ValueError`` for another number of digits than questions, or a digit that no answer has.
    """
    signs = [sign for sign in digits if not sign.isspace()]
    if len(signs) != len(answer_keys):
        raise ValueError("another number of answers than questions")
    answers = {}
    for (question, keys), sign in zip(answer_keys.items(), signs, strict=True):
        number = int(sign)
        if number > len(keys):
            raise ValueError("no such answer")
        if number:
            answers[question] = keys[number - 1]
    return answers


def home_survey_code(survey_key: Any, address_register_id: str) -> str:
    """The code of one home in one survey, always the same: ``home`` is the register's key of the address.

    Made with the key outside the database, so neither the table of codes nor a letter tells the address.
    """
    return readable_code(int(digest(f"{survey_key}:{address_register_id}", purpose="survey.home"), 16))


def survey_code_digest(code: str) -> str:
    """What is stored of a code."""
    return digest(code, purpose="survey.code")
