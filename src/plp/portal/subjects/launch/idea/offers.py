"""What this subject offers to the shell: where its pages are explained."""

from plp.portal.shell.offers import Offers

OFFERS = Offers(
    help={
        "resident/idea": (
            "launch:idea:tell",
            "launch:idea:describe",
        ),
    },
)
