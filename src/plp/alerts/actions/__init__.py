"""What one may do with official alerts. Callers import the module: ``alerts.receive(...)``, ``alerts.publish(...)``."""

from plp.alerts.actions.proposals import decide_stop_proposal
from plp.alerts.actions.publication import publish_notice
from plp.alerts.actions.reception import receive_alert

__all__ = ["decide_stop_proposal", "publish_notice", "receive_alert"]
