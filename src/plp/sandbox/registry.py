"""The parsers there are, as ``module:function`` below ``plp.sandbox.parsers``: no other name is ever called."""

PARSERS = frozenset(
    {
        "bounces:facts",
        "data:object_names",
        "data:small_object",
        "mails:reply",
        "mails:signers",
        "pdfs:merge",
        "pictures:reencode",
        "tables:rows",
        "xml:parts",
        "xml:tree",
    }
)
STREAMS = frozenset({"archives:entries", "archives:tables"})
