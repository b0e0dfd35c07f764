"""The private checklist of a home (R69). Which items are ticked stays in the browser: no address here takes them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# Heading, then key and words of each item. A key is stored in browsers: never change its meaning.
CHECKLIST: tuple[tuple[Any, tuple[tuple[str, Any], ...]], ...] = (
    (
        _("Doors and windows"),
        (
            ("door-lock", _("I lock the front door, also when I am at home.")),
            ("door-key", _("No key stays in a lock, under a mat or in a flowerpot.")),
            ("back-door", _("Back door, cellar door and garage have a good lock.")),
            ("windows", _("Windows are shut when I go out, tilted ones too.")),
            ("ladder", _("Ladder, bins and tools do not help anybody to climb in.")),
        ),
    ),
    (
        _("A home that looks lived in"),
        (
            ("light", _("A lamp on a timer is on in the evening when I am out.")),
            ("letterbox", _("Somebody empties my letterbox when I am away.")),
            ("hedge", _("Hedge and fence let neighbours see door and windows.")),
            ("silent", _("I do not say on the internet when I am away.")),
        ),
    ),
    (
        _("What I own"),
        (
            ("valuables", _("Valuables and car keys do not lie in sight.")),
            ("list", _("I have a list of serial numbers, with pictures.")),
            ("bicycle", _("My bicycles are locked to something fixed and registered.")),
            ("cards", _("My codes are in my head, not beside my bank cards.")),
        ),
    ),
    (
        _("Fire and gas"),
        (
            ("smoke", _("A smoke detector hangs on every floor; I tested it this month.")),
            ("carbon", _("Boiler and chimney were checked; fresh air can come in.")),
            ("way-out", _("Everybody at home knows the way out and where to meet.")),
        ),
    ),
    (
        _("If something happens"),
        (
            ("numbers", _("101 and 112 are in my telephone; so is the app 112 BE.")),
            ("card-stop", _("I know Card Stop: 078 170 170.")),
            ("adviser", _("I know that the police give free advice at home against burglary.")),
        ),
    ),
)
