"""Who wrote a message, and who is left as second person to release it (T1)."""

from datetime import datetime

from django.db.models import QuerySet

from plp.charter.queries import required_plan_rule
from plp.mandates.grants import Permission
from plp.mandates.queries import permission_holders
from plp.notices.models import Notice, NoticeWriter
from plp.people.models import Person


def writers_of_notice(notice: Notice) -> QuerySet[Person]:
    """Whoever wrote some of it, in any language, here or in what went into it."""
    return Person.objects.filter(pk__in=NoticeWriter.objects.filter(notice=notice).values("person"))


def is_writer_of_notice(person: Person, notice: Notice) -> bool:
    """Whether some of its words are theirs."""
    return NoticeWriter.objects.filter(notice=notice, person=person).exists()


def persons_who_may_release(notice: Notice, *, at: datetime) -> QuerySet[Person]:
    """Who may release it by the plan in force and wrote none of it. Raises ``NoPlan``."""
    roles = required_plan_rule(notice.partnership, notice.kind, at=at).releasers
    able = permission_holders(Permission.NOTICE_RELEASE, notice.partnership.area, roles=roles, at=at)
    return able.exclude(pk__in=writers_of_notice(notice).values("pk"))
