#include "hub/admin/explain_verb.hpp"

#include <boost/json.hpp>
#include <vector>

#include "hub/admin/exit_code.hpp"
#include "hub/admin/printable.hpp"
#include "hub/explain/explanation.hpp"

namespace noroshi::admin {
namespace {

namespace json = boost::json;
using explain::Documented;
using explain::Explanation;

constexpr std::size_t echo_bytes_max = 80;

std::string paragraph(const std::vector<std::string>& said) {
  std::string text;
  for (const auto& one : said) text += (said.size() > 1 ? "- " : "") + one + "\n";
  return text;
}

// `cap.R012  error`, `auth.area  403`
std::string heading(const Explanation& explanation) {
  const auto& documented = explanation.documented;
  auto text = explanation.id;
  for (const auto& mark : {documented.status, documented.severity})
    if (!mark.empty()) text += "  " + mark;
  return text + "\n\n";
}

std::string whence(const Documented& documented, Language language) {
  if (documented.page.empty()) return "";
  auto place = documented.page;
  if (!documented.section.empty()) place += ", " + documented.section;
  if (!documented.asked.empty()) place += ": " + documented.asked;
  auto text = say(language, Say::explain_laid_down, place) + "\n";
  if (!documented.from.empty()) text += say(language, Say::explain_from, documented.from) + "\n";
  return text;
}

json::array array_of(const std::vector<std::string>& values) {
  json::array array;
  for (const auto& value : values) array.emplace_back(value);
  return array;
}

AdminAnswer told(const Explanation& explanation, Language language) {
  const bool japanese_first = language == Language::japanese;
  const auto& first = japanese_first ? explanation.japanese : explanation.english;
  const auto& second = japanese_first ? explanation.english : explanation.japanese;
  const auto& documented = explanation.documented;
  AdminAnswer answer;
  answer.data = heading(explanation) + paragraph(first) + "\n" + paragraph(second);
  if (const auto from = whence(documented, language); !from.empty()) answer.data += "\n" + from;
  answer.json = json::serialize(json::object{{"id", explanation.id},
                                             {"status", documented.status},
                                             {"severity", documented.severity},
                                             {"japanese", array_of(explanation.japanese)},
                                             {"english", array_of(explanation.english)},
                                             {"page", documented.page},
                                             {"section", documented.section},
                                             {"asked", documented.asked},
                                             {"from", documented.from}}) +
                "\n";
  return answer;
}

AdminAnswer all() {
  AdminAnswer answer;
  for (const auto& id : explain::all_ids()) {
    answer.data += id + "\n";
    answer.json += json::serialize(json::object{{"id", id}}) + "\n";
  }
  return answer;
}

AdminAnswer unknown(const std::string& id, Language language) {
  const auto near = explain::near(id);
  const auto shown = printable(id.substr(0, echo_bytes_max));
  const auto meant = fmt::format("{}", fmt::join(near, ", "));
  auto said = near.empty() ? say(language, Say::explain_unknown, shown)
                           : say(language, Say::explain_near, shown, meant);
  return answer_of({ErrorCode::not_found, std::move(said)});
}

}  // namespace

AdminAnswer carry_out_explain(const ExplainOptions& options, Language language) {
  if (options.list) return all();
  if (options.id.empty())
    return answer_of({ErrorCode::invalid, say(language, Say::missing_argument, "CODE")});
  if (const auto explanation = explain::explanation_of(options.id))
    return told(*explanation, language);
  return unknown(options.id, language);
}

}  // namespace noroshi::admin
