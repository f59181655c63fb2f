#include "hub/alarms/told.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

namespace noroshi::alarms {
namespace {

namespace json = boost::json;

class TemporaryFile {
 public:
  explicit TemporaryFile(std::filesystem::path path) : path_(std::move(path)) {
    ::unlink(path_.c_str());  // of a crash
    number_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  }
  ~TemporaryFile() {
    if (number_ >= 0) ::close(number_);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] bool write(std::string_view text) const {
    while (number_ >= 0 && !text.empty()) {
      const auto written = ::write(number_, text.data(), text.size());
      if (written < 0 && errno != EINTR) return false;
      if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
    return number_ >= 0 && ::fsync(number_) == 0;
  }

 private:
  const std::filesystem::path path_;
  int number_;
};

bool sync_name(const std::filesystem::path& folder) {
  const int number = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (number < 0) return false;
  const bool synced = ::fsync(number) == 0;
  ::close(number);
  return synced;
}

std::optional<json::object> object_of(std::string_view line) {
  boost::system::error_code error;
  auto value = json::parse(json::string_view(line.data(), line.size()), error);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.as_object());
}

std::optional<std::uint64_t> number_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(json::string_view(name.data(), name.size()));
  if (value == nullptr || !value->is_number()) return std::nullopt;
  boost::system::error_code error;
  const auto number = value->to_number<std::uint64_t>(error);
  return error ? std::nullopt : std::optional(number);
}

std::optional<std::string> text_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(json::string_view(name.data(), name.size()));
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return json::value_to<std::string>(*value);
}

std::string_view take_line(std::string_view& text) {
  const auto line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line;
}

}  // namespace

void Told::add(const Key& key, journal::Sequence entry) {
  auto& known = all_[key];
  if (known != entry) ++changes_;
  known = entry;
}

void Told::remove(const Key& key) {
  if (all_.erase(key) > 0) ++changes_;
}

std::string Told::text(std::uint64_t epoch) const {
  auto text = json::serialize(json::object{{"epoch", epoch}}) + "\n";
  for (const auto& [key, entry] : all_)
    text += json::serialize(
                json::object{{"channel", key.first}, {"id", key.second}, {"entry", entry}}) +
            "\n";
  return text;
}

std::optional<Told> Told::read(std::string_view text, std::uint64_t epoch) {
  const auto first = object_of(take_line(text));
  if (!first || number_in(*first, "epoch") != epoch) return std::nullopt;
  Told told;
  while (!text.empty()) {
    const auto line = object_of(take_line(text));
    if (!line) return std::nullopt;
    const auto channel = text_in(*line, "channel");
    const auto id = text_in(*line, "id");
    const auto entry = number_in(*line, "entry");
    if (!channel || !id || !entry) return std::nullopt;
    told.all_[{*channel, *id}] = *entry;
  }
  return told;
}

Told load_told(const std::filesystem::path& file, std::uint64_t epoch) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return Told::read(text, epoch).value_or(Told{});
}

Result<void> save_told(const std::filesystem::path& file, const std::string& text) {
  auto part = file;
  part += ".part";
  const TemporaryFile temporary(part);
  if (!temporary.write(text) || std::rename(part.c_str(), file.c_str()) != 0 ||
      !sync_name(file.parent_path()))
    return failure(ErrorCode::io, file.string() + ": " + std::strerror(errno));
  return {};
}

}  // namespace noroshi::alarms
