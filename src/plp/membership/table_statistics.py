"""After a bulk of rows: let the database know, so that the next query is planned for them."""

from django.db import connection
from django.db.models import Model


def analyze_tables(*models: type[Model]) -> None:
    """Let PostgreSQL count the rows of these tables anew, those of this transaction included.

    It counts by itself only after a commit: a query in the same transaction would be planned for the few rows of
    before, and ten thousand then take minutes. SQLite plans without counts.
    """
    if connection.vendor == "postgresql":
        tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")
