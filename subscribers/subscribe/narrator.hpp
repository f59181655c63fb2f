// Says on stderr what happens to the stream, and decides the exit code.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "subscribers/client/receiver.hpp"
#include "subscribers/client/witness.hpp"
#include "subscribers/subscribe/command.hpp"
#include "subscribers/subscribe/options.hpp"
#include "subscribers/subscribe/words.hpp"

namespace noroshi::subscribers {

// Threading  a call writes one whole line and changes nothing but the exit code, which only
//            on_ended() sets, and what on_finding() remembers, which is called from one thread:
//            the store's thread and that of a witness may speak too.
class Narrator final : public Listener, public Command::Watcher {
 public:
  // `on_end` is called once, when there is nothing more to wait for.
  Narrator(std::vector<std::string> hub_urls, Speech speech, std::function<void()> on_end);

  void on_connected(const noroshi::v1::Welcome& welcome,
                    std::optional<std::chrono::milliseconds> gone) override;
  void on_hub(std::size_t hub) override;
  void on_lost(const Fault& fault, std::chrono::milliseconds retry_in) override;
  void on_log_changed(const noroshi::v1::Welcome& welcome) override;
  void on_declined(const noroshi::v1::Declined& declined) override;
  void on_ended(const Ending& ending) override;

  void on_failed_run(const Item& item, Run run, std::chrono::milliseconds retry_in) override;
  void on_passed_over(const Item& item) override;

  // Every alarm, and what else is new about the log of this hub.
  void on_finding(std::size_t hub, const Finding& finding);
  // What the fault in it is called; "" without one.
  [[nodiscard]] std::string fault_text(const Finding& finding) const;
  // Called with every connection to a stream, after it was said.
  void tell_of_connections(std::function<void()> to) { on_connection_ = std::move(to); }

  void stopping() const;
  // A message that is an error whatever the speech.
  void complain(const std::string& line) const;

  [[nodiscard]] Exit exit() const { return exit_; }

 private:
  void say(const std::string& line) const;
  [[nodiscard]] std::string text(const Fault& fault) const;

  const Words& words_;
  std::vector<std::string> hub_urls_;
  std::size_t last_hub_ = 0;
  std::size_t hub_ = 0;
  Speech speech_;
  std::function<void()> on_end_;
  std::function<void()> on_connection_;
  std::vector<Verdict> verdicts_;   // the last, of each hub
  std::vector<bool> not_cosigned_;  // likewise
  Exit exit_ = Exit::failed;
};

}  // namespace noroshi::subscribers
