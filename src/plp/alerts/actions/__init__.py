"""What one may do with official alerts. Callers import the module: ``alerts.receive(...)``, ``alerts.publish(...)``."""

from plp.alerts.actions.proposals import keep_or_retract_and_tell_members
from plp.alerts.actions.publication import publish_notice
from plp.alerts.actions.reception import receive_cap_alert_and_draft_notices
