"""What a source says against what is held, weighed without a database: which rows end, which begin, and in what standing.

One grammar for whoever tells us something. A publisher that says *everything* again in each delivery is weighed as a whole
(``whole``): what is held then depends on what was delivered, and never on the order in which it was read. Who says *some things*,
for some days, touches those days alone (``restated``). Persons are heard before both: what somebody decided stands until its
publisher says something new, and what another publisher holds is contested, never replaced.

Nothing here reads or writes; ``delivering`` does. The words of the answers are those of a report: ``new``, ``changed``,
``unchanged``, ``outdated``, ``contested``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol

from equerre.kernel.errors import EquerreError
from equerre.kernel.period import Period

HELD, PROPOSED, OUTDATED = "held", "proposed", "outdated"
# The reasons under which a row stands here or ends here. Any other is somebody's: it was decided.
IMPORTED, WITHDRAWN = "import", "withdrawn"
_OURS = frozenset({IMPORTED, WITHDRAWN, "outdated", "unchanged", "contested", "ended"})

# What is said of a thing, by field, its days under « from » and « until ».
Said = Mapping[str, Any]
Agrees = Callable[[Sequence[Said], Sequence[Said]], bool]


class SaidOtherwise(EquerreError):
    """A source that was read already and said something else: a source that is cited never changes."""

    def __init__(self, source: Teller) -> None:
        super().__init__(
            f"La source « {source.key} » a déjà été lue et disait autre chose : une source citée ne change pas. "
            "Donnez une autre clé à cette lecture."
        )


class Teller(Protocol):
    """A source, as far as it is weighed: its key, who publishes it, its day."""

    @property
    def key(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def dated_on(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing said by one source. ``values`` is what of it is compared, its days apart, and what tells of the delivery."""

    source: Teller
    said: Said
    values: Hashable
    note: str = ""

    @property
    def spoken(self) -> Hashable:
        """What is compared, with its days."""
        return (self.values, self.said["from"], self.said["until"])

    def is_that_of(self, other: Saying) -> bool:
        """Is it the same, from the same source?"""
        return self.source.key == other.source.key and self.spoken == other.spoken

    @property
    def valid(self) -> Period[date]:
        return Period(self.said["from"], self.said["until"])


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it is kept. ``known_until`` is None while it is known; ``ended_reason`` says why it is not."""

    pk: int
    word: Saying
    standing: str
    known_from: datetime
    known_until: datetime | None
    reason: str
    ended_reason: str = ""

    @property
    def open(self) -> bool:
        return self.known_until is None


@dataclass(frozen=True, slots=True)
class Beginning:
    """A row to be written."""

    standing: str
    word: Saying
    reason: str = IMPORTED


@dataclass(slots=True)
class Moves:
    """What becomes of one thing: the word for it, the rows that end, those that begin; what was held and what is."""

    outcome: str = "unchanged"
    ends: list[Row] = field(default_factory=list)
    begins: list[Beginning] = field(default_factory=list)
    was: Sequence[Saying] = ()
    now: Sequence[Saying] = ()


# --- A publisher that says everything again ---------------------------------------------------------------------------


def _agree(each: Sequence[Said], other: Sequence[Said]) -> bool:
    return each == other


@dataclass(frozen=True, slots=True)
class Peers:
    """The publishers that tell of one register: between two that speak of one day, the one named first has the last word.

    ``trial`` names those that are there for want of a real one: they fall silent when another speaks. ``agrees`` is what it is,
    between publishers, not to contradict: each writes a title in its own way.
    """

    publishers: Sequence[str]
    trial: Collection[str] = ()
    agrees: Agrees = _agree

    def rank(self, voice: Voice) -> tuple[date, int]:
        place = self.publishers.index(voice.publisher) if voice.publisher in self.publishers else len(self.publishers)
        return voice.day, -place


@dataclass(frozen=True, slots=True)
class Delivered:
    """All that one delivery says of one thing, and since when it is known here."""

    source: Teller
    words: Sequence[Saying]
    at: datetime | None = None

    @property
    def spoken(self) -> frozenset[Hashable]:
        return frozenset(word.spoken for word in self.words)

    @property
    def day(self) -> date:
        return self.source.dated_on or date.min


@dataclass(frozen=True, slots=True)
class Voice:
    """The last word of one publisher: the delivery that said it first without a break; ``contested``, those that contradict each
    other on a later day, when two deliveries of one day do not say the same.
    """

    publisher: str
    day: date
    first: Delivered | None
    contested: Sequence[Delivered] = ()


def voice(publisher: str, delivered: Iterable[Delivered]) -> Voice:
    """What one publisher says last, whatever the order in which its deliveries were read."""
    days: dict[date, dict[frozenset[Hashable], Delivered]] = defaultdict(dict)
    for each in sorted(delivered, key=lambda told: told.source.key):
        days[each.day].setdefault(each.spoken, each)  # one day, the same words: one delivery, in two forms
    in_order = sorted(days, reverse=True)
    contested = tuple(days[in_order[0]].values()) if len(days[in_order[0]]) > 1 else ()
    first: Delivered | None = None
    said_on = in_order[0]
    for on in in_order:
        told = days[on]
        if first is None:
            if len(told) == 1:
                (first,) = told.values()
                said_on = on
        elif set(told) == {first.spoken}:
            first = told[first.spoken]
        else:
            break
    return Voice(publisher, said_on, first, contested)


@dataclass(frozen=True, slots=True)
class _Stand:
    """What is to be held of one thing, and what waits against it."""

    held: Delivered | None
    waiting: Sequence[Delivered]


def _stand(delivered: Iterable[Delivered], peers: Peers) -> _Stand:
    by_publisher: dict[str, list[Delivered]] = defaultdict(list)
    for each in delivered:
        by_publisher[each.source.publisher].append(each)
    real = {name: told for name, told in by_publisher.items() if name not in peers.trial} or by_publisher
    voices = [voice(name, told) for name, told in real.items()]
    best = max((each for each in voices if each.first is not None), key=peers.rank, default=None)
    held = best.first if best else None
    waiting = [each for told in voices for each in told.contested if held is None or each.spoken != held.spoken]
    waiting += [
        told.first
        for told in voices
        if told is not best and told.first and held and _against(told.first, held.words, peers)
    ]
    return _Stand(held, waiting)


def _against(told: Delivered, held: Sequence[Saying], peers: Peers) -> bool:
    return not peers.agrees([word.said for word in held], [word.said for word in told.words])


def whole(delivered: Delivered, rows: Sequence[Row], peers: Peers) -> Moves:
    """One more delivery of a publisher that says all about one thing. ``rows`` are all that is kept of it.

    Raises :class:`SaidOtherwise` when the source was read already with other words.
    """
    before = _heard(rows, peers)
    read = before.get(delivered.source.key)
    if read is not None and read.spoken != delivered.spoken:
        raise SaidOtherwise(delivered.source)
    moves = _settled(before if read else {**before, delivered.source.key: delivered}, rows, peers)
    own = [each for each in before.values() if each.source.publisher == delivered.source.publisher and each is not read]
    beside = {each.spoken for each in own if each.day == delivered.day}
    later = any(each.day > delivered.day for each in own)
    if read is not None:
        moves.outcome = "changed" if moves.ends or moves.begins else "unchanged"
        return moves
    if (beside and delivered.spoken not in beside) or any(begun.standing == PROPOSED for begun in moves.begins):
        moves.outcome = "contested"
    elif _spoken(moves.was) == _spoken(moves.now):
        moves.outcome = "outdated" if later else "unchanged"
    else:
        moves.outcome = "changed" if moves.was else "new"
    if not any(begun.word.source.key == delivered.source.key for begun in moves.begins):
        # Said, and not held: kept, so that it can be told again, in its place.
        why = moves.outcome if moves.outcome in ("outdated", "contested") else "unchanged"
        moves.begins += [Beginning(OUTDATED, word, why) for word in delivered.words]
    return moves


def without(sources: Collection[str], rows: Sequence[Row], peers: Peers) -> Moves:
    """The same thing had these sources (by key) never been read: their rows end, and what they had ended is taken up again."""
    heard = {key: each for key, each in _heard(rows, peers).items() if key not in sources}
    moves = _settled(heard, rows, peers)
    ended = {row.pk for row in moves.ends}
    moves.ends += [
        row
        for row in rows
        if row.open and row.word.source.key in sources and row.reason in _OURS and row.pk not in ended
    ]
    moves.outcome = "changed" if _spoken(moves.was) != _spoken(moves.now) else "unchanged"
    return moves


def _spoken(words: Iterable[Saying]) -> set[Hashable]:
    return {word.spoken for word in words}


def _heard(rows: Iterable[Row], peers: Peers) -> dict[str, Delivered]:
    """Each delivery of the peers as it was read first: later rows of its source only carry on what it said."""
    first: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda each: (each.known_from, each.pk)):
        source = row.word.source
        if source.publisher not in peers.publishers or row.reason not in _OURS:
            continue
        kept = first.setdefault(source.key, [row])
        if row is not kept[0] and row.known_from == kept[0].known_from:
            kept.append(row)
    return {
        key: Delivered(kept[0].word.source, [row.word for row in kept], kept[0].known_from)
        for key, kept in first.items()
    }


def _settled(heard: Mapping[str, Delivered], rows: Sequence[Row], peers: Peers) -> Moves:
    """From what is kept to what these deliveries, and whoever decided, make it."""
    open_ = [row for row in rows if row.open and row.standing in (HELD, PROPOSED)]
    held = [row for row in open_ if row.standing == HELD]
    theirs = [row for row in held if row.word.source.publisher not in peers.publishers]
    decided = [row for row in held if row not in theirs and row.reason not in _OURS]
    stand = _stand(heard.values(), peers)
    stands = _stands(heard, rows, decided, stand, peers)
    left = {
        (row.word.source.publisher, row.word.spoken)
        for row in rows
        if row.standing == PROPOSED and not row.open and row.ended_reason not in _OURS
    }
    if theirs:
        told = [*([stand.held] if stand.held else []), *stand.waiting]
        waiting = [each for each in told if _against(each, [row.word for row in held], peers)]
        target = [(HELD, row.word) for row in held]
    elif stands:
        waiting = list(stand.waiting)
        target = [(HELD, row.word) for row in held]
    else:
        waiting = list(stand.waiting)
        target = [(HELD, word) for word in (stand.held.words if stand.held else ())]
    target += [
        (PROPOSED, word) for each in waiting for word in each.words if (each.source.publisher, word.spoken) not in left
    ]
    return _moved(open_, target, held, yielding=[] if theirs or stands else decided)


def _stands(
    heard: Mapping[str, Delivered], rows: Sequence[Row], decided: Sequence[Row], now: _Stand, peers: Peers
) -> bool:
    """Did somebody decide here, on the same words as today's? A decision yields to what its publishers never said before it."""
    at = [row.known_from for row in decided]
    at += [
        row.known_until
        for row in rows
        if row.known_until is not None and row.standing == HELD and row.ended_reason not in _OURS
    ]
    if not at:
        return False
    before = _stand([each for each in heard.values() if each.at is not None and each.at < max(at)], peers)
    return (before.held and before.held.spoken) == (now.held and now.held.spoken)


