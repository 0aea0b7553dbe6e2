"""The index that searching goes by, on PostgreSQL where the extension pg_trgm can be had.

Without it searching reads the table; `jobs.W001` tells so, and how to mend it.
"""

from django.db import DatabaseError, migrations, transaction

# As `jobs/search.py` writes it in a query.
INDEX = """
CREATE INDEX jobs_jobposting_words ON jobs_jobposting USING gin (
    UPPER((' ' || title || ' ' || company || ' ' || location || ' ' || external_id)::text)
    gin_trgm_ops
)
"""


def create_index(_apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(INDEX)
    except DatabaseError as error:
        print(f"\n  Searching gets no index (see jobs.W001): {error}", end="")


def drop_index(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS jobs_jobposting_words")


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_lists")]

    operations = [migrations.RunPython(create_index, drop_index)]
