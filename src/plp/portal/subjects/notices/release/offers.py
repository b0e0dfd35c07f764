"""What this subject offers to the shell: where its pages are explained."""

from plp.portal.shell.offers import Offers

OFFERS = Offers(
    help={
        "officer/release": ("notices:release:release",),
        "officer/correct": ("notices:release:stop",),
    },
)
