// Random histories of documents against a small model that knows nothing of how the hub keeps them:
// it expands every municipality into its four districts and remembers sets.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/unit/hub/admission/story.hpp"

namespace noroshi::admission {
namespace {

using Districts = std::set<std::string>;

const std::vector<std::string> cities{"362018", "362026"};
const std::vector<std::string> ids{"a", "b", "c", "*"};

// What one step of a history says.
struct Step {
  std::string document;
  unsigned revision;
  std::string type;             // Alert, Update, Cancel
  std::vector<int> references;  // steps
  Districts issued;
  Districts lifted;
  int level;
};

rc::Gen<Districts> some_districts() {
  return rc::gen::map(rc::gen::container<std::vector<std::pair<int, int>>>(
                          rc::gen::pair(rc::gen::inRange(0, 2), rc::gen::inRange(0, 4))),
                      [](const std::vector<std::pair<int, int>>& pairs) {
                        Districts districts;
                        for (const auto& [city, id] : pairs)
                          if (districts.size() < 4)
                            districts.insert(cities[static_cast<std::size_t>(city)] + ":" +
                                             ids[static_cast<std::size_t>(id)]);
                        return districts;
                      });
}

std::string name_of(int step) { return "s" + std::to_string(step); }

// What the model remembers of an accepted step.
struct Remembered {
  std::string document;
  unsigned revision = 0;
  Districts issued;
  std::optional<int> replaced_by;
  bool cancelled = false;
};

class Model {
 public:
  // The code the hub should answer; "" when it should accept.
  [[nodiscard]] std::string judge(const Step& step) const {
    std::set<int> known;
    for (const auto reference : step.references)
      if (accepted_.contains(reference)) known.insert(reference);
    for (const auto reference : known)
      if (accepted_.at(reference).cancelled) return "alert.invalid";
    if (step.type == "Cancel" && known.empty()) return "alert.invalid";
    const bool has_lines = !step.issued.empty() || !step.lifted.empty();
    const auto newest = has_lines ? newest_of(step.document) : std::nullopt;
    if (newest && accepted_.at(*newest).cancelled) return "alert.invalid";
    for (const auto reference : known)
      if (const auto code = not_newest(reference, known); !code.empty()) return code;
    if (step.type == "Cancel") return "";
    for (const auto reference : known)
      if (is_newest(reference) && accepted_.at(reference).document != step.document)
        return "alert.invalid";
    if (newest && !known.contains(*newest) && (!known.empty() || step.references.empty()))
      return "alert.stale";
    if (newest && step.revision <= accepted_.at(*newest).revision) return "alert.invalid";
    return forgets(step, known) ? "alert.invalid" : "";
  }

  void accept(int number, const Step& step) {
    auto replaced = step.references;
    const bool has_lines = !step.issued.empty() || !step.lifted.empty();
    const auto newest = has_lines ? newest_of(step.document) : std::nullopt;
    if (step.type != "Cancel" && newest) replaced.push_back(*newest);
    for (const auto reference : replaced) {
      const auto found = accepted_.find(reference);
      if (found == accepted_.end()) continue;
      found->second.replaced_by = number;
      found->second.cancelled = step.type == "Cancel";
    }
    const bool stands = step.type != "Cancel" && has_lines;
    accepted_[number] = {step.document, stands ? step.revision : 0,
                         stands ? step.issued : Districts(), std::nullopt, false};
    if (stands) newest_[step.document] = number;
  }

  // What should stand: for every document's newest step that nothing has ended.
  [[nodiscard]] std::map<std::string, Districts> standing() const {
    std::map<std::string, Districts> standing;
    for (const auto& [document, number] : newest_) {
      const auto& remembered = accepted_.at(number);
      if (!remembered.replaced_by && !remembered.issued.empty())
        standing[document] = remembered.issued;
    }
    return standing;
  }
  [[nodiscard]] int newest(const std::string& document) const { return newest_.at(document); }
  // The step of a document that the next one follows; nothing before the first and after a Cancel.
  [[nodiscard]] std::optional<int> goes_on_from(const std::string& document) const {
    const auto newest = newest_of(document);
    if (!newest || accepted_.at(*newest).replaced_by) return std::nullopt;
    return newest;
  }
  [[nodiscard]] bool ended(const std::string& document) const {
    return newest_of(document) && !goes_on_from(document);
  }
  [[nodiscard]] const Districts& issued(int number) const { return accepted_.at(number).issued; }

