"""What this subject offers to the shell: its place in the menu, where its pages are explained."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import (
    Entry,
    Offers,
)

OFFERS = Offers(
    menu=(Entry(_("Texts of the zone"), "launch:pack:zones", "file-pen", Permission.ZONE_SET, order=210),),
    help={
        "chief/rules": ("launch:pack:zones",),
        "committee/documents": (
            "launch:pack:home",
            "launch:pack:document",
        ),
    },
)
