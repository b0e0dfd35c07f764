"""The Common Alerting Protocol of OASIS: 1.1 and 1.2 read from strangers' files, 1.2 written (``serializer``). Pure."""

from plp.alerts.cap.parser import alerts_and_links_of_feed, parse_alert
from plp.alerts.cap.values import AlertArea, AlertInfo, AlertReference, FeedEntry, OfficialAlert
