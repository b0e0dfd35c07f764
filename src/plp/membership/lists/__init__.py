"""Lists of members that stand in files: reading one in any usual form, matching its columns, judging its rows (R48).

``tables`` and ``vcards`` read bytes; ``columns`` says what each column holds; ``rows`` brings one row into our form;
``preview`` compares with the quarter and with who belongs already; ``files`` makes the files of an export. The
first four know no database. What is written to it stands in ``membership.list_drafts`` and ``membership.list_imports``.
"""
