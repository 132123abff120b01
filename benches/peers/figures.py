"""The figures, defined exactly as the project's quality bars define them. Pure: answers in, numbers out."""

from dataclasses import dataclass

Evidence = tuple[float, float]  # score, then bits; a peer without bits has 0.0 there
NOTHING: Evidence = (0.0, 0.0)
DEFAULT_THRESHOLD = 0.70


@dataclass
class Best:
    """The first record of an answer, and its evidence."""

    entity: str
    evidence: Evidence


Answers = dict[str, Best]  # a query that found nothing is absent


def cut(unlisted: list[Evidence], rate: float) -> Evidence:
    """The evidence that `rate` of the unlisted names reach; a find must be strictly above it."""
    ranked = sorted(unlisted, reverse=True)
    return ranked[max(0, int(len(ranked) * rate) - 1)]


def recall(answers: Answers, gold: dict[str, str], above: Evidence) -> tuple[float, float]:
    """Right record first: at all, and with more evidence than the false alarms that are tolerated."""
    right = [answers[q].evidence for q, e in gold.items() if q in answers and answers[q].entity == e]
    return len(right) / len(gold), sum(v > above for v in right) / len(gold)


def f1(labels: list[bool], scores: list[float], threshold: float) -> float:
    tp = sum(t and s >= threshold for t, s in zip(labels, scores))
    fp = sum(s >= threshold for s in scores) - tp
    fn = sum(labels) - tp
    return 2 * tp / max(2 * tp + fp + fn, 1)


def auc(labels: list[bool], values: list[Evidence]) -> float:
    """The chance that a true pair outranks a false one, ties counted as half, by mean ranks."""
    order = sorted(zip(values, labels), key=lambda t: t[0])
    positives, i, ranks = sum(labels), 0, 0.0
    while i < len(order):
        j = i
        while j < len(order) and order[j][0] == order[i][0]:
            j += 1
        ranks += sum(t for _, t in order[i:j]) * (i + j + 1) / 2
        i = j
    return (ranks - positives * (positives + 1) / 2) / (positives * (len(order) - positives))


def share(values: list[bool]) -> float:
    return sum(values) / max(len(values), 1)
