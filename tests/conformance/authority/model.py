"""A second opinion on who may say what: read from ops/docs/contract.md and the issue, not from
hub/admission. Everything is a set or a regular expression here, where the hub compares prefixes,
ranges and polygons. `without` names one rule to leave out: a model that is broken has to be found
out (the positive control)."""

import datetime
import functools
import hashlib
import re

from places import reach

RULES = ("action", "void", "revoked", "class", "suspended", "proxy", "proxy_end", "holder_suspended",
         "sender", "profile", "area", "uncoded", "event", "event_word", "everybody", "level",
         "territory")
JAPAN = datetime.timezone(datetime.timedelta(hours=9))


def credential(secret):
    return hashlib.sha256(secret.encode()).hexdigest()[:8]


@functools.cache
def spoken_for(areas):
    return set().union(*(reach(area) for area in areas))


def about(terms, event, whole_words=True):
    """`outage.*` is all below outage; a word is itself and all below it."""
    for term in terms:
        if term.endswith("."):
            pattern = re.escape(term) + ".+"
        else:
            pattern = re.escape(term) + (r"(\..*)?" if whole_words else ".*")
        if re.fullmatch(pattern, event):
            return True
    return False


def inside(cells, box):
    """On a grid of tenths of a degree: what a box touches, but for the tolerance, is all owned."""
    west, south, east, north = box
    edge = 1000  # 0.001 degrees; the grid is 100000 millionths
    columns = range((west + edge) // 100000, -((-(east - edge)) // 100000))
    rows = range((south + edge) // 100000, -((-(north - edge)) // 100000))
    return all((column, row) in cells for column in columns for row in rows)


class World:
    def __init__(self):
        self.publishers = {}
        self.tokens = {}        # (code, drill) -> credential: the newest counts
        self.certificates = {}  # serial -> [code, from, until, refused from]

    def classes_of(self, code, shown, now, without):
        if shown.startswith("cert:"):
            known = self.certificates.get(int(shown[5:], 16))
            if known is None or known[0] != code:
                return set()
            if not known[1] <= now < known[2]:
                return set()
            if without != "revoked" and known[3] is not None and known[3] <= now:
                return set()
            return {""}
        return {drill for (of, drill), newest in self.tokens.items()
                if of == code and newest == shown}

    def verdict(self, q, without=None):
        checked = [rule for rule in RULES if rule != without]
        on = set(checked).__contains__
        if on("action") and q.type not in ("Alert", "Update", "Cancel"):
            return "alert.invalid|admission.type"
        classes = self.classes_of(q.speaker, q.credential, q.now, without)
        if on("void") and not classes:
            return "auth.certificate" if q.credential.startswith("cert:") else "auth.required"
        if on("class") and q.drill not in classes and classes:
            return "auth.status"
        speaker = self.publishers.get(q.speaker)
        if on("suspended") and (speaker is None or speaker.suspended):
            return "auth.suspended"
        holder = self.publishers.get(q.holder)
        if q.holder != q.speaker:
            ends = dict(holder.proxies) if holder else {}
            if on("proxy") and q.speaker not in ends:
                return f"auth.sender|auth.proxy {q.holder}"
            end = ends.get(q.speaker, 0)
            if on("proxy_end") and end <= q.now:
                when = datetime.datetime.fromtimestamp(end // 1000, JAPAN).isoformat()
                return f"auth.sender|auth.proxy {q.holder}|auth.proxy.ended {when}"
            if on("holder_suspended") and holder and holder.suspended:
                return "auth.suspended"
        if holder is None:
            return "nobody"
        if on("sender") and not {"*", q.sender} & set(holder.senders):
            return f"auth.sender|auth.sender {q.sender}"
        if on("profile") and holder.profile and not q.profiled:
            return "alert.invalid|admission.profile profile:CAP-JP:0.1"
        foreign = [a for a in q.areas if a not in spoken_for(tuple(holder.areas))] if on("area") else []
        if on("uncoded") and q.uncoded and "*" not in holder.areas:
            foreign.append("-")
        if foreign:
            return "|".join(["auth.area"] + ["auth.area " + a for a in foreign])
        if holder.events:
            left = [e for e in q.events if not about(holder.events, e, on("event_word"))]
            left = left if on("event") else []
            if on("everybody") and q.everybody:
                left.append("-")
            if on("level") and q.level:
                said = f"evac.l{min(q.level, 5)}"
                if not about(holder.events, said):
                    left.append(said)
            if left:
                return "|".join(["auth.event"] + ["auth.event " + e for e in left])
        if on("territory") and holder.cells is not None:
            outside = [str(i + 1) for i, box in enumerate(q.boxes) if not inside(holder.cells, box)]
            if outside:
                return "|".join(["auth.area"] + ["auth.territory " + i for i in outside])
        return "allowed"
