"""The parsers there are, as ``module:function`` below ``plp.sandbox.parsers``: no other name is ever called."""

PARSERS = frozenset({"tables:rows"})
