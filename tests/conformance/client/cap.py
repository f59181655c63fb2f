"""Evacuation orders as CAP-JP documents over CAP 1.2: an own, small writer."""

import dataclasses
import datetime
import uuid
from xml.sax.saxutils import escape

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
JAPAN = datetime.timezone(datetime.timedelta(hours=9))
SHORTEST_LIFE = datetime.timedelta(hours=48)


@dataclasses.dataclass(frozen=True)
class Words:
    """What CAP-JP says for one warning level."""
    event_code: str
    name: str
    urgency: str
    severity: str
    certainty: str
    response: str
    action: str


LEVELS = {
    5: Words("evac.l5", "緊急安全確保", "Immediate", "Extreme", "Likely", "Shelter",
             "命の危険 直ちに安全確保！"),
    4: Words("evac.l4", "避難指示", "Immediate", "Severe", "Likely", "Evacuate",
             "危険な場所から全員避難"),
    3: Words("evac.l3", "高齢者等避難", "Expected", "Severe", "Likely", "Prepare",
             "危険な場所から高齢者等は避難"),
}


@dataclasses.dataclass(frozen=True)
class Place:
    code: str  # six digits
    name: str


@dataclasses.dataclass(frozen=True)
class Reference:
    sender: str
    identifier: str
    sent: str


@dataclasses.dataclass(frozen=True)
class Order:
    """One revision of one order. `document` is shared by its revisions."""
    publisher: str
    sender: str
    places: tuple
    level: int
    sent: str
    document: str
    revision: int = 1
    message_type: str = "Alert"
    kind: str = "issue"  # or lift
    references: tuple = ()
    remark: str = ""

    @property
    def identifier(self):
        return f"jp-{self.publisher}-{self.document}-{self.revision}"

    def reference(self):
        return Reference(self.sender, self.identifier, self.sent)


def now():
    return datetime.datetime.now(JAPAN)


def timestamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S+09:00")


def first_revision(publisher, sender, places, level, **more):
    return Order(publisher, sender, tuple(places), level, timestamp(now()), str(uuid.uuid4()),
                 **more)


def next_revision(order, earlier, **changes):
    """References every earlier revision, as CAP-JP asks."""
    return dataclasses.replace(order, sent=timestamp(now()), revision=order.revision + 1,
                               references=tuple(o.reference() for o in earlier), **changes)


def _element(name, text):
    return f"<{name}>{escape(str(text))}</{name}>"


def _valued(name, value_name, value):
    return f"<{name}>{_element('valueName', value_name)}{_element('value', value)}</{name}>"


def _area(place):
    return ("<area>" + _element("areaDesc", place.name) +
            _valued("geocode", "profile:CAP-JP:LGCode:0.1", place.code) +
            _valued("geocode", "profile:CAP-JP:District:0.1", f"{place.code}:*") + "</area>")


def _info(order):
    words = LEVELS[order.level]
    lift = order.kind == "lift"
    event = f"{words.name} 解除" if lift else words.name
    urgency, severity, certainty, response = (
        ("Past", "Minor", "Unlikely", "AllClear") if lift
        else (words.urgency, words.severity, words.certainty, words.response))
    where = order.places[0].name
    expires = timestamp(datetime.datetime.fromisoformat(order.sent) + SHORTEST_LIFE)
    update_kind = {"Alert": "new", "Update": "update", "Cancel": "cancel"}[order.message_type]
    layer = "layer:CAP-JP:0.1:"
    parameters = [("UpdateKind", update_kind), ("Alerting", "quiet" if lift else "loud"),
                  ("DocumentId", order.document), ("DocumentRevision", order.revision),
                  ("IssueOrLift", order.kind), ("WarningLevel", order.level)]
    return "".join([
        "<info>", _element("language", "ja-JP"), _element("category", "Safety"),
        _element("event", event), _element("responseType", response),
        _element("urgency", urgency), _element("severity", severity),
        _element("certainty", certainty),
        _valued("eventCode", "profile:CAP-JP:Event:0.1", words.event_code),
        _valued("eventCode", "profile:CAP-JP:Hazard:0.1", "flood"),
        _element("effective", order.sent), _element("onset", order.sent),
        _element("expires", expires), _element("senderName", where),
        _element("headline", f"{where} 洪水 警戒レベル{order.level} {event}"),
        _element("description", f"吉野川の水位が上がっています。{order.remark}"),
        _element("instruction", "避難の必要はなくなりました。" if lift else words.action),
        *(_valued("parameter", layer + name, value) for name, value in parameters),
        *(_area(place) for place in order.places), "</info>"])


def exercise(order, drill, status="Exercise"):
    """The same order as a drill's message: marked so in every way CAP-JP asks for."""
    return (document(order).decode()
            .replace("<status>Actual<", f"<status>{status}<")
            .replace("<headline>", "<headline>【訓練】")
            .replace("<area>", _valued("parameter", "layer:CAP-JP:0.1:DrillId", drill) + "<area>", 1)
            .encode())


def document(order):
    """The order's bytes, UTF-8."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n', f'<alert xmlns="{NAMESPACE}">',
             _element("identifier", order.identifier), _element("sender", order.sender),
             _element("sent", order.sent), _element("status", "Actual"),
             _element("msgType", order.message_type), _element("scope", "Public"),
             _element("code", "profile:CAP-JP:0.1")]
    if order.message_type == "Cancel":
        parts.append(_element("note", "誤って発令したため取り消します。"))
    if order.references:
        parts.append(_element("references", " ".join(
            f"{r.sender},{r.identifier},{r.sent}" for r in order.references)))
    parts += [_info(order), "</alert>\n"]
    return "".join(parts).encode()
