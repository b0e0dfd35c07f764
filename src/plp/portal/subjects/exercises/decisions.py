"""Exercises in deciding: an invented case, and questions with one right answer each, whose reason is said."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.subjects.exercises.cases import Exercise, Question

RELAY = Exercise(
    "relay",
    _("Pass a message on"),
    _(
        "Invented: on Tuesday at 21:30 the police send you an alarm. Two people in work clothes ring at doors of your "
        "quarter and say that they come from the water company."
    ),
    _("Choose what you do as coordinator."),
    needs=Permission.NOTICE_RELAY,
    questions=(
        Question(
            "first",
            _("What do you do first?"),
            (
                ("words", _("I write it in my own words in the group of neighbours")),
                ("button", _("I read it, look who gets it, and pass it on with the button")),
                ("wait", _("I wait until tomorrow, for it is late")),
            ),
            "button",
            _("An alarm does not wait, and goes unchanged: only so does it bear the check code by which it is known."),
        ),
        Question(
            "letters",
            _("Some members have neither e-mail nor a mobile telephone. What then?"),
            (
                ("list", _("I use the call list and the letters of the page")),
                ("poster", _("I hang the words up at the baker’s")),
                ("others", _("They hear it from others")),
            ),
            "list",
            _("The page says whom you call and which letters you print. Nobody is left out, nothing hangs in public."),
        ),
        Question(
            "seen",
            _("A member answers: “They are at number 12 now!” What do you say?"),
            (
                ("go", _("I come and look with you")),
                ("all", _("I tell all the others at once")),
                ("police", _("Call 101 now, and stay inside")),
            ),
            "police",
            _("What happens now goes to 101. Nobody steps in, and what a member sees goes to the police alone."),
        ),
    ),
)
NEIGHBOUR = Exercise(
    "neighbour",
    _("A neighbour reports something"),
    _(
        "Invented: on Saturday your neighbour stands at your door. Yesterday evening she saw a man look into cars. She "
        "has his picture and a number plate, and wants you to send both to the street."
    ),
    _("Choose what you do as coordinator."),
    needs=Permission.NOTICE_RELAY,
    questions=(
        Question(
            "picture",
            _("What becomes of the picture and the plate?"),
            (
                ("police", _("She gives them to the police, and to nobody else")),
                ("street", _("I send them to the street without a comment")),
                ("keep", _("I keep them until we meet the police")),
            ),
            "police",
            _("A picture or a plate of somebody goes to the police alone. Spreading it is against the law."),
        ),
        Question(
            "where",
            _("It was yesterday. Where does she tell it?"),
            (
                ("now", _("By telephone to 101")),
                ("group", _("In the group of neighbours")),
                ("report", _("On the page to report something, or at the police station")),
            ),
            "report",
            _("101 and 112 are for what happens now. What is over goes by the page, or to the station."),
        ),
        Question(
            "follow",
            _("She says: “Next time I follow him.” What do you answer?"),
            (
                ("photo", _("Only to take a better picture")),
                ("never", _("Stay away from him, and call 101")),
                ("together", _("Then take somebody along")),
            ),
            "never",
            _("Nobody of a partnership follows, stops or questions anybody. That is for the police."),
        ),
    ),
)
ABSENCE = Exercise(
    "absence",
    _("Be away for a while"),
    _("Invented: you are the coordinator, and away from 10 to 24 July. Your deputy stays at home."),
    _("Choose what you do."),
    needs=Permission.NOTICE_RELAY,
    questions=(
        Question(
            "when",
            _("When and how do you say it?"),
            (
                ("call", _("I call my deputy: that is enough")),
                ("after", _("When I am back")),
                ("before", _("Before I leave, under absences, with both days")),
            ),
            "before",
            _("Only what stands under absences gives your deputy your tasks, and shows the police whom to call."),
        ),
        Question(
            "declined",
            _("Your deputy declines. What now?"),
            (
                ("other", _("I choose somebody else at once")),
                ("phone", _("I take my telephone along")),
                ("wait", _("Messages wait for me")),
            ),
            "other",
            _("Messages do not wait. Without anybody the police must pass them on themselves."),
        ),
        Question(
            "password",
            _("She asks for your password, to see everything. What do you answer?"),
            (
                ("weeks", _("For these two weeks, yes")),
                ("own", _("Never: your own sign-in shows what you need")),
                ("phone", _("Not on paper, only by telephone")),
            ),
            "own",
            _("Who did what is noted by name. Your deputy signs in alone, and has your tasks while you are away."),
        ),
    ),
)
