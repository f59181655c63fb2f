#include "subscribers/subscribe/command.hpp"

namespace noroshi::subscribers {

namespace {

enum class Quote { none, single_quote, double_quote };

class Splitter {
 public:
  Result<std::vector<std::string>> split(std::string_view line) {
    for (std::size_t at = 0; at < line.size(); ++at) {
      const char next = at + 1 < line.size() ? line[at + 1] : '\0';
      if (escapes(line[at], next)) {
        if (at + 1 == line.size()) return failure(ErrorCode::invalid, "a \\ at the end");
        add(line[++at]);
      } else {
        take(line[at]);
      }
    }
    if (quote_ != Quote::none) return failure(ErrorCode::invalid, "a quote is left open");
    finish_argument();
    if (arguments_.empty()) return failure(ErrorCode::invalid, "no command");
    return std::move(arguments_);
  }

 private:
  [[nodiscard]] bool escapes(char c, char next) const {
    if (c != '\\' || quote_ == Quote::single_quote) return false;
    return quote_ == Quote::none || next == '"' || next == '\\';
  }

  void take(char c) {
    if (c == '\'' && quote_ != Quote::double_quote)
      toggle(Quote::single_quote);
    else if (c == '"' && quote_ != Quote::single_quote)
      toggle(Quote::double_quote);
    else if (quote_ == Quote::none && (c == ' ' || c == '\t' || c == '\n'))
      finish_argument();
    else
      add(c);
  }

  void toggle(Quote quote) {
    quote_ = quote_ == Quote::none ? quote : Quote::none;
    begun_ = true;
  }

  void add(char c) {
    argument_ += c;
    begun_ = true;
  }

  void finish_argument() {
    if (begun_) arguments_.push_back(std::exchange(argument_, {}));
    begun_ = false;
  }

  Quote quote_ = Quote::none;
  bool begun_ = false;  // '' is an argument too
  std::string argument_;
  std::vector<std::string> arguments_;
};

}  // namespace

Result<std::vector<std::string>> split_arguments(std::string_view line) {
  return Splitter().split(line);
}

}  // namespace noroshi::subscribers
