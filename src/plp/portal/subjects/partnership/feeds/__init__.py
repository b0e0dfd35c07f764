"""What others take over from us: news, calendar and contacts of a partnership, its page for another site, sources."""
