"""Lists of members that stand in files: reading one in any usual form, matching its columns, judging its rows (R48).

``tables`` and ``vcards`` read bytes; ``columns`` says what each column holds; ``rows`` brings one row into our form;
``judging`` compares with the quarter and with who belongs already; ``writing`` makes the files of an export. The
first four know no database. What is written to it stands in ``partnership.importing``.
"""
