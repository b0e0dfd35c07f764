"""The parsers there are, as ``module:function`` below ``plp.sandbox.parsers``: no other name is ever called."""

PARSERS = frozenset(
    {
        "bounces:read_bounce",
        "data:keys_of_object",
        "data:read_small_object",
        "mails:read_reply",
        "mails:signing_domains",
        "pdfs:merge_papers",
        "pictures:encode_as_jpeg",
        "tables:read_rows",
        "xml:find_elements_or_feed_links",
        "xml:read_tree",
    }
)
STREAMS = frozenset({"archives:stream_entries", "archives:stream_csv_files"})
