from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drafting", "0005_steady_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="milestone",
            name="numbered_here",
            field=models.BooleanField(default=False),
        ),
    ]
