"""The pages of the portal to which rooms below it lead: each once, with its name there and its address.

Letters are written by processes that have not loaded the portal, so an address stands here as text. A guard resolves
each, and finds names and addresses of pages that are typed elsewhere below the portal.
"""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class PortalPage:
    """One page: ``view`` is its name in the portal; ``address`` has ``{}`` for each part that is given."""

    view: str
    address: str

    def path(self, *parts: object) -> str:
        """The address on this site."""
        return self.address.format(*parts)

    def link(self, *parts: object) -> str:
        """The whole address, for a letter or a paper."""
        return f"{settings.ORIGIN}{self.path(*parts)}"


START = PortalPage("home:start", "/")

ACCOUNT_SET_UP = PortalPage("account_set_up", "/account/set-up/{}/")
PROVE_ADDRESS = PortalPage("account_prove_address", "/account/prove-address/{}/")
CANCEL_ADDRESS = PortalPage("account_cancel_address", "/account/cancel-address/{}/")
SETUP = PortalPage("setup:overview", "/setup/")
SETUP_BEGIN = PortalPage("setup:begin", "/setup/begin/{}/")

NOTICE_DESK = PortalPage("notices:desk:desk", "/police/")
RELAY_INBOX = PortalPage("notices:relay:inbox", "/coordinator/")
RELAY_ANSWER = PortalPage("notices:relay:answer", "/coordinator/answer/{}/{}/")
NOTICE_ANSWER = PortalPage("notices:answers:form", "/a/{}")
HELP_CALLS_COORDINATOR = PortalPage("notices:answers:help_coordinator", "/help-calls/coordinator/")
HELP_CALLS_POLICE = PortalPage("notices:answers:help_police", "/help-calls/police/")
CHECK = PortalPage("partnership:check", "/check/")
SIGHTING_DESK = PortalPage("sightings:desk", "/sightings/")
SIGHTING_FOLLOW = PortalPage("sightings:follow", "/report/follow/{}/{}/")
REPORT = PortalPage("sightings:start", "/report/")
REPORT_SERVICE = PortalPage("sightings:service_link", "/report/service/{}/{}/")
QUESTIONS_COORDINATOR = PortalPage("sightings:questions:coordinator", "/questions/coordinator/")
QUESTIONS_POLICE = PortalPage("sightings:questions:police", "/questions/police/")
QUESTIONS_MINE = PortalPage("sightings:questions:mine", "/questions/mine/")

PARTNERSHIP = PortalPage("partnership:partnership", "/p/{}/")
JOIN = PortalPage("partnership:join", "/p/{}/join/")
JOIN_STREET = PortalPage("partnership:join_street", "/p/{}/s/{}/")
JOIN_FIRM = PortalPage("partnership:join_firm", "/p/{}/f/{}/{}/")
STOP = PortalPage("partnership:stop", "/stop/{}/{}")
MEMBER_ENTRY = PortalPage("membership:self_service:ask", "/m/")
SCREEN = PortalPage("notices:screen:screen", "/screen/")
MEMBER_SETTINGS = PortalPage("membership:self_service:settings", "/m/settings/")
BUDDY_ANSWER = PortalPage("membership:self_service:on_behalf", "/m/buddy/{}/{}/")
MEMBERS_WAITING = PortalPage("membership:desk:waiting", "/coordinator/members/waiting/")
LETTERBOX_CODE_ENTRY = PortalPage("membership:enrolment:code", "/enrolment/code/")
LETTERBOX_CODE = PortalPage("membership:enrolment:confirm_code", "/enrolment/code/{}/")
APPLICANT_ANSWER = PortalPage("membership:enrolment:answer", "/enrolment/answer/{}/{}/")

MANDATES = PortalPage("mandates:home", "/mandates/")
MANDATE_LIST = PortalPage("mandates:zone", "/mandates/zone/")
MANDATE_PEOPLE = PortalPage("mandates:people", "/mandates/quarters/{}/")
SUCCESSION = PortalPage("mandates:succession", "/mandates/quarters/{}/succession/")
COVER = PortalPage("mandates:absences:cover", "/coordinator/absence/{}/{}/")
ABSENCE = PortalPage("mandates:absences:absence", "/coordinator/absence/")
ROTA = PortalPage("mandates:rotas:rota", "/rota/{}/")
SHIFT_ANSWER = PortalPage("mandates:rotas:answer", "/rota/answer/{}/{}/")
MEASURES = PortalPage("measures:listed", "/measures/")
MEASURE = PortalPage("measures:detail", "/measures/{}/")
OWN_MEASURES = PortalPage("measures:mine", "/measures/mine/")

CHARTERS = PortalPage("charter:index", "/charter/")
CHARTER = PortalPage("charter:home", "/charter/{}/")
CHARTER_ACCEPT = PortalPage("charter:accept_rules", "/charter/{}/accept/")
COMMUNICATION_PLAN = PortalPage("charter:plan", "/charter/{}/plan/")
EVENING = PortalPage("evening:home", "/evening/{}/")
EVENING_REPLY = PortalPage("evening:reply", "/evening/p/{}/r/{}")
EVENING_PUBLIC = PortalPage("evening:page", "/evening/p/{}/")

REQUESTS_ASKED = PortalPage("followup:requests:asked", "/requests/")
REQUESTS_POLICE = PortalPage("followup:requests:police", "/requests/police/")
FOLLOWUP = PortalPage("followup:home", "/exchange/")
FOLLOWUP_MEETING = PortalPage("followup:meeting", "/exchange/{}/{}/")
RATING = PortalPage("followup:rating", "/exchange/rating/{}/")

PARTNERSHIPS = PortalPage("launch:plan:all", "/launch/")
PROGRESS = PortalPage("launch:plan:where", "/launch/{}/")
LIFE = PortalPage("launch:plan:life", "/launch/{}/life/")
QUARTER_CHANGE = PortalPage("launch:plan:change", "/launch/{}/change/{}/")
QUARTER_ANSWER = PortalPage("launch:plan:answer", "/launch/c/{}/")
RECOGNITION = PortalPage("launch:plan:recognition", "/launch/{}/recognition/")
OPENING = PortalPage("launch:plan:opening", "/launch/{}/opening/")
PUBLICITY = PortalPage("launch:plan:publicity", "/launch/{}/publicity/")
IDEAS = PortalPage("launch:groundwork:ideas", "/groundwork/ideas/")
GROUNDWORK = PortalPage("launch:groundwork:home", "/groundwork/p/{}/")
TALKS = PortalPage("launch:groundwork:talks", "/groundwork/p/{}/talks/")
AREA = PortalPage("launch:groundwork:area", "/groundwork/p/{}/area/")
STATEMENTS = PortalPage("launch:groundwork:statements", "/groundwork/p/{}/statements/")
STAKEHOLDERS = PortalPage("launch:groundwork:stakeholders", "/groundwork/p/{}/stakeholders/")
INFORMATION = PortalPage("launch:groundwork:informing", "/groundwork/p/{}/informing/")
AREA_SURVEY = PortalPage("launch:groundwork:survey", "/groundwork/p/{}/survey/")
IDEA_FOLLOW = PortalPage("launch:idea:follow", "/idea/follow/{}/{}/")
SURVEY = PortalPage("launch:idea:survey", "/survey/")

EVALUATIONS = PortalPage("evaluation:index", "/evaluation/")
EVALUATION = PortalPage("evaluation:home", "/evaluation/{}/")
MEMBER_SURVEY = PortalPage("evaluation:answer", "/evaluation/answer/")
BREACHES = PortalPage("protection:breaches", "/protection/breaches/")
