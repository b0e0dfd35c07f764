"""How passwords are hashed, and which are too easy: words of the field and municipalities."""

import re
import unicodedata
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.places.models import Area

WORDS = (
    "plp bin ril riq buurtinformatienetwerk buurt informatie netwerk partenariat local prevention preventie pravention "
    "partnerschaft lokale quartier wijk viertel voisin voisins buren nachbarn police politie polizei zone commune "
    "gemeente gemeinde coordinateur coordinator koordinator coordinatrice wachtwoord motdepasse passwort password "
    "bienvenue welkom willkommen welcome belgique belgie belgien belgium azerty qwerty"
).split()
FEWEST = 8  # letters and digits that are left without these words, no number of years among them


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id with the second of the sets that OWASP holds to be equal: 19 MiB, two passes, one thread.

    Django's own figures take 100 MiB and eight threads, six times the processor: whoever tried passwords then took the
    machine away from everybody else (T17). A password kept by other figures is hashed anew when it is next used.
    """

    memory_cost = 19_456
    time_cost = 2
    parallelism = 1


class LengthValidator(MinimumLengthValidator):
    """Says it in our words: Django's own have no Dutch, and would come in French."""

    def get_error_message(self) -> str:
        """Why, and what to do."""
        return _("This password is too short. Take at least %(number)d characters.") % {"number": self.min_length}


class PlatformAndPlaceWordsValidator:
    """Refuses a password that is little more than words of this site, of a municipality, or a year."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django calls it so
        """Raise ``ValidationError`` if too little is left."""
        remainder = fold_for_comparison(password)
        names = {fold_for_comparison(name) for name in _municipality_names() if name}
        for word in sorted({*WORDS, *names}, key=len, reverse=True):
            remainder = remainder.replace(word, "") if len(word) > 2 else remainder
        remainder = re.sub(r"(19|20)\d\d", "", remainder)
        if len(set(remainder)) < FEWEST:
            raise ValidationError(
                _("This password is easy to guess here. Take four words that have nothing in common.")
            )

    def get_help_text(self) -> str:
        """What to do."""
        return str(gettext_lazy("Take four words that have nothing in common."))


def fold_for_comparison(text: str) -> str:
    """Letters without accents and digits, in lower case."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def _municipality_names() -> set[str]:
    municipalities = Area.objects.filter(kind=Area.Kind.MUNICIPALITY).values_list("name_fr", "name_nl", "name_de")
    return {name for names in municipalities for name in names}
