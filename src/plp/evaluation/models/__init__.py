"""What this room keeps."""

from plp.evaluation.models.departure import LeavingCount
from plp.evaluation.models.objective import Indicator, ReportTask
from plp.evaluation.models.report import DueDay, Report, ReportFile, Signature
from plp.evaluation.models.survey import Survey, SurveyCode, SurveyCount
