#include "subscribers/client/seen_logs.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <thread>
#include <utility>

#include "subscribers/client/durable_file.hpp"

namespace noroshi::subscribers {

namespace {

namespace json = boost::json;

constexpr std::string_view seen_file = "seen.json";

std::string text_at(const json::value& value, std::string_view member) {
  return json::value_to<std::string>(value.at(member));
}

Result<SeenLog> seen_log_of(const std::string& key_text, std::string note) {
  const auto key = merkle::NoteVerifier::read(key_text);
  if (!key) return tl::unexpected(key.error());
  const std::array verifiers{*key};
  const auto opened = merkle::open_note(note, verifiers);
  if (!opened) return tl::unexpected(opened.error());
  auto checkpoint = merkle::read_checkpoint(opened->text);
  if (!checkpoint) return tl::unexpected(checkpoint.error());
  if (checkpoint->origin != key->name) return failure(ErrorCode::invalid, "a key of another log");
  return SeenLog{*key, std::move(note), *std::move(checkpoint)};
}

// A process that was stopped in the middle holds it for ever.
Result<void> take_lock(int lock, const std::filesystem::path& file, const std::stop_token& stop,
                       std::chrono::milliseconds wait) {
  constexpr std::chrono::milliseconds step{50};
  const auto until = std::chrono::steady_clock::now() + wait;
  while (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    const auto why = file.string() + ": " + std::strerror(errno);
    if (errno != EWOULDBLOCK) return failure(ErrorCode::io, why);
    if (stop.stop_requested() || std::chrono::steady_clock::now() >= until)
      return failure(ErrorCode::unavailable, why);
    std::this_thread::sleep_for(step);
  }
  return {};
}

}  // namespace

SeenLogs::SeenLogs(std::filesystem::path folder, int lock)
    : folder_(std::move(folder)), lock_(lock) {}

SeenLogs::~SeenLogs() {
  if (lock_ >= 0) ::close(lock_);
}

SeenLogs::SeenLogs(SeenLogs&& other) noexcept
    : folder_(std::move(other.folder_)),
      lock_(std::exchange(other.lock_, -1)),
      hubs_(std::move(other.hubs_)),
      logs_(std::move(other.logs_)) {}

Result<SeenLogs> SeenLogs::open(std::filesystem::path folder, const std::stop_token& stop,
                                std::chrono::milliseconds wait) {
  if (auto made = make_folder(folder); !made) return tl::unexpected(made.error());
  const auto lock_file = folder / ".lock";
  const int lock = ::open(lock_file.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644);
  if (lock < 0) return failure(ErrorCode::io, lock_file.string() + ": " + std::strerror(errno));
  SeenLogs seen(std::move(folder), lock);
  if (auto locked = take_lock(lock, lock_file, stop, wait); !locked)
    return tl::unexpected(locked.error());
  if (auto read = seen.read(); !read) return tl::unexpected(read.error());
  return seen;
}

Result<void> SeenLogs::read() {
  const auto file = folder_ / seen_file;
  const auto unfit = [&file](const std::string& why) {
    return failure(ErrorCode::conflict, file.string() + ": " + why);
  };
  std::error_code error;
  if (!std::filesystem::exists(file, error) && !error) return {};
  std::ifstream stream(file, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(stream)), {});
  if (!stream.good()) return failure(ErrorCode::io, file.string() + ": " + std::strerror(errno));
  try {
    const auto value = json::parse(text);
    for (const auto& [hub, origin] : value.at("hubs").as_object())
      hubs_[std::string(hub)] = json::value_to<std::string>(origin);
    for (const auto& [origin, kept] : value.at("logs").as_object()) {
      auto log = seen_log_of(text_at(kept, "key"), text_at(kept, "checkpoint"));
      if (!log) return unfit(log.error().detail);
      if (log->checkpoint.origin != std::string_view(origin)) return unfit("another log");
      logs_.insert_or_assign(std::string(origin), *std::move(log));
    }
  } catch (const std::exception& exception) {
    return unfit(exception.what());
  }
  for (const auto& [hub, origin] : hubs_)
    if (!logs_.contains(origin)) return unfit("no checkpoint of " + origin);
  return {};
}

std::optional<std::string> SeenLogs::origin_of(const std::string& hub) const {
  const auto found = hubs_.find(hub);
  if (found == hubs_.end()) return std::nullopt;
  return found->second;
}

const SeenLog* SeenLogs::log(const std::string& origin) const {
  const auto found = logs_.find(origin);
  return found == logs_.end() ? nullptr : &found->second;
}

Result<void> SeenLogs::keep(const std::string& hub, SeenLog log) {
  if (hubs_.size() >= hubs_max && !hubs_.contains(hub))
    return failure(ErrorCode::conflict, folder_.string() + ": 64 hubs are in it already");
  const auto origin = log.checkpoint.origin;
  hubs_[hub] = origin;
  logs_.insert_or_assign(origin, std::move(log));
  std::erase_if(logs_, [this](const auto& kept) {
    for (const auto& [each, its] : hubs_)
      if (its == kept.first) return false;
    return true;
  });
  json::object hubs;
  for (const auto& [each, its] : hubs_) hubs[each] = its;
  json::object logs;
  for (const auto& [name, kept] : logs_)
    logs[name] = json::object{{"key", kept.key.text()}, {"checkpoint", kept.note}};
  const json::object all{{"hubs", std::move(hubs)}, {"logs", std::move(logs)}};
  if (auto written = write_durably(folder_ / seen_file, json::serialize(all) + "\n"); !written)
    return written;
  return sync_folder(folder_);
}

}  // namespace noroshi::subscribers
