"""What the three quarters of the demonstration are, as data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One quarter: its partnership, the languages spoken, the invented people's numbers and mail, and how many."""

    key: str
    names: dict[str, str]
    languages: tuple[str, ...]
    postcode: str
    place: str
    landline: str  # the beginning of invented landline numbers, completed with three digits
    mobile: str  # the same for mobile numbers
    members: int
    faker: dict[str, str]  # language -> locale of the invented names


SETTINGS = (
    Setting(
        key="haren",
        names={"fr": "Haren", "nl": "Haren"},
        languages=("fr", "nl"),
        postcode="1130",
        place="Haren",
        landline="+3222150",
        mobile="+32470000",
        members=120,
        faker={"fr": "fr_BE", "nl": "nl_BE"},
    ),
    Setting(
        key="lembeek",
        names={"nl": "Lembeek", "fr": "Lembecq"},
        languages=("nl",),
        postcode="1502",
        place="Lembeek",
        landline="+3223560",
        mobile="+32470001",
        members=160,
        faker={"nl": "nl_BE", "fr": "fr_BE"},
    ),
    Setting(
        key="malmedy",
        names={"fr": "Malmedy", "de": "Malmedy"},
        languages=("fr", "de"),
        postcode="4960",
        place="Malmedy",
        landline="+3280770",
        mobile="+32470002",
        members=80,
        faker={"fr": "fr_BE", "de": "de_DE"},
    ),
)
SHARE_OF_FIRST_LANGUAGE = 0.65
PURPOSE = {
    "fr": "Prévenir ensemble les cambriolages et les escroqueries, et mieux vivre dans le quartier.",
    "nl": "Samen inbraken en oplichting voorkomen, en beter leven in de buurt.",
    "de": "Gemeinsam Einbrüchen und Betrug vorbeugen und besser im Viertel leben.",
    "en": "Prevent burglaries and fraud together, and live better in the neighbourhood.",
}
