"""What this subject offers to the shell: where its pages are explained."""

from plp.portal.shell.offers import Offers

OFFERS = Offers(
    help={
        "resident/covered": ("partnership:street",),
        "resident/join": (
            "partnership:partnerships",
            "partnership:partnership",
            "partnership:join",
            "partnership:reach",
            "partnership:accept",
        ),
        "resident/check": ("partnership:check",),
    },
)
