"""Rows → tables in Markdown, the goals with what was reached, and the plot."""

import collections
import json
import statistics

import plot
from peers import DURABLE

# A client this busy, and busier than the server, is what held the figure down.
CLIENT_BOUND_PERCENT = 95
LOUD_PERCENT = 15


def told(row):
    """One line for the terminal."""
    stages = row.get("in_flight", {})
    words = [f"{row[key]}" for key in ("peer", "subscriptions") if key in row]
    words += [f"N={row['subscribers']}"] if "subscribers" in row else []
    words += [f"{count} in flight: {stage['rate']:,.0f}/s, {stage['cpu_us']:.2f} µs, server "
              f"{stage['server_percent']:.0f} % client {stage['client_percent']:.0f} %"
              for count, stage in stages.items()]
    skip = {"part", "peer", "subscriptions", "subscribers", "in_flight", "protocol"}
    if not stages:
        words += [f"{key} {value:,.4g}" for key, value in row.items()
                  if key not in skip and isinstance(value, (int, float))]
    elif "all_p50_ms" in row:
        words.append(f"one alert to all {row['all_p50_ms']:.0f} ms, "
                     f"confirmed {row['confirmed_p50_ms']:.0f} ms")
    return "; ".join(words)


class Rows:
    def __init__(self, file):
        self._rows = [json.loads(line) for line in open(file) if line.strip()]
        self.repetitions = max(collections.Counter(
            (row["part"], row.get("peer"), row.get("subscribers"), row.get("subscriptions"))
            for row in self._rows if row["part"] != "run").values(), default=0)

    def of(self, part, **wanted):
        return [row for row in self._rows if row["part"] == part and
                all(row.get(key) == value for key, value in wanted.items())]

    def median(self, part, key, stage=None, **wanted):
        """None when nothing was measured."""
        values = []
        for row in self.of(part, **wanted):
            figures = row if stage is None else row.get("in_flight", {}).get(str(stage), {})
            if key in figures:
                values.append(figures[key])
        return statistics.median(values) if values else None

    def values(self, part, key):
        return sorted({row[key] for row in self.of(part) if key in row})

    def loud(self):
        """How many stages others disturbed."""
        return sum(stage["other_percent"] + stage["stolen_percent"] > LOUD_PERCENT
                   for row in self._rows for stage in row.get("in_flight", {}).values())


def shown(value, digits=0):
    return "–" if value is None else f"{value:,.{digits}f}"


def ratio(above, below):
    return None if above is None or not below else above / below


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows] + [""]


def kib_a_connection(rows, peer, n):
    after = rows.median("fanout", "resident_after_kib", peer=peer, subscribers=n)
    before = rows.median("fanout", "resident_before_kib", peer=peer, subscribers=n)
    return None if after is None or before is None or not n else (after - before) / n


def fanout_tables(rows):
    many = rows.values("fanout", "subscribers")
    names = ["hub", "reference", "redis", "rabbitmq", "nats", "mosquitto"]
    rates, single = [], []
    for n in many:
        for peer in names:
            for count in (1, 16, 64):
                wanted = {"stage": count, "peer": peer, "subscribers": n}
                rate = rows.median("fanout", "rate", **wanted)
                if rate is None:
                    continue
                server = rows.median("fanout", "server_percent", **wanted)
                client = rows.median("fanout", "client_percent", **wanted)
                bound = client >= CLIENT_BOUND_PERCENT and client > server
                reference = rows.median("fanout", "rate", stage=count, peer="reference",
                                        subscribers=n)
                rates.append([shown(n), peer, count, shown(rate),
                              shown(ratio(rate, reference), 2),
                              shown(rows.median("fanout", "cpu_us", **wanted), 2),
                              shown(server), f"{shown(client)}{' **bound**' if bound else ''}"])
            if not rows.of("fanout", peer=peer, subscribers=n):
                continue
            moments = [rows.median("fanout", key + "_p50_ms", peer=peer, subscribers=n)
                       for key in ("accepted", "first", "half", "nearly_all", "all",
                                   "acknowledged", "confirmed")]
            single.append([shown(n), peer, *(shown(moment, 1) for moment in moments),
                           shown(rows.median("fanout", "single_cpu_us", peer=peer,
                                             subscribers=n), 1),
                           shown(kib_a_connection(rows, peer, n), 1),
                           shown(rows.median("fanout", "connect_cpu_us", peer=peer,
                                             subscribers=n))])
    return [
        "## Fan-out: many alerts at once", "",
        "Deliveries a second, each acknowledged and the acknowledgement read by the server. "
        "*In flight* is the batch: alerts not yet with everybody. Server and client have one core "
        "each; **bound** marks a figure that the client held down.", "",
        "![deliveries a second against N](performance.svg)", "",
        *table(["N", "server", "in flight", "deliveries/s", "÷ reference", "server CPU µs/delivery",
                "server %", "client %"], rates),
        "## One alert at a time, memory, connecting", "",
        "Milliseconds (p50) from just before the publish call until … *acknowledged*: the last "
        "acknowledgement was handed to its socket; *confirmed*: in a second series, the server "
        "answered a ping (or its like) behind every acknowledgement. Memory is the server's own, "
        "after the load and a quiet second, less what it held before anybody connected.", "",
        *table(["N", "server", "accepted", "first", "half", "99 %", "all", "acknowledged",
                "confirmed", "CPU µs/delivery", "KiB/connection", "connect CPU µs"], single)]


