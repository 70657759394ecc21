from django.db import migrations


class Migration(migrations.Migration):
    """What is said of milestones can be said of self-assessments too, and two hide it.

    The rows stay: the table is renamed, and one that was hidden by one officer stays hidden.
    """

    dependencies = [
        ("drafting", "0004_writing_together"),
        ("monitoring", "0007_handover_packs"),
    ]

    operations = [
        migrations.RemoveConstraint("milestonecomment", "monitoring_comment_number"),
        migrations.RemoveConstraint("milestonecomment", "monitoring_one_comment_a_form"),
        migrations.RemoveField("milestonecomment", "decided_at"),
        migrations.RenameModel("MilestoneComment", "Remark"),
    ]
