"""An independent client library at the hub's stream: Autobahn, as Debian packages it. It checks our
handshake and frames by its own rules, and fails the connection on any it does not like."""

import asyncio
import dataclasses

from autobahn.asyncio.websocket import WebSocketClientFactory, WebSocketClientProtocol
from autobahn.websocket.compress import PerMessageDeflateOffer

from .hostile_hub import HostileTest
from .messages import ClientMessage, ServerMessage
from .rfc6455.case import hello
from .stream import Stream

SECONDS_MAX = 20.0
CODES = (1000, 3000, 3999, 4000, 4999)
SIZES = (None, 125, 126, 127, 65535, 65536)
FRAGMENTS = (1, 7, 1000, 65536)


class Subscriber(WebSocketClientProtocol):
    """Tells its story to the futures of the factory."""

    def onOpen(self):
        self.factory.opened.set_result(self)

    def onMessage(self, payload, isBinary):
        message = ServerMessage.FromString(payload)
        self.factory.heard.put_nowait((message.WhichOneof("message"), message, isBinary))

    def onPong(self, payload):
        self.factory.heard.put_nowait(("pong", payload, True))

    def onClose(self, wasClean, code, reason):
        if not self.factory.opened.done():
            self.factory.opened.set_exception(ConnectionError(reason))
        self.factory.closed.set_result((wasClean, code, reason))


@dataclasses.dataclass
class Client:
    protocol: object
    factory: object

    async def hears(self, kind):
        while True:
            what, content, is_binary = await asyncio.wait_for(self.factory.heard.get(), SECONDS_MAX)
            assert is_binary, "a text on a subprotocol of binary messages"
            if what == kind:
                return content

    async def leaves(self, code, reason=None):
        self.protocol.sendClose(code, reason)
        return await asyncio.wait_for(self.factory.closed, SECONDS_MAX)


class AutobahnTest(HostileTest):
    def run_client(self, story, **options):
        """`story` is a coroutine of a Client that has been let in."""
        token = getattr(type(self), "token", None) or self.hostile.peer_token()
        type(self).token = token
        door = self.hostile.door

        async def run():
            loop = asyncio.get_running_loop()
            factory = WebSocketClientFactory(
                f"wss://{door.authority}/v1/stream", protocols=[Stream.SUBPROTOCOL],
                headers={"Authorization": f"Bearer {token}"}, loop=loop)
            factory.protocol = Subscriber
            factory.opened, factory.closed = loop.create_future(), loop.create_future()
            factory.heard = asyncio.Queue()
            factory.setProtocolOptions(openHandshakeTimeout=SECONDS_MAX,
                                       closeHandshakeTimeout=SECONDS_MAX,
                                       failByDrop=False, **options)
            await loop.create_connection(factory, door.host, door.port, ssl=door.context(),
                                         server_hostname=door.host)
            client = Client(await asyncio.wait_for(factory.opened, SECONDS_MAX), factory)
            self.assertEqual(client.protocol.websocket_protocol_in_use, Stream.SUBPROTOCOL)
            self.assertEqual(client.protocol.websocket_extensions_in_use, [])
            await story(client)
            if not factory.closed.done():
                await client.leaves(1000)
            clean, _, reason = factory.closed.result()
            self.assertTrue(clean, reason)

        asyncio.run(run())

    def test_every_code_a_client_may_say_is_answered_with_itself(self):
        for code in CODES:
            for reason in (None, "終わり"):
                async def story(client):
                    client.protocol.sendMessage(hello(), isBinary=True)
                    await client.hears("welcome")
                    clean, answered, _ = await client.leaves(code, reason)
                    self.assertEqual((clean, answered), (True, code))
                with self.subTest(code, reason=reason):
                    self.run_client(story)

    def test_hello_of_every_size_in_fragments_of_every_size(self):
        for size in SIZES:
            for fragment in FRAGMENTS:
                if size is not None and size > 1000 * fragment:
                    continue
                async def story(client):
                    client.protocol.sendMessage(hello(size), isBinary=True, fragmentSize=fragment)
                    await client.hears("welcome")
                with self.subTest(size=size, fragment=fragment):
                    self.run_client(story)

    def test_each_ping_is_answered_with_its_payload(self):
        async def story(client):
            for size in (0, 1, 124, 125):
                payload = bytes(range(256))[:size]
                client.protocol.sendPing(payload)
                self.assertEqual(await client.hears("pong"), payload)
        self.run_client(story)

    def test_deflate_is_offered_in_vain(self):
        async def story(client):
            client.protocol.sendMessage(hello(), isBinary=True)
            await client.hears("welcome")
        self.run_client(story, perMessageCompressionOffers=[PerMessageDeflateOffer()])

    def test_an_alert_arrives(self):
        async def story(client):
            client.protocol.sendMessage(hello(), isBinary=True)
            welcome = (await client.hears("welcome")).welcome
            accepted = await asyncio.to_thread(self.hostile.accept, self)
            through = welcome.cursor
            while through < accepted["sequence"]:
                delivery = (await client.hears("delivery")).delivery
                through = delivery.sequence
                message = ClientMessage()
                message.ack.through = through
                client.protocol.sendMessage(message.SerializeToString(), isBinary=True)
            self.assertEqual(delivery.cap_xml, self.hostile.accepted[through])
        self.run_client(story)

    def test_a_broken_client_is_told_so(self):
        for name, spoil, code in [
                ("text", lambda p: p.sendMessage("{}".encode(), isBinary=False), 1003),
                ("no message", lambda p: p.sendMessage(b"\xff", isBinary=True), 1007),
                ("reserved bit", lambda p: p.sendFrame(opcode=2, payload=b"x", rsv=4), 1002),
                ("reserved opcode", lambda p: p.sendFrame(opcode=5, payload=b"x"), 1002)]:
            async def story(client):
                spoil(client.protocol)
                clean, answered, _ = await asyncio.wait_for(client.factory.closed, SECONDS_MAX)
                self.assertEqual((clean, answered), (True, code))
            with self.subTest(name):
                self.run_client(story)
