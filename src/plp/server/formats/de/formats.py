"""A comma after the day of the week and before the hour; what is not here is as Django has it."""

DATETIME_FORMAT = "j. F Y, H:i"
WEEKDAY_DATE_FORMAT = "l, j. F Y"
WEEKDAY_DATETIME_FORMAT = "l, j. F Y, H:i"
WEEKDAY_DAY_FORMAT = "l, j."
HOUR_FORMAT = "G\N{NO-BREAK SPACE}\\U\\h\\r"
HOUR_MINUTE_FORMAT = "G.i\N{NO-BREAK SPACE}\\U\\h\\r"