 private:
  [[nodiscard]] std::optional<int> newest_of(const std::string& document) const {
    const auto found = newest_.find(document);
    if (found == newest_.end()) return std::nullopt;
    return found->second;
  }
  [[nodiscard]] bool is_newest(int number) const {
    const auto& remembered = accepted_.at(number);
    return !remembered.replaced_by && newest_of(remembered.document) == number;
  }
  [[nodiscard]] std::string not_newest(int number, const std::set<int>& known) const {
    const auto& first = accepted_.at(number);
    if (!first.replaced_by || known.contains(*first.replaced_by)) return "";
    int last = *first.replaced_by;
    while (accepted_.at(last).replaced_by) {
      if (accepted_.at(last).cancelled) return "alert.invalid";
      last = *accepted_.at(last).replaced_by;
    }
    return "alert.stale";
  }
  // Each district, and "all the rest", of what the steps it follows had issued.
  [[nodiscard]] bool forgets(const Step& step, const std::set<int>& known) const {
    const auto said = [&](const std::string& district) {
      const auto whole = district.substr(0, 7) + "*";
      return step.issued.contains(district) || step.lifted.contains(district) ||
             step.issued.contains(whole) || step.lifted.contains(whole);
    };
    for (const auto number : known) {
      if (accepted_.at(number).replaced_by) continue;
      for (const auto& district : accepted_.at(number).issued)
        if (!said(district)) return true;
    }
    return false;
  }

