#include "subscribers/client/standing_index.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "proto/hexadecimal.hpp"
#include "proto/terminal/printable.hpp"
#include "subscribers/client/durable_file.hpp"
#include "subscribers/client/facts.hpp"

namespace noroshi::subscribers {

namespace json = boost::json;
using terminal::printable;

namespace {

json::object object_of(const Position& position) {
  return {{"epoch", position.epoch}, {"sequence", position.sequence}};
}

Position position_of(const json::value& value) {
  return {value.at("epoch").to_number<std::uint64_t>(),
          value.at("sequence").to_number<std::uint64_t>()};
}

json::array array_of(const std::vector<std::string>& texts) {
  json::array array;
  for (const auto& text : texts) array.emplace_back(text);
  return array;
}

json::object object_of(const Held& held) {
  json::object object;
  object["state"] = name(held.state);
  auto& positions = object["positions"].emplace_array();
  for (const auto& position : held.positions) positions.push_back(object_of(position));
  object["publisher"] = held.publisher;
  object["sender"] = held.sender;
  object["identifier"] = held.identifier;
  object["sha256"] = hexadecimal(held.sha256);
  object["document"] = held.document;
  object["revision"] = held.revision;
  object["status"] = held.status;
  object["event"] = held.event;
  object["headline"] = held.headline;
  object["level"] = held.level;
  object["areas"] = array_of(held.areas);
  object["accepted_ms"] = held.accepted_ms;
  object["changed_ms"] = held.changed_ms;
  if (held.by) object["by"] = object_of(*held.by);
  if (held.until_ms) object["until_ms"] = *held.until_ms;
  object["until_lifted"] = held.until_lifted;
  return object;
}

// Throws what Boost throws when something is missing or of another kind.
Held held_of(const json::value& value) {
  const auto text = [&](std::string_view member) {
    return json::value_to<std::string>(value.at(member));
  };
  Held held;
  held.state = state_named(text("state")).value();
  for (const auto& position : value.at("positions").as_array())
    held.positions.push_back(position_of(position));
  held.publisher = text("publisher");
  held.sender = text("sender");
  held.identifier = text("identifier");
  held.sha256 = from_hexadecimal(text("sha256")).value();
  held.document = text("document");
  held.revision = value.at("revision").to_number<std::uint32_t>();
  held.status = text("status");
  held.event = text("event");
  held.headline = text("headline");
  held.level = value.at("level").to_number<std::uint32_t>();
  for (const auto& area : value.at("areas").as_array())
    held.areas.push_back(json::value_to<std::string>(area));
  held.accepted_ms = value.at("accepted_ms").to_number<std::int64_t>();
  held.changed_ms = value.at("changed_ms").to_number<std::int64_t>();
  if (const auto* by = value.as_object().if_contains("by")) held.by = position_of(*by);
  if (const auto* until = value.as_object().if_contains("until_ms"))
    held.until_ms = until->to_number<std::int64_t>();
  held.until_lifted = value.at("until_lifted").as_bool();
  return held;
}

std::chrono::system_clock::time_point time_of(std::int64_t ms) {
  return std::chrono::system_clock::time_point{} + std::chrono::milliseconds{ms};
}

}  // namespace

Result<StandingIndex> StandingIndex::open(std::filesystem::path file) {
  StandingIndex index;
  index.file_ = std::move(file);
  std::ifstream in(index.file_, std::ios::binary);
  if (!in && errno == ENOENT) return index;
  if (!in) return failure(ErrorCode::io, index.file_.string() + ": " + std::strerror(errno));
  const std::string text(std::istreambuf_iterator<char>(in), {});
  try {
    const auto value = json::parse(text);
    index.as_of_ms_ = value.at("as_of_ms").to_number<std::int64_t>();
    for (const auto& each : value.at("positions").as_array()) {
      const auto position = position_of(each);
      index.positions_[position.epoch] = position.sequence;
    }
    for (const auto& each : value.at("alerts").as_array()) index.standing_.add(held_of(each));
  } catch (const std::exception&) {
    return failure(ErrorCode::conflict, index.file_.string() + ": cannot be understood");
  }
  return index;
}

std::vector<Held> StandingIndex::take(const Item& item, std::int64_t now_ms) {
  return standing_.take(item, now_ms);
}

std::vector<Held> StandingIndex::pass_time(std::int64_t now_ms) {
  as_of_ms_ = now_ms;
  return standing_.pass_time(now_ms);
}

Result<void> StandingIndex::settle(const Position& through, std::int64_t now_ms) {
  positions_[through.epoch] = through.sequence;
  as_of_ms_ = now_ms;
  return write();
}

Result<void> StandingIndex::write() const {
  if (file_.empty()) return {};
  json::array positions;
  for (const auto& [epoch, sequence] : positions_)
    positions.push_back(object_of(Position{epoch, sequence}));
  std::string text = "{\"as_of_ms\":" + std::to_string(as_of_ms_) +
                     ",\"positions\":" + json::serialize(positions) + ",\"alerts\":[";
  std::string_view border = "\n";
  for (const auto& held : standing_.all()) {
    text += border;
    text += json::serialize(object_of(held));
    border = ",\n";
  }
  text += "]}\n";
  return write_durably(file_, text).and_then([this] { return sync_folder(file_.parent_path()); });
}

std::optional<std::uint64_t> StandingIndex::position(std::uint64_t epoch) const {
  const auto found = positions_.find(epoch);
  return found == positions_.end() ? std::nullopt : std::optional(found->second);
}

std::string state_line(const Held& held) {
  json::object object;
  if (!held.positions.empty()) {
    object["sequence"] = held.positions.front().sequence;
    object["epoch"] = held.positions.front().epoch;
  }
  object["state"] = name(held.state);
  object["since"] = rfc3339(time_of(held.changed_ms));
  if (held.by) object["by"] = held.by->sequence;
  if (held.until_ms) object["until"] = rfc3339(time_of(*held.until_ms));
  object["publisher"] = printable(held.publisher);
  object["sender"] = printable(held.sender);
  object["identifier"] = printable(held.identifier);
  object["document"] = printable(held.document);
  object["revision"] = held.revision;
  object["status"] = printable(held.status);
  object["event"] = printable(held.event);
  if (held.level != 0) object["level"] = held.level;
  object["headline"] = printable(held.headline);
  auto& areas = object["areas"].emplace_array();
  for (const auto& area : held.areas) areas.emplace_back(printable(area));
  return json::serialize(object);
}

}  // namespace noroshi::subscribers