def filter_ratio(rows, subscriptions, count):
    return ratio(rows.median("filters", "cpu_us", count, subscriptions=subscriptions),
                 rows.median("filters", "cpu_us", count, subscriptions="everything"))


def other_tables(rows):
    lines = []
    if rows.of("filters"):
        n = rows.values("filters", "subscribers")[-1]
        lines += ["## Filters", "",
                  f"{n:,} subscriptions. *matching*: areas, event and level that every alert "
                  "passes; *spread*: ten prefectures and five levels, an alert is for 8 %. The "
                  "cost is for each alert that was delivered, so with *spread* it holds the "
                  "looking at the 92 % who do not get it. With 16 in flight a subscriber of "
                  "*spread* gets one or two of them, so they cannot be gathered into one write; "
                  "what a filter costs is therefore compared with one in flight, where everybody "
                  "gets one alert a write.", ""]
        lines += table(
            ["subscriptions", "in flight", "deliveries/s", "server CPU µs/delivery",
             "÷ everything"],
            [[wanted, count, shown(rows.median("filters", "rate", count, subscriptions=wanted)),
              shown(rows.median("filters", "cpu_us", count, subscriptions=wanted), 2),
              shown(filter_ratio(rows, wanted, count), 2)]
             for count in (1, 16) for wanted in ("everything", "matching", "spread")])
    if rows.of("ingest"):
        def of(key):
            return rows.median("ingest", key)
        lines += ["## Ingest", "",
                  "Validated alerts of 2.5 kB over 64 keep-alive TLS connections, no subscribers. "
                  "*journal alone*: our SQLite journal and the real judge, groups as large as the "
                  "hub's were, no network. *TLS + check alone*: the hub's own door, HTTP and "
                  "examination, answering 201 without a journal. Everything on one core.", ""]
        lines += table(["", "alerts/s", "server CPU µs/alert"],
                       [["hub", shown(of("hub_rate")), shown(of("hub_cpu_us"))],
                        [f"journal alone, groups of {shown(of('group'))}",
                         shown(of("journal_rate")), shown(of("journal_cpu_us"))],
                        ["TLS + check alone", shown(of("door_rate")), shown(of("door_cpu_us"))]])
        lines += ["“–” is a piece whose measurement failed.", ""]
    return lines


def goals(rows):
    """(what, goal, reached, met) of everything that was measured."""
    found = []

    def at_most(what, limit, value, unit="", digits=2):
        if value is not None:
            found.append((what, f"≤ {limit:g}{unit}", f"{shown(value, digits)}{unit}",
                          value <= limit))

    def at_least(what, limit, value):
        if value is not None:
            found.append((what, f"≥ {limit:g}", shown(value, 2), value >= limit))

    many = rows.values("fanout", "subscribers")
    for n in many:
        for count in (1, 16, 64):
            at_least(f"deliveries/s ÷ reference, N = {n:,}, {count} in flight", 0.8, ratio(
                rows.median("fanout", "rate", count, peer="hub", subscribers=n),
                rows.median("fanout", "rate", count, peer="reference", subscribers=n)))
        others = {peer: rows.median("fanout", "rate", 16, peer=peer, subscribers=n)
                  for peer in DURABLE if peer not in ("hub", "reference")}
        others = {peer: rate for peer, rate in others.items() if rate}
        hub = rows.median("fanout", "rate", 16, peer="hub", subscribers=n)
        if others and hub:
            best = max(others, key=others.get)
            found.append((f"deliveries/s ÷ the quickest broker ({best}), N = {n:,}, 16 in flight",
                          "> 1", shown(hub / others[best], 2), hub > others[best]))
    for n in many:
        for key in ("all", "confirmed"):
            at_most(f"one alert until {'all have it' if key == 'all' else 'all acks are confirmed'}"
                    f" ÷ reference, N = {n:,}", 1.25, ratio(
                        rows.median("fanout", key + "_p50_ms", peer="hub", subscribers=n),
                        rows.median("fanout", key + "_p50_ms", peer="reference", subscribers=n)))
    if many:
        at_most(f"memory a connected TLS subscriber, N = {many[-1]:,}", 20,
                kib_a_connection(rows, "hub", many[-1]), " KiB", 1)
    for count in (16, 64):
        at_most(f"CPU a delivery, N = 10,000 ÷ 1,000, {count} in flight", 1.2, ratio(
            rows.median("fanout", "cpu_us", count, peer="hub", subscribers=10000),
            rows.median("fanout", "cpu_us", count, peer="hub", subscribers=1000)))
    for wanted, count in (("matching", 16), ("matching", 1), ("spread", 1)):
        at_most(f"CPU a delivery, filters ({wanted}) ÷ none, {count} in flight", 1.3,
                filter_ratio(rows, wanted, count))
    halves = [rows.median("ingest", key) for key in ("journal_rate", "door_rate")]
    if all(halves):
        whole = rows.median("ingest", "hub_rate")
        at_least("ingest ÷ the slower of journal alone and TLS + check alone", 0.8,
                 whole / min(halves))
        at_least("ingest ÷ journal and TLS + check in turn, as on one core they must be", 0.8,
                 whole * sum(1 / half for half in halves))
    at_most("gate, reader, rules: 2.5 kB", 60, rows.median("examine", "small_us"), " µs", 0)
    large = rows.median("examine", "large_us")
    at_most("gate, reader, rules: 1 MB with 2,000 areas", 60, large and large / 1e3, " ms", 0)
    for n in rows.values("restart", "subscribers"):
        for door in ("certificates", "tokens"):
            at_most(f"{n:,} subscribers back after kill −9, publishers at the door for {door}", 60,
                    rows.median("restart", "back_seconds", subscribers=n, publishers=door), " s", 1)
            at_most(f"accepting meanwhile, p99, outage and retries included, door for {door}", 500,
                    rows.median("restart", "accepted_p99_ms", subscribers=n, publishers=door),
                    " ms", 0)
    for ending in ("term", "kill"):
        at_most(f"start over 1,000,000 entries after SIG{ending.upper()}", 2,
                rows.median("start", f"after_{ending}_seconds"), " s")
    return found


