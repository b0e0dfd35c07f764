"""The Common Alerting Protocol of OASIS: 1.1 and 1.2 read from strangers' files, 1.2 written. Pure."""

from plp.alerts.cap.form import Info, Official, Place, Reference
from plp.alerts.cap.reading import alerts_of_feed, read
from plp.alerts.cap.writing import Entry, feed, write

__all__ = ["Entry", "Info", "Official", "Place", "Reference", "alerts_of_feed", "feed", "read", "write"]
