"""A word leads from the day to the hour; strokes in a short date; what is not here is as Django has it."""

DATETIME_FORMAT = r"j F Y \o\m H:i"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
WEEKDAY_DATE_FORMAT = "l j F Y"
WEEKDAY_DATETIME_FORMAT = r"l j F Y \o\m H:i"
WEEKDAY_DAY_FORMAT = "l j"
