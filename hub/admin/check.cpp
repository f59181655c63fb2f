#include "hub/admin/check.hpp"

#include <fmt/chrono.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <sstream>

#include "hub/admin/authority.hpp"
#include "hub/admin/data_directory.hpp"
#include "hub/admin/log_access.hpp"
#include "hub/admin/printable.hpp"
#include "hub/config/config.hpp"

namespace noroshi::admin {
namespace {

constexpr std::int64_t expires_soon_ms = std::int64_t{30} * 86'400'000;
constexpr mode_t others = 077;

std::string date(std::int64_t unix_ms) {
  return fmt::format("{:%Y-%m-%d}", fmt::gmtime(static_cast<std::time_t>(unix_ms / 1000)));
}

class Checking {
 public:
  Checking(std::filesystem::path data, std::int64_t now_ms, Language language)
      : directory_{std::move(data)}, now_ms_(now_ms), language_(language) {}

  CheckReport run(const std::map<std::string, std::string>& environment) {
    if (const auto complete = check_complete(directory_, language_); !complete) {
      report_.problems.push_back(complete.error().detail);
      return report_;
    }
    configuration(environment);
    secrets();
    credential("hub.pem", "hub.key");
    authority_if_kept();
    journal();
    return report_;
  }

 private:
  template <class... Values>
  void problem(Say what, const Values&... values) {
    report_.problems.push_back(say(language_, what, values...));
  }

  void configuration(const std::map<std::string, std::string>& environment) {
    const auto config = config::load(directory_.root, environment);
    if (config) return;
    std::istringstream lines(config.error().detail);
    for (std::string line; std::getline(lines, line);) report_.problems.push_back(line);
  }

  void secrets() {
    closed_to_others(directory_.journal(), 0600);
    for (const auto& folder : {directory_.tls(), directory_.keys(), directory_.demo()}) {
      std::error_code ended;
      if (!std::filesystem::exists(folder, ended)) continue;
      closed_to_others(folder, 0700);
      for (const auto& entry : std::filesystem::directory_iterator(folder, ended)) {
        if (entry.path().extension() != ".pem") closed_to_others(entry.path(), 0600);
      }
    }
  }

  void closed_to_others(const std::filesystem::path& path, unsigned wanted) {
    struct stat facts {};
    const auto name = printable(path.string());
    if (::stat(path.c_str(), &facts) != 0) {
      return problem(Say::check_unreadable, name, std::strerror(errno));
    }
    const auto mode = static_cast<unsigned>(facts.st_mode & 07777);
    if ((mode & others) != 0) problem(Say::check_mode, name, mode, wanted);
  }

  std::optional<std::string> read(const std::filesystem::path& file) {
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in) {
      problem(Say::check_unreadable, printable(file.string()), std::strerror(errno));
      return std::nullopt;
    }
    return std::string{std::istreambuf_iterator<char>(in), {}};
  }

  void credential(const char* certificate_name, const char* key_name) {
    const auto certificate = directory_.tls() / certificate_name;
    const auto key = directory_.tls() / key_name;
    const auto certificate_pem = read(certificate);
    const auto key_pem = read(key);
    if (!certificate_pem || !key_pem) return;
    const auto shown = printable(certificate.string());
    const auto facts = examine_credential(*certificate_pem, *key_pem);
    if (!facts) {
      if (facts.error().code == ErrorCode::conflict) {
        return problem(Say::check_key_mismatch, printable(key.string()), shown);
      }
      const auto& wrong = facts.error().detail == "key" ? key : certificate;
      return problem(Say::check_certificate, printable(wrong.string()));
    }
    if (now_ms_ < facts->valid_from_ms) {
      problem(Say::check_not_yet, shown, date(facts->valid_from_ms));
    } else if (now_ms_ >= facts->valid_until_ms) {
      problem(Say::check_expired, shown, date(facts->valid_until_ms));
    } else if (now_ms_ >= facts->valid_until_ms - expires_soon_ms) {
      report_.warnings.push_back(
          say(language_, Say::check_expires_soon, shown, date(facts->valid_until_ms)));
    }
  }

  // Its key may have been moved off-line.
  void authority_if_kept() {
    std::error_code ignored;
    if (std::filesystem::exists(directory_.tls() / "ca.key", ignored)) {
      credential("ca.pem", "ca.key");
    }
  }

  void journal() {
    const auto log = OfflineLog::open(directory_.journal(), [now = now_ms_] { return now; });
    if (log) return;
    const auto name = printable(directory_.journal().string());
    if (log.error().code == ErrorCode::conflict) {
      report_.warnings.push_back(say(language_, Say::check_journal_in_use, name));
    } else {
      problem(Say::check_journal, name, printable(log.error().detail));
    }
  }

  DataDirectory directory_;
  std::int64_t now_ms_;
  Language language_;
  CheckReport report_;
};

}  // namespace

CheckReport check(const std::filesystem::path& data,
                  const std::map<std::string, std::string>& environment, std::int64_t now_ms,
                  Language language) {
  return Checking(data, now_ms, language).run(environment);
}

}  // namespace noroshi::admin
