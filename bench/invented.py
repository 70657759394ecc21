"""Many invented proposals, varied from real ones, to see how speed and memory grow.

What makes them like real ones: the words and their frequencies are real (of 496 Korean proposals
and some 370 English texts), lengths vary around 178 characters, 70 in 100 are Korean, and each keeps
to the matter of one real text, so that some 30 in 20,000 speak of the same. What makes them unlike:
words follow each other by chance. One in eight is an edited copy of an earlier one: words dropped,
joined, moved, another ending or particle, a sentence added.
"""

from random import Random

from bench.shared import english_proposals, korean_proposals

LENGTH = 178
COPIES = 1 / 8
ENDINGS = ["을", "를", "이", "가", "은", "는", "에", "도", "의", "으로", "에서"]


def invented(count: int, seed: int = 4) -> tuple[list[str], list[tuple[int, int]]]:
    """That many texts, and which of them is an edited copy of which earlier one."""
    random = Random(seed)
    korean, english = (
        [text.split() for text in texts] for texts in (korean_proposals(), english_proposals())
    )
    everywhere = {
        id(texts): [word for text in texts for word in text] for texts in (korean, english)
    }
    made: list[list[str]] = []
    copies: list[tuple[int, int]] = []
    while len(made) < count:
        if made and random.random() < COPIES:
            original = random.randrange(len(made))
            copies.append((original, len(made)))
            made.append(_edited(made[original], random))
        else:
            texts = korean if random.random() < 0.7 else english
            made.append(_written(random.choice(texts), everywhere[id(texts)], random))
    return [" ".join(text) for text in made], copies


def _written(matter: list[str], everywhere: list[str], random: Random) -> list[str]:
    length, text = LENGTH * random.lognormvariate(0, 0.5), []
    while sum(map(len, text)) + len(text) < length:
        text.append(random.choice(matter if random.random() < 0.4 else everywhere))
    return text


def _edited(text: list[str], random: Random) -> list[str]:
    new: list[str] = []
    for word in text:
        chance = random.random()
        if chance < 0.08:
            continue
        if chance < 0.14 and new:
            new[-1] += word
        elif chance < 0.22 and len(word) > 2:
            new.append(word[:-1] + random.choice(ENDINGS))
        elif chance < 0.26 and new:
            new.insert(random.randrange(len(new)), word)
        else:
            new.append(word)
    if random.random() < 0.3:
        new += [random.choice(text) for _ in range(random.randrange(3, 9))]
    return new or text
