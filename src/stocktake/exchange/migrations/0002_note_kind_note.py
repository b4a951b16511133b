"""A kind of note of its own for what is worth a look though nothing is wrong."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more choice; the table stays as it is."""

    dependencies = [("exchange", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="runnote",
            name="note_kind",
            field=models.CharField(
                choices=[
                    ("error", "Fault in the file"),
                    ("conflict", "An edit by a person stands"),
                    ("kept", "Not undone"),
                    ("note", "Worth a look"),
                ],
                max_length=20,
            ),
        ),
    ]
