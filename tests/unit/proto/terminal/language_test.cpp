#include "proto/terminal/language.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <optional>

namespace noroshi::terminal {
namespace {

TEST(Language, IsThatOfTheFirstVariableThatIsSetAndNotEmpty) {
  const std::pair<std::map<std::string, std::string>, Language> cases[] = {
      {{}, Language::english},
      {{{"LANG", "ja_JP.UTF-8"}}, Language::japanese},
      {{{"LC_ALL", ""}, {"LC_MESSAGES", ""}, {"LANG", "ja"}}, Language::japanese},
      {{{"LC_MESSAGES", "en_GB.UTF-8"}, {"LANG", "ja_JP.UTF-8"}}, Language::english},
      {{{"LC_ALL", "ja_JP.UTF-8"}, {"LC_MESSAGES", "C"}, {"LANG", "C"}}, Language::japanese},
      {{{"LC_ALL", "C"}, {"LANG", "ja_JP.UTF-8"}}, Language::english},
      {{{"LC_CTYPE", "ja_JP.UTF-8"}}, Language::english},
  };
  for (const auto& [environment, language] : cases) EXPECT_EQ(language_of(environment), language);
}

TEST(Language, IsJapaneseForEveryFormOfItsName) {
  for (const char* locale : {"ja", "ja_JP", "ja_JP.eucJP", "ja.utf8", "ja@x", "ja-JP"})
    EXPECT_EQ(language_of({{"LANG", locale}}), Language::japanese) << locale;
  for (const char* locale : {"j", "jam_JM", "jav", "en_JP", "C.UTF-8", "POSIX"})
    EXPECT_EQ(language_of({{"LANG", locale}}), Language::english) << locale;
}

// One variable of this process, as it was again at the end.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const auto* old = ::getenv(name)) old_ = old;
    ::setenv(name, value, 1);
  }
  ~Variable() { old_ ? ::setenv(name_, old_->c_str(), 1) : ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> old_;
};

TEST(Language, OfTheProcessFollowsItsEnvironment) {
  const Variable messages("LC_MESSAGES", "ja_JP.UTF-8");
  const Variable lang("LANG", "C");
  {
    const Variable all("LC_ALL", "");
    EXPECT_EQ(language_of_process(), Language::japanese);
  }
  const Variable all("LC_ALL", "en_US.UTF-8");
  EXPECT_EQ(language_of_process(), Language::english);
}

}  // namespace
}  // namespace noroshi::terminal
