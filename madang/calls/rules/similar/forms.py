"""Sentences that belong to a form and not to what somebody proposes."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from statistics import median

from madang.calls.rules.similar.words import cleaned, sentences, words

SHORTEST = 12
"""Characters from which on a sentence can't stand in three texts by chance."""
OFTEN = 3
PART = 0.7
"""Texts of which more than this part is repeated are copies of each other, and no form."""


def form_sentences(texts: Iterable[str]) -> frozenset[str]:
    """The sentences which many of these texts share although they say different things.

    “※ This question was asked on our channel” would make all of them alike. A text that was sent
    many times, with a line of one's own perhaps, is no form: there the repeated sentences are
    most of the text, and they stay.
    """
    read = [dict.fromkeys(sentences(text)) for text in texts]
    counted = Counter(s for text in read for s in text if len(s) >= SHORTEST)
    repeated = {sentence for sentence, count in counted.items() if count >= OFTEN}
    parts: defaultdict[str, list[float]] = defaultdict(list)
    for text in read:
        again = [sentence for sentence in text if sentence in repeated]
        if again:
            part = sum(map(_length, again)) / max(1, sum(map(_length, text)))
            for sentence in again:
                parts[sentence].append(part)
    return frozenset(sentence for sentence, found in parts.items() if median(found) <= PART)


def _length(sentence: str) -> int:
    return sum(map(len, words(cleaned(sentence))))
