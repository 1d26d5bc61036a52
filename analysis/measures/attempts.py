"""Contact attempts by what became of them."""

from collections import Counter

from analysis.facts.frames import Frames


def attempts_by_outcome(frames: Frames) -> tuple[tuple[str, str, int], ...]:
    """Return contact attempts as (kind, outcome, number), sorted."""
    counts = Counter(zip(frames.attempts["kind"], frames.attempts["outcome"], strict=True))
    return tuple((kind, outcome, number) for (kind, outcome), number in sorted(counts.items()))


def failures(frames: Frames) -> tuple[tuple[str, int], ...]:
    """Return why attempts failed permanently, as (reason, number of cases), most frequent first."""
    failed = frames.attempts[frames.attempts["outcome"] == "failed"]
    counts = failed.groupby("detail")["case_id"].nunique()
    pairs = [(str(reason), int(number)) for reason, number in counts.to_dict().items()]
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))
