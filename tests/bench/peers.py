"""The servers that are compared: how each is started with its data in a folder of its own.

What of them is on stable storage before the publisher is told, and what the setting is:

reference  yes, fdatasync of a plain file before anybody gets the alert
hub        yes, SQLite's COMMIT with synchronous=FULL
redis      yes, appendonly with appendfsync always; acknowledgements (XACK) are synced, too
rabbitmq   yes, persistent messages in durable queues, publisher confirms
nats       no: a JetStream file stream is synced every two minutes
mosquitto  no: QoS 1 with persistence writes its database every 30 minutes
"""

import contextlib
import pathlib
import subprocess

from machine import SERVER_CPU, RunFailed, free_port, launch, stop, wait_for_port

DURABLE = {"reference": True, "hub": True, "redis": True, "rabbitmq": True, "nats": False,
           "mosquitto": False}
BROKERS = ["redis", "rabbitmq", "nats", "mosquitto"]


class Peers:
    """Starts servers; `bench` and `hub` are our programs."""

    def __init__(self, bench, hub, scratch):
        self.bench, self.hub, self.scratch = bench, hub, pathlib.Path(scratch)

    @contextlib.contextmanager
    def serving(self, name, subscribers, subscriptions="everything"):
        """Yields the process whose CPU and memory count, and what the load is to be told."""
        folder = self.scratch / "peer"
        subprocess.run(["rm", "-rf", folder], check=True)
        folder.mkdir()
        start = getattr(self, "_" + name)
        with start(folder, free_port(), subscribers, subscriptions) as served:
            yield served

    @contextlib.contextmanager
    def _run(self, folder, port, command, load, environment=None):
        log = folder / "server.log"
        with open(log, "w") as output:
            process = launch(command, SERVER_CPU, output, environment)
        try:
            wait_for_port(port, process, log)
            yield process.pid, ["--port", port, "--server", process.pid, *load]
        finally:
            stop(process)

    def site(self, folder, subscribers, subscriptions="everything"):
        """A hub's data directory with its accounts."""
        data = folder / "site"
        for command in ([self.hub, "init", data, "--quiet"],
                        [self.bench, "register", "--data", data, "--subscribers", subscribers,
                         "--subscriptions", subscriptions]):
            done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
            if done.returncode != 0:
                raise RunFailed(done.stderr.strip())
        return data

    def certificate(self, folder):
        certificate, key = folder / "certificate.pem", folder / "key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
             "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3", "-subj", "/CN=localhost",
             "-keyout", key, "-out", certificate], check=True, capture_output=True)
        return ["--certificate", certificate, "--key", key]

    def _hub(self, folder, port, subscribers, subscriptions):
        data = self.site(folder, subscribers, subscriptions)
        return self._run(
            folder, port,
            [self.hub, "serve", "--data", data, "--port", port, "--admin-port", "0"],
            ["--protocol", "hub", "--tls", "--data", data, "--subscriptions", subscriptions],
            {"NOROSHI_ALERTS_PER_SECOND": "0", "NOROSHI_CONFIRMATIONS": "note"})  # one publisher of the bench is all of a country

    # The same hub and subscribers, who come for server-sent events.
    @contextlib.contextmanager
    def _events(self, folder, port, subscribers, subscriptions):
        with self._hub(folder, port, subscribers, subscriptions) as (pid, load):
            yield pid, ["hub-events" if word == "hub" else word for word in load]

    def _reference(self, folder, port, *_):
        return self._run(
            folder, port,
            [self.bench, "reference", "--port", port, "--folder", folder,
             *self.certificate(folder)], ["--protocol", "bare", "--tls"])

    def _redis(self, folder, port, *_):
        return self._run(
            folder, port,
            ["redis-server", "--bind", "127.0.0.1", "--port", port, "--dir", folder, "--save", "",
             "--protected-mode", "no", "--appendonly", "yes", "--appendfsync", "always", "--maxclients", "19000",
             "--client-output-buffer-limit", "normal 0 0 0"], ["--protocol", "redis"])

    def _nats(self, folder, port, *_):
        settings = folder / "nats.conf"
        settings.write_text(
            f'listen: "127.0.0.1:{port}"\nmax_connections: 64000\nwrite_deadline: "60s"\n'
            f'ping_interval: "10m"\njetstream {{ store_dir: "{folder}/store", '
            f"max_memory_store: 1GB, max_file_store: 30GB }}\n")
        return self._run(folder, port, ["nats-server", "-c", settings], ["--protocol", "nats"])

    def _mosquitto(self, folder, port, *_):
        settings = folder / "mosquitto.conf"
        settings.write_text(
            f"listener {port} 127.0.0.1\nallow_anonymous true\npersistence true\n"
            f"persistence_location {folder}/\nuser root\nmax_inflight_messages 100\n"
            "max_queued_messages 0\nsys_interval 0\nset_tcp_nodelay true\nlog_dest stderr\n"
            "log_type error\nlog_type warning\n")
        return self._run(folder, port, ["mosquitto", "-c", settings], ["--protocol", "mqtt"])

    @contextlib.contextmanager
    def _rabbitmq(self, folder, port, *_):
        # Its own epmd, so that it neither finds nor disturbs another.
        name_port, link_port = port + 1, port + 2
        settings = folder / "rabbitmq.conf"
        settings.write_text(
            f"listeners.tcp.1 = 127.0.0.1:{port}\nloopback_users.guest = true\n"
            "vm_memory_high_watermark.relative = 0.7\ndisk_free_limit.absolute = 1GB\n"
            "log.console = false\nheartbeat = 0\n")
        (folder / "environment.conf").write_text("")
        (folder / "plugins").write_text("[].\n")
        environment = {
            "RABBITMQ_CONF_ENV_FILE": f"{folder}/environment.conf",
            "RABBITMQ_CONFIG_FILE": str(settings), "HOME": str(folder),
            "RABBITMQ_NODENAME": f"bench{port}@localhost", "RABBITMQ_MNESIA_BASE": f"{folder}/db",
            "RABBITMQ_LOG_BASE": f"{folder}/log", "RABBITMQ_PID_FILE": f"{folder}/pid",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/plugins",
            "RABBITMQ_DIST_PORT": str(link_port), "ERL_EPMD_PORT": str(name_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}"}
        listed = subprocess.run(["dpkg", "-L", "rabbitmq-server"], capture_output=True, text=True,
                                check=True).stdout.split()
        program = next(path for path in listed if path.endswith("/lib/rabbitmq/bin/rabbitmq-server")
                       or path.endswith("sbin/rabbitmq-server") and "lib/rabbitmq/lib" in path)
        with self._run(folder, port, [program], ["--protocol", "amqp"], environment) as served:
            pid = int((folder / "pid").read_text())
            try:
                yield pid, [word if word != served[0] else pid for word in served[1]]
            finally:
                subprocess.run(["epmd", "-port", str(name_port), "-kill"], capture_output=True)
