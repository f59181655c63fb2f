#include "subscribers/lshape/overlay.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "proto/cap/validate.hpp"
#include "proto/jp/drill_text.hpp"
#include "proto/jp/fitting.hpp"
#include "proto/jp/parameters.hpp"
#include "proto/terminal/printable.hpp"
#include "subscribers/client/durable_file.hpp"
#include "subscribers/client/on_air.hpp"
#include "subscribers/client/ready_texts.hpp"

namespace noroshi::subscribers {

namespace fs = std::filesystem;
namespace pb = noroshi::v1;

namespace {

constexpr const char* medium = "tv.lshape";

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

Result<Overlay> Overlay::open(Folder folder, Settings settings) {
  Overlay overlay(std::move(folder), std::move(settings));
  const auto& file = overlay.settings_.reported;
  std::ifstream in(file);
  if (!in && errno == ENOENT) return overlay;
  if (!in) return failure(ErrorCode::io, file.string() + ": " + std::strerror(errno));
  in >> overlay.reports_;
  for (Position position; in >> position.epoch >> position.sequence;)
    overlay.shown_.insert(position);
  return overlay;
}

Result<void> Overlay::begin(const pb::Welcome& welcome) {
  if (!settings_.language.empty())
    language_ = settings_.language;
  else if (!welcome.language().empty())
    language_ = welcome.language();
  return folder_.begin(welcome);
}

// Of what it orders, a line each; what it lifts is over.
std::vector<std::string> Overlay::texts_of(const Held& held) const {
  const auto document = content(folder_.file(held.positions.front()));
  const auto alert = cap::validate(document, std::nullopt, 0).alert;
  std::vector<std::string> texts;
  if (alert)
    for (const auto& line : lines_in(*alert, language_))
      if (jp::direction_of(*line.words) == jp::Direction::issue)
        texts.push_back(ticker(*alert, line, settings_.width));
  if (!texts.empty()) return texts;
  auto text = terminal::printable(held.headline);  // its file was taken away
  if (held.status != "Actual" && !jp::marked_as_drill(text))
    text = std::string(jp::drill_mark) + text;
  return {jp::cut_to(text, settings_.width)};
}

std::string Overlay::render(const std::vector<Held>& standing, std::set<Position>& shown) const {
  std::vector<std::pair<std::string, const Held*>> lines;
  for (const auto& held : standing)
    for (auto& text : texts_of(held)) lines.emplace_back(std::move(text), &held);
  if (lines.empty()) return settings_.none.empty() ? std::string() : settings_.none + "\n";
  const bool all = lines.size() <= settings_.lines;
  const auto room = all ? lines.size() : settings_.lines - 1;
  std::string text;
  for (std::size_t at = 0; at < room; ++at) {
    text += lines[at].first + "\n";
    shown.insert(lines[at].second->positions.begin(), lines[at].second->positions.end());
  }
  return all ? text : text + "ほか" + std::to_string(lines.size() - room) + "件\n";
}

// Before a report: whoever is killed now withdraws, when it comes back, what is no longer shown.
Result<void> Overlay::note(const std::set<Position>& maybe_shown) {
  auto text = std::to_string(++reports_) + "\n";
  for (const auto& position : maybe_shown)
    text += std::to_string(position.epoch) + " " + std::to_string(position.sequence) + "\n";
  return write_durably(settings_.reported, text).and_then([this] {
    return sync_folder(settings_.reported.parent_path());
  });
}

Result<std::vector<Said>> Overlay::stands(const std::vector<Held>&, const Standing& standing) {
  std::set<Position> shown;
  const auto text = render(standing.in_force(), shown);
  if (text != content(settings_.file) || !fs::exists(settings_.file))
    if (auto written = write_durably(settings_.file, text); !written)
      return tl::unexpected(written.error());
  if (shown == shown_ && !fresh_) return std::vector<Said>{};
  auto either = shown_;
  either.insert(shown.begin(), shown.end());
  if (auto noted = note(either); !noted) return tl::unexpected(noted.error());
  std::vector<Said> said;
  for (const auto& position : either) {
    const bool now = shown.count(position) > 0;
    // A run that was killed may not have said it.
    if (now && shown_.count(position) > 0 && !fresh_) continue;
    said.push_back(said_of(position, now ? pb::Receipt::SHOWN : pb::Receipt::WITHDRAWN, medium));
    auto& id = *said.back().receipt.mutable_id();
    id += "-" + std::to_string(reports_);
  }
  shown_ = std::move(shown);
  fresh_ = false;
  return said;
}

}  // namespace noroshi::subscribers
