"""Who takes part in a run: four publishers and eight subscribers of different kinds."""

from client import cap
from client.json_stream import JsonStream
from client.registration import add_publisher, add_subscriber
from history import Subscription
from publishing import PublisherAccount
from subscribing import Manner, SubscriberAccount

TOKUSHIMA, NARUTO, KOMATSUSHIMA = (cap.Place("362018", "徳島県徳島市"),
                                   cap.Place("362026", "徳島県鳴門市"),
                                   cap.Place("362034", "徳島県小松島市"))
MINATO = cap.Place("131032", "東京都港区")


def register(hub):
    """Registers everybody with a hub that is not running: publishers, subscribers."""
    return _publishers(hub), _subscribers(hub)


def _publishers(hub):
    city, town = "city.tokushima.lg.jp", "city.naruto.lg.jp"
    prefecture, relay = "pref.tokushima.lg.jp", "relay.example.jp"
    return [
        PublisherAccount("362018", city, (TOKUSHIMA,),
                         add_publisher(hub, "362018", "徳島市", [city], ["362018"]), MINATO),
        PublisherAccount("362026", town, (NARUTO,),
                         add_publisher(hub, "362026", "鳴門市", [town], ["362026"]), TOKUSHIMA),
        PublisherAccount("360007", prefecture, (TOKUSHIMA, NARUTO, KOMATSUSHIMA),
                         add_publisher(hub, "360007", "徳島県", [prefecture], ["36"]), MINATO),
        PublisherAccount("relay", relay, (TOKUSHIMA, MINATO),
                         add_publisher(hub, "relay", "中継", ["*"], ["*"])),
    ]


def _subscribers(hub):
    wanted = [
        (Subscription("all", ["*"]), Manner()),
        (Subscription("prefecture", ["36"]), Manner(window=64)),
        (Subscription("city", ["362018"]), Manner(window=1, acknowledges_every=1)),
        (Subscription("loud", ["*"], 4), Manner(acknowledges_every=200)),
        (Subscription("slow", ["362034"]),
         Manner(window=4, acknowledges_every=2, seconds_a_delivery=0.01)),
        (Subscription("restless", ["*"]), Manner(stays_max=40)),
        (Subscription("json", ["*"]), Manner(form=JsonStream)),
        (Subscription("restless-json", ["36"]), Manner(form=JsonStream, window=16, stays_max=25)),
    ]
    return [SubscriberAccount(s, add_subscriber(hub, s.subscriber, s.areas, s.min_level), manner)
            for s, manner in wanted]