def provenance(rows):
    runs = rows.of("run")
    if not runs:
        return ""
    command = runs[0]["command"] if len(runs) == 1 else "tests/bench/run"
    parts = "" if len(runs) == 1 else f" in {len(runs)} parts (`--only`, `--append`)"
    return f"{runs[-1]['machine']}; {runs[-1]['date']}; `{command}`{parts}. "


def write(file, out):
    """performance.md and performance.svg in the folder `out`."""
    rows = Rows(file)
    text = [
        "# How fast it is", "",
        "One command measures the hub beside other servers at the same job, the same bytes on both "
        "sides: durably accept a CAP alert of 2 kB, give it to N subscribers, have each "
        "acknowledge it. `tests/bench/run` (`--help`) wrote this page; "
        "`ops/packages/install --bench` installs the brokers.", "",
        f"{provenance(rows)}Medians of up to {rows.repetitions} repetitions, which take turns.", "",
        f"{rows.loud()} of the measured stretches had more than {LOUD_PERCENT} % of a core used by "
        "others or taken by the hypervisor; they count like the rest.", "",
        "## Goals", "",
        *table(["what", "goal", "reached", ""],
               [[what, goal, reached, "met" if met else "**missed**"]
                for what, goal, reached, met in goals(rows)]),
        *(fanout_tables(rows) if rows.of("fanout") else []), *other_tables(rows), *NOTES]
    out.mkdir(parents=True, exist_ok=True)
    (out / "performance.md").write_text("\n".join(text))
    lines = collections.defaultdict(list)
    for n in rows.values("fanout", "subscribers"):
        for peer in DURABLE:
            rate = rows.median("fanout", "rate", 16, peer=peer, subscribers=n)
            if rate:
                lines[peer].append((n, rate))
    if lines:
        (out / "performance.svg").write_text(
            plot.svg("Deliveries a second, 16 alerts in flight", dict(lines)))


NOTES = [
    "## What is compared, and how", "",
    "- One core for the server, one for the client, everything over loopback. The client is one "
    "thread; where it is the busier side, the figure says what the client can take, and CPU a "
    "delivery says more than the rate.",
    "- *reference*: the least that could do this job on this machine: one epoll loop, WebSocket "
    "over TLS 1.3 (AES-128-GCM, as the hub here), alerts gathered into TLS records, a log file "
    "with group commit and `fdatasync` before anybody gets the alert. It routes nothing, checks "
    "nothing, and forgets who has what.",
    "- Acknowledgements: hub, reference, NATS and RabbitMQ answer each read with one cumulative "
    "acknowledgement, Redis with one XACK naming all; MQTT has none but one each. The hub keeps "
    "them (an entry for at most 250 ms of them); the reference only counts them.",
    "- Publishers: the hub gets one POST at a time on each of up to 64 connections, as its rule "
    "is; the others get a pipeline on one connection. The hub validates every alert and checks "
    "who may send it. Only hub and reference speak TLS here: the brokers are spared it.",
    "- On stable storage before the publisher is told: hub, reference, Redis (appendfsync always), "
    "RabbitMQ (confirms). Not so: NATS JetStream (synced every two minutes), mosquitto (a save "
    "every 30 minutes).",
    "- Ingest is measured on one core, where the two halves of the work run one after the other: "
    "the rate of the slower half alone would need a core for each. The row *in turn* says what one "
    "core can give.",
    "- The client checks no certificate. The bench's own test (`bench.smoke`) checks that every "
    "alert reaches every subscriber exactly once, byte for byte, and that the hub says so.", ""]
