"""A hub with few descriptors, and strangers who take all they get: it must go on for those it
knows, answer whoever asks how it is, not spin at its door, and recover by itself."""

import json
import subprocess
import time

import siege_plan
from client.api import Api, Broken, Unreachable
from client.hub_process import HubFailed
from healthy import PUBLISHER, SENDER, Healthy
from siege_hub import SiegeHub

DESCRIPTORS = 640  # of which the hub keeps 256 from streams, and fewer from strangers
STRANGERS = 900
ALERTS_A_SECOND = 10
PROCESSOR_MAX = 0.7       # of a core, for ten alerts a second and whatever the door does
LOOKS = 3
RECOVERY_SECONDS_MAX = 15.0
BEGIN_SECONDS_MAX = 120.0


def besieged(binary, scratch, seconds):
    """What went wrong, and prints what was seen."""
    complaints = []
    hub = SiegeHub(binary, scratch / "few-descriptors", DESCRIPTORS)
    try:
        door = hub.start()
        publisher, = hub.register("publisher", [PUBLISHER], senders=[SENDER])
        subscribers = hub.register("subscriber", ["known-1", "known-2"])
        healthy = Healthy(door, publisher, subscribers, ALERTS_A_SECOND)
        facts = _besiege(hub, door, scratch, seconds, complaints)
        print(f"{'descriptors':22} {json.dumps(facts)}", flush=True)
        _recover(door, publisher, complaints)
        if not healthy.end():
            complaints.append("a healthy subscriber lacks alerts")
        complaints += healthy.complaints()
        if (code := hub.process.terminate(60)) != 0:
            complaints.append(f"the hub ended with {code}")
    finally:
        hub.process.close()
    return [f"descriptors: {complaint}" for complaint in complaints]


def _besiege(hub, door, scratch, seconds, complaints):
    nobody = scratch / "nobody.tokens"
    nobody.write_text("")
    attack = siege_plan.Attack("descriptor_eaters", STRANGERS, siege_plan.STRANGER_BYTES)
    with subprocess.Popen(siege_plan.besieger_command(attack, door, nobody), text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as besieger:
        try:
            if besieger.stdout.readline().strip() != "begun":
                complaints.append("the besieger did not begin")
                return {}
            seen = [_look(hub, seconds / LOOKS, complaints) for _ in range(LOOKS)]
            besieger.stdin.close()
            facts = json.loads(besieger.stdout.readline())
        finally:
            besieger.kill()
    busiest = max(share for share, _ in seen)
    if busiest > PROCESSOR_MAX:
        complaints.append(f"it used {busiest:.0%} of a core while its door was besieged")
    return {**facts, "cpu": round(busiest, 2), "descriptors": max(count for _, count in seen)}


def _look(hub, seconds, complaints):
    """The share of a core it used meanwhile, and its descriptors."""
    busy, begun = hub.processor_seconds(), time.monotonic()
    for name, ask in (("status", hub.status), ("metrics", hub.metrics)):
        try:
            ask()
        except (HubFailed, OSError, subprocess.TimeoutExpired) as error:
            complaints.append(f"{name}: {error}")
    time.sleep(seconds)
    return (hub.processor_seconds() - busy) / (time.monotonic() - begun), hub.descriptors()


def _recover(door, publisher, complaints):
    deadline = time.monotonic() + RECOVERY_SECONDS_MAX
    while time.monotonic() < deadline:
        try:
            with Api(door, publisher) as api:
                if api.request("GET", "/v1/alerts?limit=1").status == 200:
                    return
        except (Broken, Unreachable):
            time.sleep(0.1)
    complaints.append("nobody new is let in after the siege")
