#include "hub/admission/questions.hpp"

#include <algorithm>
#include <utility>

#include "hub/journal/entry.hpp"
#include "proto/hexadecimal.hpp"

namespace noroshi::admission {
namespace {

// The digest stands for every value, so that another value is another question.
std::string all_of(const std::vector<std::string>& values) {
  std::string joined;
  for (const auto& value : values) joined += value + '\n';
  return values.front() + " +" + std::to_string(values.size() - 1) + " " +
         hexadecimal(digest_of(joined));
}

}  // namespace

void Questions::ask(std::string_view rule, const std::vector<std::string>& values) {
  if (values.empty() || rules_ == rules_max) return;
  ++rules_;
  const auto add = [&](const std::string& value) {
    auto question = std::string(rule) + " " + value;
    if (std::find(asked_.begin(), asked_.end(), question) == asked_.end())
      asked_.push_back(std::move(question));
  };
  if (values.size() > of_a_rule_max)
    add(all_of(values));
  else
    for (const auto& value : values) add(value);
}

void Questions::ask(const std::vector<std::string>& asked) {
  std::vector<std::pair<std::string, std::vector<std::string>>> by_rule;
  for (const auto& question : asked) {
    const auto blank = question.find(' ');
    const auto rule = question.substr(0, blank);
    auto found = std::find_if(by_rule.begin(), by_rule.end(),
                              [&](const auto& known) { return known.first == rule; });
    if (found == by_rule.end()) found = by_rule.insert(by_rule.end(), {rule, {}});
    found->second.push_back(blank == std::string::npos ? "-" : question.substr(blank + 1));
  }
  for (const auto& [rule, values] : by_rule) ask(rule, values);
}

std::string digest_of(std::string_view question) {
  const auto hash = journal::content_hash(question);
  return {hash.begin(), hash.begin() + question_digest_bytes};
}

std::optional<Refusal> unanswered(const std::vector<std::string>& questions,
                                  const std::vector<std::string>& answered_digests) {
  const auto answered = [&](const std::string& question) {
    return std::find(answered_digests.begin(), answered_digests.end(), digest_of(question)) !=
           answered_digests.end();
  };
  if (std::all_of(questions.begin(), questions.end(), answered)) return std::nullopt;
  return Refusal{"confirm.required", questions.front(), questions};
}

}  // namespace noroshi::admission
