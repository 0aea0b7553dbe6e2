# A pace that learns from refusals and from what the provider tells.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enrichment', '0003_scale'),
    ]

    operations = [
        migrations.AddField(
            model_name='providerpace',
            name='recovered_us',
            field=models.BigIntegerField(default=0, verbose_name='last step back (µs)'),
        ),
        migrations.AddField(
            model_name='providerpace',
            name='stretch',
            field=models.IntegerField(default=1000, help_text='Thousandths of the interval that the settings ask for.', verbose_name='stretch'),
        ),
        migrations.AddField(
            model_name='providerpace',
            name='stretched_us',
            field=models.BigIntegerField(default=0, verbose_name='last refusal (µs)'),
        ),
        migrations.AddField(
            model_name='providerpace',
            name='told_limit',
            field=models.IntegerField(blank=True, null=True, verbose_name='limit told by the provider'),
        ),
    ]
