"""Makes worlds of publishers and submissions to them: most are right but for one or two things, so
that every rule is met from both sides."""

import dataclasses
import json

from model import World, credential
from places import ALL, WARDS_OF

DAY = 86_400_000
NOW = 1_795_316_400_000
DRILLS = ["", "aichi", "hino"]
EVENTS = ["evac.l3", "evac.l4", "evac.l5", "evac", "evacuation", "outage.power", "outage.gas",
          "outage", "outages.power", "notice.lifeline", "notice.pr", "notice", "停電", "civil",
          "jma.VPWW53", "outage."]
TERMS = [["outage."], ["notice"], ["evac"], ["outage.", "notice.lifeline"], ["evac.l4"], ["jma."]]


@dataclasses.dataclass
class Publisher:
    code: str
    suspended: bool
    senders: list
    areas: list
    events: list
    proxies: list
    profile: bool
    cells: set | None

    def line(self):
        territory = ""
        if self.cells is not None:
            squares = [[[x / 10, y / 10], [(x + 1) / 10, y / 10], [(x + 1) / 10, (y + 1) / 10],
                        [x / 10, (y + 1) / 10], [x / 10, y / 10]] for x, y in sorted(self.cells)]
            territory = json.dumps({"type": "FeatureCollection", "features": [
                {"type": "Feature", "properties": {},
                 "geometry": {"type": "Polygon", "coordinates": [square]}} for square in squares]})
        return "\t".join(["P", self.code, str(int(self.suspended)), ",".join(self.senders),
                          ",".join(self.areas), ",".join(self.events),
                          ",".join(f"{code}@{end}" for code, end in self.proxies),
                          str(int(self.profile)), territory])


@dataclasses.dataclass
class Query:
    speaker: str
    holder: str
    credential: str
    drill: str
    type: str
    sender: str
    areas: list
    uncoded: int
    events: list
    everybody: bool
    level: int
    profiled: bool
    boxes: list
    now: int

    def line(self):
        boxes = ";".join("_".join(f"{edge / 1e6:.6f}" for edge in box) for box in self.boxes)
        return "\t".join(["Q", self.speaker, self.holder, self.credential, self.drill, self.type,
                          self.sender, ",".join(self.areas), str(self.uncoded),
                          ",".join(self.events), str(int(self.everybody)), str(self.level),
                          str(int(self.profiled)), boxes, str(self.now)])


def some(random, values, most):
    return sorted(random.sample(values, min(len(values), random.randint(1, most))))


