#include "hub/admin/publisher_import.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <utility>

#include "hub/admin/exit_code.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/publisher_list.hpp"
#include "hub/admin/reach.hpp"
#include "hub/admin/terms.hpp"

namespace noroshi::admin {
namespace {

constexpr std::size_t file_bytes_max = 4u << 20;

// Nothing when it cannot be read or is longer.
std::string content_of(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string bytes(file_bytes_max + 1, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  return bytes.size() > file_bytes_max ? std::string() : bytes;
}

std::string problems_of(const PublisherList& list, const std::string& file) {
  std::string text;
  for (const auto& [line, column, why] : list.problems)
    text +=
        fmt::format("{}{}:{}:{}: {}", text.empty() ? "" : "\n", printable(file), line, column, why);
  return text;
}

}  // namespace

AdminAnswer carry_out_import(const DataDirectory& directory, AdminRequest request,
                             const ImportOptions& options, const journal::WallClock& clock) {
  const auto language = request.language;
  const auto bytes = content_of(options.file);
  if (bytes.empty())
    return answer_of({ErrorCode::invalid, say(language, Say::list_unreadable,
                                              printable(options.file), file_bytes_max)});
  auto list = read_publisher_list(bytes, language);
  const auto problems = problems_of(list, options.file);
  if (!problems.empty() && !options.skip_bad)
    return answer_of({ErrorCode::invalid, problems + "\n" + say(language, Say::import_nothing)});
  for (auto& [code, name] : list.publishers) request.listed.emplace_back(code, name);
  request.dry_run = options.dry_run;
  auto answer = carry_out(directory, request, clock);
  if (!problems.empty()) answer.note = problems + "\n" + answer.note;
  return answer;
}

Administration import_publishers(const AdminRequest& request, const registry::Registry& registry) {
  Administration administration;
  std::size_t added = 0;
  std::size_t renamed = 0;
  for (const auto& [typed, typed_name] : request.listed) {
    auto code = publisher_code(typed, request.language);
    auto name = display_name(typed_name, request.language);
    if (!code || !name) return {{}, answer_of(code ? name.error() : code.error())};
    const auto* known = registry.publisher(*code);
    if (known != nullptr && known->name == *name) continue;
    ++(known == nullptr ? added : renamed);
    auto publisher =
        known == nullptr ? registry::Publisher{*code, "", {}, own_area(*code)} : *known;
    publisher.name = std::move(*name);
    v1::EntryBody body;
    *body.mutable_publisher_registered() = registry::write_publisher(publisher, request.reason);
    if (!request.dry_run)
      administration.proposals.push_back({std::move(body), std::nullopt, nullptr});
  }
  const auto unchanged = request.listed.size() - added - renamed;
  const boost::json::object counts{{"added", added},
                                   {"renamed", renamed},
                                   {"unchanged", unchanged},
                                   {"dry_run", request.dry_run}};
  administration.answer = {
      exit_code::ok, "",
      say(request.language, request.dry_run ? Say::import_would : Say::import_done, added, renamed,
          unchanged),
      boost::json::serialize(counts) + "\n"};
  return administration;
}

}  // namespace noroshi::admin
