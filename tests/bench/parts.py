"""The measurements, each a list of rows (dictionaries with `part`)."""

import json
import pathlib
import shutil
import signal
import subprocess
import time
import urllib.request

from machine import (CLIENT_CPU, LOAD_SECONDS_MAX, SERVER_CPU, RunFailed, alone, ask, free_port,
                     launch, last_words, stop, wait_for_port)

SUBSCRIBERS = [1000, 5000, 10000]
INGEST_BYTES = 2500
MILLION = 1_000_000


class Parts:
    def __init__(self, peers, scratch, tell, quick):
        self._peers, self._bench, self._hub = peers, peers.bench, peers.hub
        self._scratch, self._tell, self._quick = pathlib.Path(scratch), tell, quick
        self._stage_seconds = 1 if quick else 2.5
        self._single_alerts = 5 if quick else 12

    def fanout(self, peer, subscribers, in_flight):
        with alone(), self._peers.serving(peer, subscribers) as (_, load):
            return {"peer": peer, **self._load(load, subscribers, in_flight)}

    def filters(self, subscriptions, subscribers):
        """A fan-out in which every subscriber has a subscription to look at."""
        with alone(), self._peers.serving("hub", subscribers, subscriptions) as (_, load):
            return {"subscriptions": subscriptions, **self._load(load, subscribers, [1, 16], single=0)}

    def _load(self, load, subscribers, in_flight, single=None, more=()):
        return ask([self._bench, "load", *load, "--subscribers", subscribers,
                    "--in-flight", ",".join(map(str, in_flight)),
                    "--seconds", self._stage_seconds, "--single-seconds-max", 5,
                    "--single-alerts", self._single_alerts if single is None else single, *more])

    def ingest(self):
        """The hub's intake over 64 connections, and what its two halves could do alone."""
        with alone(), self._peers.serving("hub", 0) as (_, load):
            whole = self._ingest_load(load)["64"]
            group = self._group_seen()
        folder = self._scratch / "alone"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        site = self._peers.site(folder, 0)
        with alone():
            journal = ask([self._bench, "journal", "--data", site, "--group", max(1, round(group)),
                           "--alert-bytes", INGEST_BYTES, "--seconds", self._stage_seconds],
                          SERVER_CPU)
        try:
            with alone():
                door = self._door(site, folder)
        except RunFailed as failure:
            self._tell(f"TLS + check alone FAILED: {failure}")
            door = {}
        return {"hub_rate": whole["rate"], "hub_cpu_us": whole["cpu_us"],
                "accepted_p99_ms": whole["accepted_p99_ms"], "group": group,
                "client_percent": whole["client_percent"],
                "server_percent": whole["server_percent"],
                "journal_rate": journal["rate"], "journal_cpu_us": journal["cpu_us"],
                **{f"door_{key}": door[key] for key in ("rate", "cpu_us", "client_percent") if door}}

    def _ingest_load(self, load):
        return self._load(load, 0, [64], single=0,
                          more=["--alert-bytes", INGEST_BYTES])["in_flight"]

    def _group_seen(self):
        """Entries a commit, as the hub that is still running counted them."""
        port = _admin_port(self._scratch / "peer" / "server.log")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as page:
            lines = dict(line.rsplit(" ", 1) for line in page.read().decode().splitlines()
                         if line and not line.startswith("#"))
        value = {name.split("{")[0]: float(text) for name, text in lines.items()}
        entries = next(value[name] for name in value if name.endswith("journal_entries_total"))
        commits = next(value[name] for name in value if name.endswith("journal_commits_total"))
        return entries / commits

    def _door(self, site, folder):
        port, log = free_port(), folder / "door.log"
        with open(log, "w") as output:
            door = launch([self._bench, "door", "--data", site, "--port", port], SERVER_CPU, output)
        try:
            wait_for_port(port, door, log)
            return self._ingest_load(["--protocol", "hub", "--tls", "--data", site, "--port", port,
                                      "--server", door.pid])["64"]
        finally:
            stop(door)

    def examine(self):
        with alone():
            return ask([self._bench, "examine", "--seconds", 0.5 if self._quick else 1], SERVER_CPU)

    def restart(self, subscribers, publishers):
        """kill -9 under a crowd; the same port and data at once again. `publishers` come to the
        door for `tokens`, where the crowd is, or to that for `certificates`."""
        folder = self._scratch / "restart"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        data, port, log = self._peers.site(folder, subscribers), free_port(), folder / "server.log"
        second_port = port + 1
        apart = self._certified(data, folder, second_port) if publishers == "certificates" else []

        def serve():
            with open(log, "a") as output:
                return launch([self._hub, "serve", "--data", data, "--port", port,
                               "--mtls-port", second_port, "--admin-port", "0"], SERVER_CPU, output)
        with alone():
            server = serve()
            crowd = None
            try:
                wait_for_port(port, server, log)
                crowd = launch([self._bench, "restart", "--port", port, "--data", data,
                                "--subscribers", subscribers, *apart], CLIENT_CPU, subprocess.PIPE)
                if crowd.stdout.readline().strip() != "ready":
                    raise RunFailed(crowd.stderr.read().strip())
                server.send_signal(signal.SIGKILL)
                server.wait()
                server = serve()
                out, err = crowd.communicate(timeout=LOAD_SECONDS_MAX)
                if crowd.returncode != 0:
                    raise RunFailed(err.strip())
                return {"publishers": publishers, **json.loads(out.splitlines()[-1])}
            except subprocess.TimeoutExpired:
                raise RunFailed("not everybody came back") from None
            finally:
                for process in (server, crowd):
                    if process is not None:
                        stop(process)

    def _certified(self, data, folder, port):
        issue = [self._hub, "cert", "issue", "publisher", "bench", "--out", folder, "--data", data]
        done = subprocess.run([str(word) for word in issue], capture_output=True, text=True)
        if done.returncode != 0:
            raise RunFailed(done.stderr.strip())
        certificate = folder / "publisher-bench.pem"
        return ["--publisher-port", port, "--publisher-certificate", certificate,
                "--publisher-key", certificate.with_suffix(".key")]

    def start(self, site=None):
        """From exec to the printed URLs, over a million entries: after SIGTERM, and after a kill."""
        folder = self._scratch / "start"
        if site is None:
            site = folder / "site"
            if not site.exists():
                self._fill(folder, site)
        rows = {"entries": MILLION}
        for ending in ("first", "term", "kill"):
            with alone():
                rows[f"after_{ending}_seconds"], rows["resident_kib"] = self._ready_seconds(
                    site, signal.SIGKILL if ending == "term" else signal.SIGTERM)
        return rows

    def _fill(self, folder, site):
        self._tell("filling a journal with a million entries (about two minutes)")
        folder.mkdir(parents=True, exist_ok=True)
        fill = pathlib.Path(self._bench).parent / "fill_journal"
        for command in ([self._hub, "init", site, "--quiet"], [fill, site, "--entries", MILLION]):
            subprocess.run([str(word) for word in command], check=True, capture_output=True)

    def _ready_seconds(self, site, ending):
        begun = time.monotonic()
        with open(self._scratch / "start.log", "a") as log:
            hub = subprocess.Popen(
                [self._hub, "serve", "--data", site, "--port", "0", "--admin-port", "0"],
                stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            for line in hub.stdout:
                if line.startswith("metrics"):
                    seconds = time.monotonic() - begun
                    status = pathlib.Path(f"/proc/{hub.pid}/status").read_text().splitlines()
                    resident = next(line.split()[1] for line in status if line.startswith("VmRSS"))
                    time.sleep(3)  # what goes on behind the URLs has begun
                    return seconds, int(resident)
            raise RunFailed("the hub did not start: " + last_words(self._scratch / "start.log"))
        finally:
            hub.send_signal(ending)
            hub.wait(timeout=60)


def _admin_port(log):
    for line in pathlib.Path(log).read_text().splitlines():
        if line.startswith("metrics"):
            return int(line.split("127.0.0.1:")[1].split("/")[0])
    raise RunFailed("the hub printed no metrics address")
