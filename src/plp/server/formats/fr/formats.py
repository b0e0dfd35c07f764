"""A word leads from the day to the hour; what is not here is as Django has it."""

DATETIME_FORMAT = "j F Y à H:i"
WEEKDAY_DATE_FORMAT = "l j F Y"
WEEKDAY_DATETIME_FORMAT = "l j F Y à H:i"
WEEKDAY_DAY_FORMAT = "l j"
HOUR_FORMAT = "G\N{NO-BREAK SPACE}\\h"
HOUR_MINUTE_FORMAT = "G\N{NO-BREAK SPACE}\\h\N{NO-BREAK SPACE}i"
