#include "subscribers/client/folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cassert>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "subscribers/client/durable_file.hpp"
#include "subscribers/client/facts.hpp"

namespace noroshi::subscribers {

namespace fs = std::filesystem;
namespace json = boost::json;
namespace pb = noroshi::v1;

namespace {

constexpr const char* stream_file = ".noroshi";
constexpr const char* lock_file = ".noroshi.lock";

// The sequence a file of ours is named after.
std::optional<std::uint64_t> sequence_of(const std::string& file_name) {
  std::uint64_t sequence = 0;
  const auto end = file_name.data() + file_name.size();
  const auto [at, error] = std::from_chars(file_name.data(), end, sequence);
  if (error != std::errc()) return std::nullopt;
  const std::string_view rest(at, static_cast<std::size_t>(end - at));
  if (rest != ".xml" && rest != ".passed.json") return std::nullopt;
  return sequence;
}

Result<std::optional<std::uint64_t>> highest_in(const fs::path& folder) {
  std::optional<std::uint64_t> highest;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    highest = std::max(highest, sequence_of(at->path().filename().string()));
  if (error) return failure(ErrorCode::io, folder.string() + ": " + error.message());
  return highest;
}

// 0 when there is none.
std::uint64_t number(const json::object& object, std::string_view name) {
  const auto* found = object.if_contains(name);
  boost::system::error_code unfit;
  const auto read = found != nullptr ? found->to_number<std::uint64_t>(unfit) : 0;
  return unfit ? 0 : read;
}

std::optional<Folder::Stream> stream_of(const std::string& text) {
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  if (error || !value.is_object()) return std::nullopt;
  const auto& object = value.get_object();
  const auto word = [&](std::string_view name) -> std::string {
    const auto* found = object.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
  };
  Folder::Stream stream{{number(object, "epoch"), number(object, "sequence")},
                        {},
                        word("channel"),
                        word("environment"),
                        word("subscriber")};
  if (stream.position.epoch == 0 || stream.channel.empty()) return std::nullopt;
  if (const auto* others = object.if_contains("elsewhere"); others != nullptr) {
    if (!others->is_array()) return std::nullopt;
    for (const auto& other : others->get_array()) {
      if (!other.is_object() || number(other.get_object(), "epoch") == 0) return std::nullopt;
      stream.elsewhere.push_back(
          {number(other.get_object(), "epoch"), number(other.get_object(), "sequence")});
    }
  }
  return stream;
}

Result<std::optional<Folder::Stream>> read_stream(const fs::path& folder) {
  const auto path = folder / stream_file;
  std::ifstream in(path, std::ios::binary);
  if (!in && errno == ENOENT) return std::optional<Folder::Stream>();
  if (!in) return failure(ErrorCode::io, path.string() + ": " + std::strerror(errno));
  const std::string text(std::istreambuf_iterator<char>(in), {});
  auto stream = stream_of(text);
  if (!stream) return failure(ErrorCode::conflict, path.string() + ": cannot be understood");
  return stream;
}

Result<int> locked(const fs::path& folder) {
  const auto path = folder / lock_file;
  const int lock = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (lock < 0) return failure(ErrorCode::io, path.string() + ": " + std::strerror(errno));
  if (::flock(lock, LOCK_EX | LOCK_NB) == 0) return lock;
  ::close(lock);
  return failure(ErrorCode::conflict, folder.string() + ": another receiver is running on it");
}

std::string difference(const char* what, const std::string& held, const std::string& offered) {
  return std::string("it holds ") + what + " " + held + ", the hub offers " + offered;
}

}  // namespace

Result<Folder> Folder::open(fs::path path, Logs logs) {
  if (auto made = make_folder(path); !made) return tl::unexpected(made.error());
  const auto lock = locked(path);
  if (!lock) return tl::unexpected(lock.error());
  Folder folder(std::move(path), *lock, logs);
  remove_temporaries(folder.path_);
  auto stream = read_stream(folder.path_);
  if (!stream) return tl::unexpected(stream.error());
  folder.stream_ = std::move(*stream);
  if (auto trusted = folder.trust_names(); !trusted) return tl::unexpected(trusted.error());
  return folder;
}

// A file is complete before its name exists, so the newest name is a position too.
Result<void> Folder::trust_names() {
  const auto highest = highest_in(path_);
  if (!highest) return tl::unexpected(highest.error());
  if (!stream_ && *highest)
    return failure(ErrorCode::conflict,
                   path_.string() + ": holds alerts but does not say of which log");
  if (!stream_) return {};
  stream_->position.sequence = std::max(stream_->position.sequence, highest->value_or(0));
  for (auto& other : stream_->elsewhere) {
    const auto folder = folder_of(other.epoch);
    if (auto made = make_folder(folder); !made) return made;
    remove_temporaries(folder);
    const auto newest = highest_in(folder);
    if (!newest) return tl::unexpected(newest.error());
    other.sequence = std::max(other.sequence, newest->value_or(0));
  }
  return {};
}

Folder::Folder(fs::path path, int lock, Logs logs)
    : path_(std::move(path)), lock_(lock), logs_(logs) {}

Folder::Folder(Folder&& other) noexcept
    : path_(std::move(other.path_)),
      lock_(std::exchange(other.lock_, -1)),
      logs_(other.logs_),
      stream_(std::move(other.stream_)) {}

Folder::~Folder() {
  if (lock_ >= 0) ::close(lock_);
}

std::optional<Position> Folder::position() const {
  return stream_ ? std::optional(stream_->position) : std::nullopt;
}

std::vector<Position> Folder::elsewhere() const {
  return stream_ ? stream_->elsewhere : std::vector<Position>{};
}

fs::path Folder::folder_of(std::uint64_t epoch) const {
  return !stream_ || stream_->position.epoch == epoch ? path_ : path_ / std::to_string(epoch);
}

fs::path Folder::file(const Position& position) const {
  return folder_of(position.epoch) / (std::to_string(position.sequence) + ".xml");
}

// Null for a log that the folder does not know.
Position* Folder::position_in(std::uint64_t epoch) {
  if (stream_->position.epoch == epoch) return &stream_->position;
  for (auto& other : stream_->elsewhere)
    if (other.epoch == epoch) return &other;
  return nullptr;
}

Result<void> Folder::begin(const pb::Welcome& welcome) {
  if (!stream_) {
    stream_ = Stream{{welcome.epoch(), welcome.cursor()},
                     {},
                     welcome.channel(),
                     welcome.environment(),
                     welcome.subscriber()};
    return write_stream();
  }
  const auto refuse = [this](const std::string& why) {
    return failure(ErrorCode::conflict, path_.string() + ": " + why);
  };
  const bool known = position_in(welcome.epoch()) != nullptr;
  if (!known && logs_ == Logs::one)
    return refuse(difference("the log", std::to_string(stream_->position.epoch),
                             std::to_string(welcome.epoch())));
  if (stream_->channel != welcome.channel())
    return refuse(difference("the channel", stream_->channel, welcome.channel()));
  if (stream_->subscriber != welcome.subscriber())
    return refuse(difference("the alerts of", stream_->subscriber, welcome.subscriber()));
  if (known) return {};
  if (stream_->elsewhere.size() + 1 == logs_max) return refuse("it holds too many logs");
  stream_->elsewhere.push_back({welcome.epoch(), welcome.cursor()});
  return make_folder(folder_of(welcome.epoch())).and_then([this] { return write_stream(); });
}

Result<void> Folder::take(const Item& item) {
  const auto name = file(item.position);
  if (const auto* delivery = std::get_if<pb::Delivery>(&item.content))
    return write_durably(name, delivery->cap_xml());
  return write_durably(fs::path(name).replace_extension(".passed.json"), json_line(item) + "\n");
}

Result<void> Folder::settle(const Position& through) {
  auto* position = position_in(through.epoch);
  assert(position != nullptr);
  position->sequence = std::max(position->sequence, through.sequence);
  if (through.epoch != stream_->position.epoch)
    if (auto synced = sync_folder(folder_of(through.epoch)); !synced) return synced;
  return write_stream();
}

// Also makes the names of the alerts of the first log good: they are in the same folder.
Result<void> Folder::write_stream() {
  json::object object;
  object["epoch"] = stream_->position.epoch;
  object["channel"] = stream_->channel;
  object["environment"] = stream_->environment;
  object["subscriber"] = stream_->subscriber;
  object["sequence"] = stream_->position.sequence;
  json::array elsewhere;
  for (const auto& other : stream_->elsewhere)
    elsewhere.push_back({{"epoch", other.epoch}, {"sequence", other.sequence}});
  if (!elsewhere.empty()) object["elsewhere"] = std::move(elsewhere);
  return write_durably(path_ / stream_file, json::serialize(object) + "\n").and_then([this] {
    return sync_folder(path_);
  });
}

}  // namespace noroshi::subscribers
