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

# クライアント証明書で接続するポート。既定は port の次、使用中なら空いているポート / the port for client certificates
# (mutual TLS); unless set the one above `port`, or a free one when that is taken.
# mtls_port = {}

# 稼働状況と計測のポート(このホストからだけ) / health and metrics, on loopback only.
# admin_port = {}

# このハブを呼ぶときの名前。localhost と listen は常に使えます
# Names this hub is called by; localhost and `listen` always are.
{}hosts = {}

# 配信スレッドの数 / threads that deliver (1 to 64).
# shards = {}

# 同時接続の上限(配信中のものを除く) / connections at most, established streams not counted.
# connections_max = {}

# まだ名乗っていない接続の上限: 全体と、一つのアドレスから(0 は無制限)。あふれると古いものから閉じます
# Connections that have not shown who they are: in all, and from one address (0: no limit). The
# oldest is closed when there are more; who has shown a valid token never is.
# strangers_max = {}
# strangers_per_address_max = {}

# 一つの発信者・伝達者の同時接続の上限 / connections of one publisher or subscriber at most.
# connections_per_identity_max = {}

# 同時に進める TLS ハンドシェイクの上限 / TLS handshakes in progress at most.
# handshakes_max = {}

# 一つの発信者・伝達者が1秒あたりに行える回数と、続けて一度に行える回数。0 は無制限。
# 超えると 429 rate.limited と Retry-After を返します
# What one publisher or subscriber may do a second, and how many at once after a rest; a rate of 0
# is no limit. Beyond it the answer is 429 rate.limited with Retry-After.
# 発信 / alerts sent to us
# alerts_per_second = {}
# alerts_burst = {}
# 一覧・本文・到達状況の取得 / lists, alerts and ladders asked for
# reads_per_second = {}
# reads_burst = {}
# 配信の接続 / streams opened
# streams_per_second = {}
# streams_burst = {}
# 認証の失敗(一つのアドレスから) / failed authentications, of one address
# failures_per_second = {}
# failures_burst = {}

# 同時に処理する取得の上限。発信はこれに数えません
# Lists, alerts and ladders in handling at once, of everybody; alerts sent to us never wait for them.
# reads_at_once_max = {}

# 大きな文書のために持つ量の上限(バイト): 32 kB を超える発信と、読み取られるのを待つ 64 kB を超える応答。
# 後半は、まだ何も預けていない者だけに空けてあります。超えると 503 hub.busy と Retry-After を返します
# Bytes kept for what is large, of everybody: alerts over 32 kB until they are answered, and answers over
# 64 kB until they are taken. The second half is for those who have nothing there. Beyond it the
# answer is 503 hub.busy with Retry-After; small alerts never wait for large ones.
# documents_bytes_max = {}
# answers_bytes_max = {}

# 配信スレッドごとに手元に残す直近の配信(バイト) / bytes of recent frames kept for each shard.
# ring_bytes_max = {}

# 重複発令・古い情報・広すぎる地域などの確認: 尋ねる(409 confirm.required)か、警告を残すだけか
# What a person should confirm (an order beside another, an old message, too large an area, the same
# again and again): "ask" answers 409 confirm.required, "note" only notes it as a warning.
# confirmations = "{}"

# 公開中のすべての情報のフィード(/v1/feed.atom)と本文を、誰にでも見せるか
# Whether anybody may read the feed of all live alerts (/v1/feed.atom) and the alerts in it.
# feed_public = {}

# CAP 文書を続けて流す TCP フィード(TLS とクライアント証明書)のポート。書かなければ開きません
# The port of the TCP feed (TLS with client certificates; subscribers with the outlet tcp). Without
# it there is none; 0 picks a free one. A heartbeat every so many seconds (1 to 60).
# feed_tcp_port = 8446
# feed_tcp_heartbeat_seconds = {}

# Webhook の送り先に許す公開でないアドレスやネットワーク。書かなければ内部には一切送りません
# Addresses and networks that webhooks may go to though they are not public, e.g. ["10.20.0.0/16"];
# any other that is not of the public Internet is refused. With webhook_ca (PEM, relative to DIR)
# those certificates are trusted beside the system's.
# webhook_private = []
# webhook_ca = ""

