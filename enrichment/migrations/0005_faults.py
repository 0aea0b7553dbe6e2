# Faults of the program are counted apart from restarts.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enrichment', '0004_pace_that_learns'),
    ]

    operations = [
        migrations.AddField(
            model_name='batch',
            name='faults',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, help_text='Of this program, met by its workers.', verbose_name='faults'),
        ),
    ]
