"""Gives the log its head row, and lets the database refuse to rewrite it."""

from django.db import migrations

from stocktake.kernel.history import triggers


def add_head(apps, schema_editor):
    apps.get_model("history", "Head").objects.get_or_create(pk=1, defaults={"number": 0})


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]

    operations = [
        migrations.RunPython(add_head, migrations.RunPython.noop),
        migrations.RunPython(triggers.create, triggers.drop),
    ]
