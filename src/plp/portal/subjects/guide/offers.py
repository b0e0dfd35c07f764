"""What the guides offer to the shell: where a page is explained."""

from plp.portal.shell.offers import Offers
from plp.portal.subjects.guide.help import help_on

OFFERS = Offers(help_on=help_on)
