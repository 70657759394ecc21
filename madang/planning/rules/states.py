"""Which act leads a plan from which state to which."""

from madang.foundation.transitions import Transition

# The enum of these words is with the model; rules know no tables.
RECORDED, PREPARING, ANNOUNCED = "recorded", "preparing", "announced"
BEFORE_FORUM, PUBLISHED = "before_forum", "published"

TRANSITIONS = (
    Transition("forum.load", None, RECORDED),
    Transition("plan.load", None, RECORDED),
    Transition("plan.begin", None, PREPARING),
    Transition("plan.direct", RECORDED, RECORDED),
    Transition("plan.direct", PREPARING, PREPARING),
    Transition("plan.direct", ANNOUNCED, ANNOUNCED),
    # Given back by a vote that failed, it is written on before everyone's eyes.
    Transition("plan.direct", BEFORE_FORUM, BEFORE_FORUM),
    Transition("plan.announce", RECORDED, RECORDED),
    # No commitment of it is known: those to come are drafts.
    Transition("plan.announce", RECORDED, ANNOUNCED),
    Transition("plan.announce", PREPARING, ANNOUNCED),
    Transition("plan.announce", BEFORE_FORUM, BEFORE_FORUM),
    Transition("plan.freeze", RECORDED, RECORDED),
    Transition("plan.freeze", PREPARING, BEFORE_FORUM),
    Transition("plan.freeze", ANNOUNCED, BEFORE_FORUM),
    Transition("plan.freeze", BEFORE_FORUM, BEFORE_FORUM),
    Transition("plan.thaw", RECORDED, RECORDED),
    Transition("plan.thaw", BEFORE_FORUM, BEFORE_FORUM),
    Transition("edition.key", RECORDED, RECORDED),
    Transition("edition.key", BEFORE_FORUM, BEFORE_FORUM),
    # The second key publishes.
    Transition("edition.key", RECORDED, PUBLISHED),
    Transition("edition.key", BEFORE_FORUM, PUBLISHED),
    Transition("edition.publish", RECORDED, PUBLISHED),
    Transition("edition.publish", BEFORE_FORUM, PUBLISHED),
)