  std::map<int, Remembered> accepted_;
  std::map<std::string, int> newest_;
};

Order order_of(int number, const Step& step) {
  Order order(name_of(number), step.document, step.revision);
  std::vector<std::string> references;
  for (const auto reference : step.references) references.push_back(name_of(reference));
  if (step.type == "Update") order.updates(references);
  if (step.type == "Cancel") order.cancels(references);
  const std::vector<std::string> issued(step.issued.begin(), step.issued.end());
  const std::vector<std::string> lifted(step.lifted.begin(), step.lifted.end());
  if (!issued.empty()) order.issue(evac(step.level, issued));
  if (!lifted.empty()) order.lift(evac(step.level, lifted));
  return order;
}

// Refers to anything and says anything.
Step wild_step(int number, const std::optional<int>& last) {
  Step step;
  step.document = *rc::gen::element<std::string>("A", "B", "C");
  step.revision = *rc::gen::weightedOneOf<unsigned>(
      {{9, rc::gen::just(static_cast<unsigned>(number + 1))},
       {1, rc::gen::inRange(0u, static_cast<unsigned>(number + 2))}});
  step.type = *rc::gen::weightedElement<std::string>({{2, "Alert"}, {6, "Update"}, {1, "Cancel"}});
  step.level = *rc::gen::inRange(3, 6);
  if (step.type != "Alert") {
    step.references =
        *rc::gen::resize(3, rc::gen::container<std::vector<int>>(rc::gen::inRange(0, number + 2)));
    if (last) step.references.push_back(*last);
    if (step.references.empty()) step.references.push_back(number);
  }
  step.issued = *some_districts();
  step.lifted = *some_districts();
  if (*rc::gen::inRange(0, 3) > 0)
    for (const auto& city : cities) step.lifted.insert(city + ":*");
  return step;
}

// As an officer writes it who knows the newest revision: it follows that one alone, and goes on
// with or lifts each of its districts. After a Cancel a document of another name begins.
Step careful_step(int number, const Model& model) {
  Step step;
  step.document = *rc::gen::element<std::string>("A", "B", "C");
  step.revision = static_cast<unsigned>(number + 1);
  step.level = *rc::gen::inRange(3, 6);
  step.issued = *some_districts();
  while (model.ended(step.document)) step.document += "'";
  const auto newest = model.goes_on_from(step.document);
  if (!newest) {
    step.type = "Alert";
    step.issued.insert(cities[0] + ":a");
    return step;
  }
  step.type = *rc::gen::weightedElement<std::string>({{15, "Update"}, {1, "Cancel"}});
  step.references = {*newest};
  if (step.type == "Cancel") return step;
  for (const auto& district : model.issued(*newest))
    if (!step.issued.contains(district)) step.lifted.insert(district);
  if (step.issued.empty() && step.lifted.empty()) step.issued.insert(cities[1] + ":b");
  return step;
}

Step next_step(int number, const Model& model, const std::map<std::string, int>& last) {
  const bool careful = *rc::gen::weightedElement<bool>({{3, true}, {1, false}});
  if (careful) return careful_step(number, model);
  auto step =
      wild_step(number, last.empty() ? std::optional<int>() : std::optional(last.begin()->second));
  const auto known = last.find(step.document);
  if (known != last.end() && step.type != "Alert" && *rc::gen::inRange(0, 4) > 0)
    step.references = {known->second};
  return step;
}

std::map<std::string, Districts> standing_in(const Story& story, const Model& model) {
  std::map<std::string, Districts> standing;
  for (const auto& [document, expected] : model.standing()) {
    const auto sequence = story.sequence(name_of(model.newest(document)));
    const auto* found = story.documents().standing(sequence);
    if (found == nullptr) continue;
    const auto read = found->read();
    for (const auto& line : read.lines())
      standing[document].insert(line.districts().begin(), line.districts().end());
  }
  return standing;
}

// How many steps of one random history were accepted.
std::size_t judge_a_history() {
  Story story;
  Model model;
  std::map<std::string, int> last;
  const auto length = *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(20, 120));
  for (int number = 0; number < length; ++number) {
    const auto step = next_step(number, model, last);
    const auto order = order_of(number, step);
    const auto expected = model.judge(step);
    RC_ASSERT(story.judge(order).code == expected);
    if (!expected.empty()) continue;
    story.send(order);
    model.accept(number, step);
    if (step.type != "Cancel") last[step.document] = number;
    RC_ASSERT(standing_in(story, model) == model.standing());
  }
  RC_TAG(story.log().size() / 8 * 8);
  return story.log().size();
}

// A history in which little is accepted shows little of how orders live.
TEST(LifeProperties, TheHubDecidesAsTheModelDoesInHistoriesThatAreMostlyLong) {
  std::size_t histories = 0;
  std::size_t of_eight = 0;
  std::size_t of_thirty = 0;
  EXPECT_TRUE(rc::check([&] {
    const auto accepted = judge_a_history();
    ++histories;
    if (accepted >= 8) ++of_eight;
    if (accepted >= 30) ++of_thirty;
  }));
  EXPECT_GE(of_eight * 10, histories * 8) << of_eight << " of " << histories;
  EXPECT_GE(of_thirty * 10, histories * 3) << of_thirty << " of " << histories;
}

// Whatever is sent, what stands is what some accepted revision issued and nothing has taken back.
RC_GTEST_PROP(LifeProperties, ALiftOfEverythingEndsADocument, ()) {
  Story story;
  const auto issued =
      *rc::gen::suchThat(some_districts(), [](const auto& d) { return !d.empty(); });
  const std::vector<std::string> districts(issued.begin(), issued.end());
  RC_ASSERT(story.send(Order("a", "A", 1).issue(evac(4, districts))) == "ok");
  RC_ASSERT(
      story.send(
          Order("b", "A", 2).updates({"a"}).lift(evac(4, {cities[0] + ":*", cities[1] + ":*"}))) ==
      "ok");
  RC_ASSERT(story.documents().standing(story.sequence("a")) == nullptr);
  RC_ASSERT(story.documents().standing(story.sequence("b")) == nullptr);
}

}  // namespace
}  // namespace noroshi::admission
