#include "hub/admin/district_verbs.hpp"

#include <sodium.h>

#include <boost/json.hpp>
#include <fstream>
#include <optional>
#include <utility>

#include "hub/admin/district_list.hpp"
#include "hub/admin/exit_code.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/reach.hpp"
#include "hub/admin/terms.hpp"

namespace noroshi::admin {
namespace {

constexpr std::size_t code_length = 6;
constexpr std::size_t reason_bytes_max = 1000;
constexpr int base64 = sodium_base64_VARIANT_ORIGINAL;

std::string to_base64(const std::string& bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), base64), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), base64);
  text.pop_back();  // its final NUL
  return text;
}

std::optional<std::string> from_base64(const std::string& text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &size, nullptr, base64) != 0)
    return std::nullopt;
  bytes.resize(size);
  return bytes;
}

// Nothing when it cannot be read or is longer.
std::string content_of(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string bytes(district_file_bytes_max + 1, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  return bytes.size() > district_file_bytes_max ? std::string() : bytes;
}

std::string told(const std::vector<DistrictProblem>& problems, const std::string& file,
                 Language language) {
  std::string text;
  for (const auto& [feature, id, why] : problems) {
    if (!text.empty()) text += '\n';
    text += feature == 0 ? fmt::format("{}: {}", file, why)
                         : say(language, Say::district_place, file, feature, id, why);
  }
  return text + "\n" + say(language, Say::districts_nothing);
}

Administration refused(ErrorCode code, std::string detail) {
  return {{}, answer_of({code, std::move(detail)})};
}

}  // namespace

AdminAnswer carry_out_districts(const DataDirectory& directory, AdminRequest request,
                                const std::string& file, const journal::WallClock& clock) {
  const auto language = request.language;
  const auto bytes = content_of(file);
  if (bytes.empty())
    return answer_of({ErrorCode::invalid, say(language, Say::list_unreadable, printable(file),
                                              district_file_bytes_max)});
  const auto list = read_districts(bytes, language);
  if (!list.problems.empty())
    return answer_of({ErrorCode::invalid, told(list.problems, printable(file), language)});
  request.districts = to_base64(list.districts.SerializeAsString());
  return carry_out(directory, request, clock);
}

Administration administer_districts(const AdminRequest& request,
                                    const registry::Registry& registry) {
  const auto language = request.language;
  const auto code = publisher_code(request.id, language);
  if (!code) return refused(code.error().code, code.error().detail);
  if (!is_printable(request.reason) || request.reason.size() > reason_bytes_max)
    return refused(ErrorCode::invalid, say(language, Say::request_malformed, "reason"));
  if (registry.publisher(*code) == nullptr)
    return refused(ErrorCode::not_found, say(language, Say::publisher_unknown, *code));
  if (code->size() != code_length || code->find_first_not_of("0123456789") != std::string::npos)
    return refused(ErrorCode::invalid, say(language, Say::districts_no_municipality, *code));
  const auto bytes = from_base64(request.districts);
  v1::EntryBody body;
  auto& registered = *body.mutable_districts_registered();
  if (!bytes || !registered.ParseFromString(*bytes))
    return refused(ErrorCode::invalid, say(language, Say::request_malformed, "districts"));
  if (const auto problems = problems_of(registered, language); !problems.empty())
    return refused(ErrorCode::invalid, told(problems, *code, language));
  registered.set_code(*code);
  std::size_t drawn = 0;
  for (const auto& district : registered.districts()) drawn += district.area().empty() ? 0 : 1;
  const auto count = static_cast<std::size_t>(registered.districts_size());
  const boost::json::object counts{{"code", *code}, {"registered", count}, {"drawn", drawn}};
  Administration administration;
  administration.proposals.push_back({std::move(body), std::nullopt, nullptr});
  administration.answer = {
      exit_code::ok, "",
      say(language, count == 0 ? Say::districts_removed : Say::districts_done, *code, count, drawn),
      boost::json::serialize(counts) + "\n"};
  return administration;
}

}  // namespace noroshi::admin