# 受け取られなかった Webhook を再び送るまでの最初の間隔(秒、倍々に6時間まで)と、諦めるまでの時間
# After a webhook was not taken: the first wait in seconds (doubled each time, up to 6 hours), and the
# hours after which it is given up and put into the dead-letter list.
# webhook_retry_seconds = {}
# webhook_give_up_hours = {}

# 配信経路の全体を試す間隔(秒)。0 で行わない。視聴者には決して見えません
# Seconds between probes of the whole way to every connected subscriber; 0: none. Nobody is shown them.
# probe_every = {}

# ログのチェックポイントへの連署を受け取る証人の鍵(`noroshi-subscribe witness init` が表示したもの、16 まで)
# Keys of the witnesses whose cosignatures of the log's checkpoints are taken, as `noroshi-subscribe
# witness init` prints them, up to 16, e.g. ["tv.example+1c2d3e4f+BAbC…"].
# witnesses = []

# データディレクトリの空きがこれ(バイト)より少なければ警報にする。0 は警報にしない
# Less free space than this in the data directory, in bytes, is an alarm; 0: never.
# disk_free_bytes_min = {}

# 記録の詳しさ / how much is logged: debug, info, warn, error.
# log_level = "{}"

# 警報を誰に知らせるか。表を続けて書けば何通りでも(16 まで)。確認済み(`noroshi-hub alarm ack`)になるまで、repeat から
# 倍ずつ repeat_max まで間隔を延ばしながら繰り返します。どのキーにも、このファイルの最後に書いてください
# Whom to tell of alarms; as many tables as you like (up to 16), at the end of this file. Repeated
# after `repeat`, then twice as long each time up to `repeat_max`, until acknowledged or over; who was
# told is told once more when it is over. 終わったときは、知らせた相手にもう一度だけ知らせます
# [[notify]]
# kind = "command"                    # 警報の JSON を標準入力に、NOROSHI_… を環境に / JSON on stdin
# command = ["/usr/local/bin/wake", "--urgent"]   # シェルを通しません / run without a shell
# alarms = ["deadline.", "disk"]      # 種類の先頭。なければすべて / prefixes of kinds; all unless given
# drills = false                      # 訓練の警報も / alarms of drills, too
# repeat = "5m"
# repeat_max = "1h"
# limit = "30s"                       # これより長くかかれば打ち切る / a run that takes longer is ended
# [[notify]]
# kind = "mail"
# to = ["ops@example.jp"]
# from = "noroshi@example.jp"
# sendmail = "/usr/sbin/sendmail"     # -t -i を付けて呼ぶ / called with -t -i
# [[notify]]
# kind = "webhook"                    # Standard Webhooks (type noroshi.alarm)
# url = "https://oncall.example.jp/noroshi"       # webhook_private と webhook_ca も効きます / apply, too
# secret_file = "keys/notify.secret"  # DIR から。または secret_env = "変数名" / or the name of a variable
#   (umask 077; {{ printf whsec_; openssl rand -base64 32; }} > DIR/keys/notify.secret)
)",
      defaults.listen, defaults.port, defaults.door_for_certificates(), defaults.admin_port,
      hosts.empty() ? "# " : "", quoted_list(hosts), defaults.shards, defaults.connections_max,
      defaults.strangers_max, defaults.strangers_per_address_max,
      defaults.connections_per_identity_max, defaults.handshakes_max, defaults.alerts.per_second,
      defaults.alerts.burst, defaults.reads.per_second, defaults.reads.burst,
      defaults.streams.per_second, defaults.streams.burst, defaults.failures.per_second,
      defaults.failures.burst, defaults.reads_at_once_max, defaults.documents_bytes_max,
      defaults.answers_bytes_max, defaults.ring_bytes_max, defaults.confirmations,
      defaults.feed_public, defaults.feed_tcp_heartbeat_seconds, defaults.webhook_retry.count(),
      defaults.webhook_give_up.count(), defaults.probe_every.count(), defaults.disk_free_bytes_min,
      defaults.log_level);
}

}  // namespace noroshi::config
