# Job postings.

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='JobPosting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(default='import', max_length=100, verbose_name='source')),
                ('external_id', models.CharField(max_length=500, verbose_name='external id')),
                ('title', models.CharField(max_length=500, verbose_name='title')),
                ('company', models.CharField(blank=True, max_length=300, verbose_name='company')),
                ('location', models.CharField(blank=True, max_length=300, verbose_name='location')),
                ('description', models.TextField(verbose_name='description')),
                ('description_html', models.TextField(blank=True, help_text='The original, where the source gave HTML.', verbose_name='description as HTML')),
                ('url', models.URLField(blank=True, max_length=2000, verbose_name='address')),
                ('posted_at', models.DateTimeField(blank=True, null=True, verbose_name='posted at')),
                ('priority', models.SmallIntegerField(default=0, help_text='Higher is enriched first.', verbose_name='priority')),
                ('content_hash', models.CharField(db_index=True, editable=False, max_length=64, verbose_name='content hash')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
            ],
            options={
                'verbose_name': 'job posting',
                'verbose_name_plural': 'job postings',
                'constraints': [models.UniqueConstraint(fields=('source', 'external_id'), name='posting_unique_in_source')],
            },
        ),
    ]
