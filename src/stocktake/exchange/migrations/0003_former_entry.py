"""Former addresses of undone entries, and runs that can no longer be undone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table and one column more."""

    dependencies = [("exchange", "0002_note_kind_note")]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="is_final",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="FormerEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scheme", models.CharField(max_length=40)),
                ("identifier", models.CharField(max_length=300)),
                ("public_id", models.CharField(max_length=80)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scheme", "identifier"), name="one_former_entry"
                    )
                ],
            },
        ),
    ]
