"""What one may do with official alerts. Callers import the module: ``alerts.receive(...)``, ``alerts.publish(...)``."""

from plp.alerts.actions.publishing import publish
from plp.alerts.actions.receiving import receive
from plp.alerts.actions.settling import settle

__all__ = ["publish", "receive", "settle"]
