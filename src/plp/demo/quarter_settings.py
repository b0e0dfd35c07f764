"""The partnerships of the demonstration, as data: three whole quarters, and the shops and cafés of one of them."""

from dataclasses import dataclass

from plp.places.gazetteer import DEMO_QUARTERS


@dataclass(frozen=True)
class QuarterSetting:
    """One quarter: its partnership, the languages spoken, the invented people's numbers and mail, and how many."""

    key: str
    kind: str  # of Partnership.Kind
    register: str  # whose addresses: a key of gazetteer.DEMO_QUARTERS
    names: dict[str, str]
    languages: tuple[str, ...]
    postcode: str
    place: str
    landline: str  # the beginning of invented landline numbers, completed with three digits
    mobile: str  # the same for mobile numbers
    desk: str  # an invented telephone number of the police desk
    members: int  # at the launch
    faker: dict[str, str]  # language -> locale of the invented names
    streets: tuple[str, ...] = ()  # by name; empty: every street of the register
    rules_version: str = "1"
    joiners: int = 8  # who come in the course of the year
    is_silent: bool = False  # no message came for months

    @property
    def nis(self) -> str:
        """The municipality."""
        return DEMO_QUARTERS[self.register]

    @property
    def is_for_shops(self) -> bool:
        """Whether its members trade there."""
        return self.kind != "plp"

    def office_number(self, place: int) -> str:
        """The invented number of a partner who signs, by its place among them: none of a member, nor of the desk."""
        return f"{self.landline}{991 + place}"


SETTINGS = (
    QuarterSetting(
        key="haren",
        kind="plp",
        register="haren",
        names={"fr": "Haren", "nl": "Haren"},
        languages=("fr", "nl"),
        postcode="1130",
        place="Haren",
        landline="+3222150",
        mobile="+32470000",
        desk="+3222150999",
        members=105,
        faker={"fr": "fr_BE", "nl": "nl_BE"},
    ),
    QuarterSetting(
        key="lembeek",
        kind="plp",
        register="lembeek",
        names={"nl": "Lembeek", "fr": "Lembecq"},
        languages=("nl",),
        postcode="1502",
        place="Lembeek",
        landline="+3223560",
        mobile="+32470001",
        desk="+3223560999",
        members=145,
        faker={"nl": "nl_BE", "fr": "fr_BE"},
    ),
    QuarterSetting(
        key="malmedy",
        kind="plp",
        register="malmedy",
        names={"fr": "Malmedy", "de": "Malmedy"},
        languages=("fr", "de"),
        postcode="4960",
        place="Malmedy",
        landline="+3280770",
        mobile="+32470002",
        desk="+3280770999",
        members=70,
        faker={"fr": "fr_BE", "de": "de_DE"},
    ),
    QuarterSetting(
        key="malmedy-commerces",
        kind="plp_i",
        register="malmedy",
        names={"fr": "Malmedy, commerces du centre", "de": "Malmedy, Geschäfte im Zentrum"},
        languages=("fr", "de"),
        postcode="4960",
        place="Malmedy",
        landline="+3280771",
        mobile="+32470003",
        desk="+3280770999",
        members=40,
        faker={"fr": "fr_BE", "de": "de_DE"},
        joiners=3,
        is_silent=True,
        streets=("Chemin-Rue", "Place Albert Ier", "Place de Rome", "Rue Neuve", "Rue derrière l'eau"),
    ),
)
UNDER_WAY = QuarterSetting(
    key="malmedy-gare",
    kind="sectoral",
    register="malmedy",
    names={"fr": "Malmedy, cafés et restaurants", "de": "Malmedy, Cafés und Restaurants"},
    languages=("fr", "de"),
    postcode="4960",
    place="Malmedy",
    landline="+3280772",
    mobile="+32470004",
    desk="+3280770999",
    members=0,
    faker={"fr": "fr_BE", "de": "de_DE"},
    streets=("Avenue de la Gare", "Rue de la Gare", "Place Albert Ier", "Place de Rome"),
)
SHARE_OF_FIRST_LANGUAGE = 0.65
