#include <fmt/format.h>

#include "hub/config/config.hpp"

namespace noroshi::config {
namespace {

std::string quoted_list(const std::vector<std::string>& hosts) {
  std::string list;
  for (const auto& host : hosts) {
    if (!list.empty()) list += ", ";
    list += '"' + host + '"';
  }
  return "[" + list + "]";
}

}  // namespace

std::string commented_defaults(const std::vector<std::string>& hosts) {
  const Config defaults;
  return fmt::format(
      R"(# noroshi のハブの設定 / configuration of this noroshi hub.
# 行頭の # を外すと有効になります。環境変数 NOROSHI_PORT などはこのファイルより優先します。
# Remove the # to set a value. Environment variables (NOROSHI_PORT …) override this file, and
# options of `noroshi-hub serve` override both. `noroshi-hub check --data DIR` examines it.

# 接続を受け付けるアドレス。すべてのアドレスなら "0.0.0.0" か "::"
# The address that publishers and subscribers connect to; "0.0.0.0" or "::" for all of them.
# listen = "{}"

# HTTPS のポート。0 は空いているポート / the HTTPS port; 0 picks a free one.
# port = {}

# 稼働状況と計測のポート(このホストからだけ) / health and metrics, on loopback only.
# admin_port = {}

# このハブを呼ぶときの名前。localhost と listen は常に使えます
# Names this hub is called by; localhost and `listen` always are.
{}hosts = {}

# 配信スレッドの数 / threads that deliver (1 to 64).
# shards = {}

# 同時接続の上限 / connections at most.
# connections_max = {}

# 同時に進める TLS ハンドシェイクの上限 / TLS handshakes in progress at most.
# handshakes_max = {}

# 配信スレッドごとに手元に残す直近の配信(バイト) / bytes of recent frames kept for each shard.
# ring_bytes_max = {}

# 記録の詳しさ / how much is logged: debug, info, warn, error.
# log_level = "{}"
)",
      defaults.listen, defaults.port, defaults.admin_port, hosts.empty() ? "# " : "",
      quoted_list(hosts), defaults.shards, defaults.connections_max, defaults.handshakes_max,
      defaults.ring_bytes_max, defaults.log_level);
}

}  // namespace noroshi::config