def _moved(
    open_: Sequence[Row], target: Sequence[tuple[str, Saying]], held: Sequence[Row], *, yielding: Sequence[Row]
) -> Moves:
    """What ends and what begins from the rows that are open to those that are wanted."""
    moves = Moves(was=[row.word for row in held])
    wanted = list(target)
    for row in open_:
        same = next((said for said in wanted if said[0] == row.standing and said[1].is_that_of(row.word)), None)
        if same is not None and row not in yielding:
            wanted.remove(same)
        elif row.reason in _OURS or row in yielding:
            moves.ends.append(row)
    moves.begins = [Beginning(standing, word) for standing, word in wanted]
    moves.now = [word for standing, word in target if standing == HELD]
    return moves


# --- Who says some things, for some days ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing said for some days. ``standing`` is *proposed* when its source only proposes it; ``fills`` when it only adds what
    nobody said: it takes the place of what it completes, whoever said that.
    """

    word: Saying
    standing: str = HELD
    fills: bool = False

    def said_before(self, held: Sequence[Row], proposed: Sequence[Row]) -> bool:
        """Is it held already? Or did the same publisher propose it, whether it waits or was settled since?"""
        publisher = self.word.source.publisher
        same = (
            row
            for row in proposed
            if row.word.source.publisher == publisher and (row.open or row.ended_reason != WITHDRAWN)
        )
        if self.fills:
            # What is filled comes from whoever said it first, in whatever order they are read.
            return any(row.word.spoken == self.word.spoken and not self._is_older(row) for row in held)
        return any(row.word.spoken == self.word.spoken for row in (*held, *same))

    def _is_older(self, row: Row) -> bool:
        mine, theirs = self.word.source, row.word.source
        days = mine.dated_on, theirs.dated_on
        return mine.publisher == theirs.publisher and None not in days and days[0] < days[1]  # type: ignore[operator]

    def contradicts_its_own(self, held: Sequence[Row]) -> bool:
        """Are the held rows that it contradicts all of its own publisher?"""
        against = [row for row in held if row.word.valid.overlaps(self.word.valid)]
        return bool(against) and all(row.word.source.publisher == self.word.source.publisher for row in against)

    def restates(self, touched: Sequence[Row]) -> str:
        """``ended`` when only the end is new, and earlier; else ``changed``."""
        valid = self.word.valid
        same = (
            row.word.valid.end
            for row in touched
            if row.word.values == self.word.values and row.word.valid.start == valid.start
        )
        return "ended" if valid.end is not None and any(end is None or valid.end < end for end in same) else "changed"


@dataclass(slots=True)
class Restated:
    """What becomes of the lines about one thing: the outcome of each, in order, and the moves."""

    outcomes: list[str]
    moves: Moves


def restated(lines: Sequence[Stated], rows: Sequence[Row]) -> Restated:
    """Lines about one thing against ``rows``: what is held of it, and all that was ever proposed.

    What is held is said again, or restated by its own publisher, or contested by another; days that no line names are left alone.
    """
    held = [row for row in rows if row.open and row.standing == HELD]
    proposed = [row for row in rows if row.standing == PROPOSED]
    again = [line.said_before(held, proposed) for line in lines]
    fresh = [line for line, said in zip(lines, again, strict=True) if not said]
    restating = [line for line in fresh if line.standing == HELD and (line.fills or line.contradicts_its_own(held))]
    touched = [row for row in held if any(row.word.valid.overlaps(line.word.valid) for line in restating)]
    moves = Moves(ends=touched, was=[row.word for row in held])
    kept = [row.word for row in held if row not in touched]
    for row in touched:
        for days in _left(row, restating):
            word = on_days(row.word, days)
            kept.append(word)
            moves.begins.append(Beginning(HELD, word))
    outcomes = []
    for line, said in zip(lines, again, strict=True):
        if said:
            outcomes.append("unchanged")
            continue
        if line in restating:
            outcome, standing = line.restates(touched), HELD
        elif line.standing == PROPOSED or any(word.valid.overlaps(line.word.valid) for word in kept):
            outcome, standing = "contested", PROPOSED
        else:
            outcome, standing = "new", HELD
        outcomes.append(outcome)
        moves.begins.append(Beginning(standing, line.word))
    return Restated(outcomes, moves)


def _left(row: Row, lines: Sequence[Stated]) -> list[Period[date]]:
    """The days of a row that these lines leave alone: none when one of them says the same for other days."""
    over = [line for line in lines if row.word.valid.overlaps(line.word.valid)]
    if any(line.word.values == row.word.values for line in over):
        return []
    left = [row.word.valid]
    for line in over:
        left = [piece for days in left for piece in days.without(line.word.valid)]
    return left


def on_days(word: Saying, days: Period[date]) -> Saying:
    """The same word, for other days."""
    return replace(word, said={**word.said, "from": days.start, "until": days.end})


def taken_back(at: Collection[datetime], rows: Sequence[Row]) -> Moves:
    """One thing had nothing been said of it at these instants, by whoever says some things: what began then ends, and what ended
    then is taken up again, on the days that nobody holds since. ``rows`` are all that is kept of it.
    """
    first = {row.pk: _first_told(row, rows) for row in rows}
    gone = {pk for pk, row in first.items() if row.known_from in at and row.reason in _OURS}
    pieces = {row.pk for row in rows if row.known_from in at and row.reason in _OURS}
    moves = Moves(was=[row.word for row in rows if row.open and row.standing == HELD])
    moves.ends = [row for row in rows if row.open and row.pk in gone | pieces]
    held = [row.word for row in rows if row.open and row.standing == HELD and row not in moves.ends]
    for row in rows:
        if row.known_until in at and row.ended_reason in _OURS and row.pk not in gone and row.standing == HELD:
            left = [row.word.valid]
            for other in held:
                left = [piece for days in left for piece in days.without(other.valid)]
            held += [on_days(row.word, days) for days in left]
            moves.begins += [Beginning(HELD, on_days(row.word, days)) for days in left]
    moves.now = held
    moves.outcome = "changed" if _spoken(moves.was) != _spoken(moves.now) else "unchanged"
    return moves


def _first_told(row: Row, rows: Sequence[Row]) -> Row:
    """The row as it was told: what is left of one that was cut was told when that one was, whoever cut it."""
    parent = next(
        (
            other
            for other in rows
            if other.known_until == row.known_from
            and other.standing == row.standing
            and other.word.source.key == row.word.source.key
            and other.word.values == row.word.values
            and other.word.valid.overlaps(row.word.valid)
        ),
        None,
    )
    return row if parent is None else _first_told(parent, rows)
