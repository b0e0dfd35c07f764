"""Where the help of a step differs: for the self-employed (PLP-I) and for a sector (R33, R34)."""

from django.utils.translation import gettext_lazy as _

TRADERS_HELP: dict[str, object] = {
    "idea": _(
        "A trader, a traders' association, the municipality or the police may have the idea. The police of the right "
        "zone take it up and write down where it came from. Nobody gains a role by it."
    ),
    "area": _(
        "Say which shopping streets belong to the area. Residents of these streets may take part too. "
        "Write down what traders, police and municipality want: reasons, expectations and objectives."
    ),
    "informing": _(
        "Every shop and office of the area hears of the plan, and residents too. Choose hours when shops can listen. "
        "Then measure how many support it. Only numbers are kept."
    ),
    "evening": _(
        "All traders are invited, and residents of the shopping streets. Choose an hour after closing "
        "time. Seven points are discussed. Those present vote on the partnership and its objectives."
    ),
    "committee": _(
        "The members choose a coordinator from their own area, and deputies. The chair of a traders' association is "
        "often a good choice. A steering committee shares the work."
    ),
}
SECTOR_HELP: dict[str, object] = {
    "idea": _(
        "A professional organisation, a business of the sector, the authorities or the police may have the idea. The "
        "police take it up and write down where it came from. Nobody gains a role by it."
    ),
    "area": _(
        "Say which sector it is and in which streets its businesses lie. Write down what businesses, "
        "police and municipality want: reasons, expectations and objectives."
    ),
    "informing": _(
        "Every business of the sector in the area hears of the plan. Then measure how many support it. Only numbers "
        "are kept."
    ),
    "evening": _(
        "All businesses of the sector are invited. Seven points are discussed. Those present vote on the "
        "partnership and its objectives."
    ),
    "committee": _(
        "The members choose a coordinator from their own sector, and deputies. A steering committee shares the work."
    ),
}
