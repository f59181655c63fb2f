// noroshi-lshape: an example of a receiver. What stands now, as a text file for an L字 overlay.
#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>
#include <random>

#include "proto/terminal/exit.hpp"
#include "proto/terminal/printable.hpp"
#include "proto/wire/caller.hpp"
#include "subscribers/client/receiver.hpp"
#include "subscribers/lshape/overlay.hpp"

namespace noroshi::subscribers {

namespace {

struct Options {
  std::vector<std::string> hubs;
  std::string ca, token_file, data, file, drill;
  Overlay::Settings overlay;
};

constexpr const char* examples = R"(Examples / 例:
  noroshi-lshape --hub https://hub.example:8443 --ca ca.pem --token-file tv.token \
      --data /var/lib/lshape --file /srv/caption/lshape.txt --width 40
      what stands now, a line each; the file is empty when nothing does
      いま発表中のものを1行ずつ。なくなれば空になる
  noroshi-lshape … --drill autumn-2026 --none なし
      a drill, each line marked 【訓練】; 訓練。どの行にも【訓練】が付く)";

void complain(const std::string& line) {
  std::cerr << "noroshi-lshape: " + terminal::printable(line) + "\n";
}

int failed(const Error& error) {
  complain(error.detail);
  return static_cast<int>(terminal::exit_of(error.code));
}

// Says on stderr where the stream is.
class Voice final : public Listener {
 public:
  explicit Voice(std::function<void()> on_end) : on_end_(std::move(on_end)) {}

  void on_connected(const v1::Welcome& welcome, std::optional<std::chrono::milliseconds>) override {
    complain("connected / 接続: " + welcome.subscriber() + ", " + welcome.channel());
  }
  void on_lost(const Fault& fault, std::chrono::milliseconds retry_in) override {
    complain("lost / 切断: " + fault.detail + " (" + std::to_string(retry_in.count()) + " ms)");
  }
  void on_log_changed(const v1::Welcome&) override {}
  void on_ended(const Ending& ending) override {
    well_ = ending.kind == Ending::Kind::asked || ending.kind == Ending::Kind::drill_over;
    if (ending.error) complain(ending.error->detail);
    if (ending.fault) complain(ending.fault->detail);
    if (!ending.detail.empty()) complain(ending.detail);
    on_end_();
  }
  [[nodiscard]] bool well() const { return well_; }

 private:
  std::function<void()> on_end_;
  bool well_ = false;
};

Result<LinkSettings> link_to(const std::string& url, const Options& options) {
  const auto address = wire::hub_address(url);
  if (!address) return tl::unexpected(address.error());
  std::optional<std::filesystem::path> ca;
  if (!options.ca.empty()) ca = options.ca;
  auto caller = wire::read_caller({ca, options.token_file, {}, {}});
  if (!caller) return tl::unexpected(caller.error());
  return LinkSettings{.hub = *address,
                      .tls = std::move(caller->tls),
                      .token = std::move(caller->token),
                      .drill = options.drill};
}

int run(Options options) {
  const std::filesystem::path data = options.data;
  auto folder = Folder::open(data, options.hubs.size() > 1 ? Logs::several : Logs::one);
  if (!folder) return failed(folder.error());
  auto index = StandingIndex::open(data / "index.json");
  if (!index) return failed(index.error());
  ReceiptFolder receipts(data / "receipts");
  std::vector<LinkSettings> links;
  for (const auto& url : options.hubs) {
    auto link = link_to(url, options);
    if (!link) return failed(link.error());
    links.push_back(std::move(*link));
  }
  ReceiverSettings settings{
      .link = links.front(),
      .fallbacks = {links.begin() + 1, links.end()},
      .session = {.position = folder->position(),
                  .elsewhere = folder->elsewhere(),
                  .channel = options.drill.empty() ? "live" : "drill:" + options.drill},
      .jitter_seed = std::random_device{}(),
      .receipts = &receipts,
      .standing = &*index};
  options.overlay.file = options.file;
  options.overlay.reported = data / ".reported";
  auto overlay = Overlay::open(std::move(*folder), options.overlay);
  if (!overlay) return failed(overlay.error());

  boost::asio::io_context context;
  boost::asio::signal_set signals(context, SIGINT, SIGTERM);
  Voice voice([&signals] { signals.cancel(); });
  Receiver receiver(context, std::move(settings), *overlay, voice);
  signals.async_wait([&](const boost::system::error_code& error, int) {
    if (!error) receiver.stop();
  });
  receiver.start();
  context.run();
  return voice.well() ? 0 : 1;
}

}  // namespace

}  // namespace noroshi::subscribers

int main(int argument_count, char** arguments) {
  namespace ns = noroshi::subscribers;
  std::signal(SIGPIPE, SIG_IGN);
  ns::Options options;
  CLI::App app("What stands now as a text file for an L-shaped overlay / L字用のテキストファイル");
  app.footer(ns::examples);
  app.set_version_flag("--version", "noroshi-lshape " NOROSHI_VERSION);
  app.add_option("--hub", options.hubs, "https://host:port; several: the first that works")
      ->envname("NOROSHI_HUB")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->required();
  app.add_option("--ca", options.ca, "CA certificate of the hub")->envname("NOROSHI_CA");
  app.add_option("--token-file", options.token_file, "the subscriber's token, chmod 600")
      ->envname("NOROSHI_TOKEN_FILE")
      ->required();
  app.add_option("--data", options.data, "folder for alerts, index and reports")->required();
  app.add_option("--file", options.file, "the text file to keep")->required();
  app.add_option("--width", options.overlay.width, "full-width characters of a line, 15 to 80")
      ->check(CLI::Range(15, 80));
  app.add_option("--lines", options.overlay.lines, "lines at most, 2 to 100")
      ->check(CLI::Range(2, 100));
  app.add_option("--language", options.overlay.language, "ja-JP, en …");
  app.add_option("--none", options.overlay.none, "what the file says when nothing stands");
  app.add_option("--drill", options.drill, "the stream of this drill");
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(noroshi::terminal::Exit::usage);
  }
  return ns::run(std::move(options));
}
