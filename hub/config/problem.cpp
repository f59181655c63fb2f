#include "hub/config/problem.hpp"

#include <fmt/format.h>

namespace noroshi::config {
namespace {

std::string english(const Problem& p) {
  switch (p.wrong) {
    case Wrong::unreadable:
      return fmt::format("cannot be read: {} (`noroshi-hub init DIR` creates a data directory)",
                         p.wanted);
    case Wrong::syntax:
      return fmt::format("not valid TOML: {}", p.wanted);
    case Wrong::unknown_key:
      return p.wanted.empty()
                 ? fmt::format("unknown key `{}`", p.key)
                 : fmt::format("unknown key `{}`; did you mean `{}`?", p.key, p.wanted);
    case Wrong::wrong_type:
    case Wrong::out_of_range:
      return fmt::format("`{}` must be {}, not {}", p.key, p.wanted, p.found);
    case Wrong::not_one_of:
      return fmt::format("`{}` must be one of {}, not \"{}\"", p.key, p.wanted, p.found);
    case Wrong::missing:
      return fmt::format("`{}` is missing", p.key);
    case Wrong::not_mail_address:
      return fmt::format("`{}` must be a mail address such as ops@example.jp, not {}", p.key,
                         p.found);
    case Wrong::not_address:
      return fmt::format("`{}` must be an IP address such as 127.0.0.1, not \"{}\"", p.key,
                         p.found);
    case Wrong::not_host:
      return fmt::format("`{}` must hold host names or IP addresses, not \"{}\"", p.key, p.found);
    case Wrong::not_witness_key:
      return fmt::format(
          "`{}` must hold keys as `noroshi-subscribe witness init` prints them, at most 16", p.key);
    case Wrong::unusable:
      return fmt::format("`{}` cannot be used: {}", p.key, p.wanted);
  }
  return {};
}

std::string japanese(const Problem& p) {
  switch (p.wrong) {
    case Wrong::unreadable:
      return fmt::format("読めません: {}(データディレクトリは `noroshi-hub init DIR` で作ります)",
                         p.wanted);
    case Wrong::syntax:
      return fmt::format("TOML として正しくありません: {}", p.wanted);
    case Wrong::unknown_key:
      return p.wanted.empty() ? fmt::format("`{}` という項目はありません", p.key)
                              : fmt::format("`{}` という項目はありません。`{}` ではありませんか",
                                            p.key, p.wanted);
    case Wrong::wrong_type:
      return fmt::format("`{}` の型が違います: {} が必要ですが {} です", p.key, p.wanted, p.found);
    case Wrong::out_of_range:
      return fmt::format("`{}` の値 {} は範囲の外です。範囲: {}", p.key, p.found, p.wanted);
    case Wrong::not_one_of:
      return fmt::format("`{}` の値 \"{}\" は使えません。使える値: {}", p.key, p.found, p.wanted);
    case Wrong::missing:
      return fmt::format("`{}` がありません", p.key);
    case Wrong::not_mail_address:
      return fmt::format("`{}` には ops@example.jp のようなメールアドレスが必要です: {}", p.key,
                         p.found);
    case Wrong::not_address:
      return fmt::format("`{}` には 127.0.0.1 のような IP アドレスが必要です: \"{}\"", p.key,
                         p.found);
    case Wrong::not_host:
      return fmt::format("`{}` にはホスト名か IP アドレスが必要です: \"{}\"", p.key, p.found);
    case Wrong::not_witness_key:
      return fmt::format(
          "`{}` には `noroshi-subscribe witness init` が表示した鍵が必要です (16 まで)", p.key);
    case Wrong::unusable:
      return fmt::format("`{}` は使えません: {}", p.key, p.wanted);
  }
  return {};
}

// Line breaks and escape sequences from a file must not reach the terminal.
std::string one_line(std::string text) {
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) c = ' ';
  }
  return text;
}

}  // namespace

std::string describe(const Problem& problem, Language language) {
  const auto words = language == Language::japanese ? japanese(problem) : english(problem);
  return one_line(problem.place + ": " + words);
}

}  // namespace noroshi::config