class Matrix:
    def __init__(self, random):
        self.random = random
        self.lines = []
        self.cases = []  # (world, query)

    def fill(self, worlds, queries):
        for _ in range(worlds):
            world = self.world()
            for _ in range(queries):
                self.ask(world, self.query(world))

    def ask(self, world, query):
        self.cases.append((world, query))
        self.lines.append(query.line())

    def publish(self, world, publisher):
        world.publishers[publisher.code] = publisher
        self.lines.append(publisher.line())

    def token(self, world, code, drill, secret):
        world.tokens[code, drill] = credential(secret)
        self.lines.append("\t".join(["T", code, drill, secret]))

    def world(self):
        random, world = self.random, World()
        self.lines.append("W")
        codes = sorted({*random.sample(ALL, 4), *random.sample(sorted(WARDS_OF), 2),
                        "relay-power", "relay"})
        for code in codes:
            self.publish(world, self.publisher(code, codes))
            for drill in DRILLS[:random.randint(1, 3)]:
                self.token(world, code, drill, f"old {code} {drill}")
                if random.random() < 0.7:
                    self.token(world, code, drill, f"{code} {drill}")
        self.certificates(world, codes)
        return world

    def certificates(self, world, codes):
        for serial in range(10, 10 + len(codes)):
            code = self.random.choice(codes)
            begin, end = NOW - DAY, NOW + self.random.choice([DAY, DAY, 1, 0])
            world.certificates[serial] = [code, begin, end, None]
            self.lines.append("\t".join(["C", code, str(serial), str(begin), str(end)]))
            if self.random.random() < 0.4:
                refused = self.random.choice([0, NOW, NOW + 1, NOW - DAY])
                world.certificates[serial][3] = refused
                self.lines.append("\t".join(["R", code, str(serial), str(refused)]))

    def publisher(self, code, codes):
        random = self.random
        own = [code] if code.isdigit() else some(random, ALL, 4)
        areas = random.choice([own, own, [own[0][:2]], ["*"], own + some(random, ALL, 2)])
        cells = None
        if random.random() < 0.5:
            cells = {(1340 + random.randrange(4), 340 + random.randrange(4))
                     for _ in range(random.randint(1, 14))}
        return Publisher(
            code, random.random() < 0.08, random.choice([[f"{code}.jp"], [f"{code}.jp", "x.jp"],
                                                          ["*"], [f"{code}.jp"], []]),
            areas, random.choice(TERMS) if random.random() < 0.4 else [],
            [(other, NOW + random.choice([1, DAY, 0, -DAY]))
             for other in random.sample(codes, random.randint(0, 4)) if other != code],
            random.random() < 0.15, cells)

    def box(self, cells):
        """In or about one of the cells: well inside, over its edge by less or by more than the
        tolerance, or over several cells."""
        random = self.random
        x, y = random.choice(sorted(cells)) if cells and random.random() < 0.9 else (1341, 341)
        inset = [random.choice([25000, 40000, 10000, -500, -2000, -60000, -130000])
                 if random.random() < 0.25 else 20000 for _ in range(4)]
        return (x * 100000 + inset[0], y * 100000 + inset[1], (x + 1) * 100000 - inset[2],
                (y + 1) * 100000 - inset[3])

    def query(self, world):
        random = self.random
        holder = random.choice(sorted(world.publishers))
        registered = world.publishers[holder]
        speaker = holder
        if random.random() < 0.25:
            typing = [code for code, _ in registered.proxies] or sorted(world.publishers)
            speaker = random.choice(typing)
        drill = random.choice(DRILLS) if random.random() < 0.2 else ""
        secret = f"{speaker} {drill}"
        if world.tokens.get((speaker, drill)) == credential("old " + secret):
            secret = "old " + secret
        query = Query(speaker, holder, credential(secret), drill,
                      random.choice(["Alert", "Alert", "Update", "Cancel"]),
                      random.choice(registered.senders or ["x.jp"]).replace("*", "any.jp"),
                      self.spoken(registered), 0,
                      [random.choice(EVENTS)] if not registered.events else
                      [random.choice([e for e in EVENTS if e.startswith(registered.events[0])])],
                      False, 0, True,
                      [self.box(registered.cells) for _ in range(random.choice([0, 0, 1, 1, 2]))],
                      NOW)
        if registered.events in ([], ["evac"]) and random.random() < 0.4:
            query.level = random.choice([3, 4, 5, 255])
        for _ in range(random.choice([0, 0, 1, 1, 1, 2])):
            self.spoil(query, world)
        return query

    def spoken(self, registered):
        from model import spoken_for
        return some(self.random, sorted(spoken_for(tuple(registered.areas))), 3)

    def spoil(self, query, world):
        random = self.random
        others = sorted(world.publishers)
        random.choice([
            lambda: setattr(query, "type", random.choice(["Ack", "Error", ""])),
            lambda: setattr(query, "credential", random.choice([
                credential("old " + query.speaker + " " + query.drill), "", "0badcafe",
                credential(f"{random.choice(others)} {query.drill}")])),
            lambda: setattr(query, "credential", f"cert:{random.randrange(9, 19):02x}"),
            lambda: setattr(query, "credential", f"cert:{random.randrange(9, 19):02x}"),
            lambda: setattr(query, "drill", random.choice(DRILLS)),
            lambda: setattr(query, "holder", random.choice(others + ["nobody"])),
            lambda: setattr(query, "speaker", random.choice(others + ["nobody"])),
            lambda: setattr(query, "sender", random.choice(["y.jp", "x.jp", "*", "X.jp"])),
            lambda: setattr(query, "areas", some(random, ALL, 3)),
            lambda: query.areas.append(random.choice(ALL)),
            lambda: setattr(query, "areas", []),
            lambda: setattr(query, "uncoded", 1),
            lambda: setattr(query, "events", some(random, EVENTS, 3)),
            lambda: setattr(query, "events", []),
            lambda: setattr(query, "everybody", True),
            lambda: setattr(query, "level", random.choice([1, 3, 4, 5, 255])),
            lambda: setattr(query, "profiled", False),
            lambda: query.boxes.append(self.box({(1342, 342)})),
            lambda: setattr(query, "now", NOW + random.choice([-DAY, -1, 1, DAY])),
        ])()

    def every_ward(self):
        """Each designated city asked for each ward of each, and each ward for its city."""
        wards = sorted(ward for of in WARDS_OF.values() for ward in of)
        for city in sorted(WARDS_OF):
            world = World()
            self.lines.append("W")
            for code, areas in ((city, [city]), ("relay", [min(WARDS_OF[city])])):
                self.publish(world, Publisher(code, False, ["*"], areas, [], [], False, None))
                self.token(world, code, "", f"{code} ")
            for speaker in (city, "relay"):
                for ward in wards + sorted(WARDS_OF):
                    self.ask(world, Query(speaker, speaker, credential(f"{speaker} "), "", "Alert",
                                          "a.jp", [ward], 0, [], False, 0, True, [], NOW))
