"""Drafts of documents and the corrections made to them."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables."""

    dependencies = [
        ('documents', '0001_initial'),
        ('exchange', '0003_former_entry'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=80, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('state', models.CharField(choices=[('open', 'Being corrected'), ('published', 'Published'), ('discarded', 'Discarded')], default='open', max_length=20)),
                ('actor_key', models.CharField(max_length=80)),
                ('symbol', models.CharField(blank=True, max_length=120)),
                ('title', models.CharField(blank=True, max_length=1000)),
                ('language', models.CharField(max_length=10)),
                ('file_name', models.CharField(blank=True, max_length=300)),
                ('media_type', models.CharField(blank=True, max_length=100)),
                ('content', models.BinaryField(blank=True, default=bytes)),
                ('source', models.TextField(blank=True)),
                ('structure', models.JSONField(default=dict)),
                ('position', models.PositiveIntegerField(default=0)),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='drafts', to='documents.document')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='DraftStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('step', models.JSONField()),
                ('patch', models.JSONField()),
                ('actor_key', models.CharField(max_length=80)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='exchange.draft')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('draft', 'number'), name='one_step_a_number')],
            },
        ),
    ]
