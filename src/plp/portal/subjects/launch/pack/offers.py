"""What this subject offers to the shell: its place in the menu, where its pages are explained."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import (
    RECRUIT,
    MenuEntry,
    Offers,
)

OFFERS = Offers(
    menu=(
        MenuEntry(
            _("Recruit"),
            _("Posters, folders, cards, letters and pictures: to print, hand out and share."),
            "launch:pack:index",
            "sprout",
            Permission.LAUNCH_SEE,
            RECRUIT,
            order=75,
        ),
        MenuEntry(
            _("Texts of the zone"),
            _("The texts of the papers in the words of your zone."),
            "launch:pack:zones",
            "file-pen",
            Permission.ZONE_SET,
            order=210,
        ),
    ),
    help={
        "chief/rules": ("launch:pack:zones",),
        "committee/documents": (
            "launch:pack:home",
            "launch:pack:document",
        ),
    },
)
