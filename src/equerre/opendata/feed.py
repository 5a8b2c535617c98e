"""``/flux.atom``: the last changes of the register as an Atom feed (RFC 4287), for whoever follows it with a reader.

An entry is never changed once written: its identifier is made of its kind and row, on the day it was learnt (RFC 4151). One
character that XML cannot hold would stop the whole feed: it is replaced.
"""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from django.utils.feedgenerator import Atom1Feed

from equerre.documents.portrait.change import RegisterChange
from equerre.kernel.french import sentence
from equerre.kernel.invisible import writable_in_xml
from equerre.opendata.changes import changes, said, said_before, title
from equerre.opendata.exports import LICENCE
from equerre.registry.history import instant, true_when

LENGTH = 50
# The moment of a register in which nothing was ever learnt.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class _Feed(Atom1Feed):
    """Dated by its last change: the same register gives the same bytes."""

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=_NEVER)


def atom(address: str, known_at: datetime | None = None) -> str:
    """The feed. ``address`` is where it is served, ``https://…/flux.atom``."""
    home = address.removesuffix("flux.atom")
    feed = _Feed(
        title="Équerre : changements du registre des écoles de production",
        link=home,
        description="Ce que le registre a appris, le plus récent d'abord.",
        language="fr",
        author_name="Équerre",
        feed_url=address,
        feed_guid=address,
        feed_copyright=LICENCE,
    )
    host = urlsplit(home).hostname or ""
    for change in changes(limit=LENGTH, known_at=known_at).changes:
        learnt_on = change.at.astimezone(UTC).date().isoformat()
        feed.add_item(
            title=writable_in_xml(title(change)),
            link=writable_in_xml(_link(change, home)),
            description=writable_in_xml(summary(change)),
            unique_id=f"tag:{host},{learnt_on}:{change.kind}/{change.place.row}/{change.place.move}",
            pubdate=change.at,
            updateddate=change.at,
            categories=(change.kind,),
        )
    return feed.writeString("utf-8")


def summary(change: RegisterChange) -> str:
    """What it says, when it was true, when it was learnt, from which source."""
    before = said_before(change)
    parts = (
        said(change),
        f"avant : {before}" if before else "",
        true_when(change.valid),
        f"appris le {instant(change.at)}",
        f"source : {change.source.publisher}, {change.source.title}",
    )
    return " ".join(f"{sentence(part)}." for part in parts if part)


def _link(change: RegisterChange, home: str) -> str:
    """The page of the school, of the list, or the first one."""
    if change.schools:
        return f"{home}ecoles/{quote(change.schools[0].uai, safe='')}"
    year = change.values.get("act_year")
    return f"{home}listes/{year}" if year else home
