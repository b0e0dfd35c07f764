"""What this room keeps."""

from plp.evaluation.models.report import DueDay, Report, ReportFile, Signature
from plp.evaluation.models.survey import Survey, SurveyCode, SurveyCount

__all__ = ["DueDay", "Report", "ReportFile", "Signature", "Survey", "SurveyCode", "SurveyCount"]
