// The class of an alert, a credential or a stream: live, or one drill session.
//
// Neither ever becomes the other. A channel is read off an entry of the log: there is no way to
// make one from a name or a path, and none to assign one, so whatever holds a channel keeps it for
// life. What this proves and what it does not: ops/decisions/0009-live-and-drill-never-mix.md.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <string>
#include <string_view>
#include <utility>

namespace noroshi::drills {

class Channel {
 public:
  // That of a token is fixed when it is issued.
  static Channel of(const v1::TokenIssued& token);
  // A client certificate is a live identity, always.
  static Channel of(const v1::CertificateIssued& certificate);
  static Channel of(const v1::DrillOpened& session);
  static Channel of(const v1::AlertAccepted& alert);
  static Channel of(const v1::DraftSubmitted& draft);
  // One from a time when there were no drills says nothing, and is of the live path.
  static Channel of(const v1::AckRange& range);
  static Channel of(const v1::ReceiptsOfAlert& receipts);
  static Channel of(const v1::WebhookAttempts& attempts);
  static Channel of(const v1::WebhookReplayed& replayed);
  // What the hub does for a subscriber because of its registration alone is live, always.
  static Channel of(const v1::SubscriberRegistered& registered);

  Channel(const Channel&) = default;
  Channel& operator=(const Channel&) = delete;
  ~Channel() = default;

  [[nodiscard]] bool live() const { return drill_.empty(); }
  // The session's id; "" when live.
  [[nodiscard]] const std::string& drill() const { return drill_; }
  // `live`, or `drill:<id>`.
  [[nodiscard]] std::string name() const;
  // Below which path its alerts are: /v1, or /v1/drills/<id>.
  [[nodiscard]] std::string path() const;

  // Says in what is proposed, for good, what it is sent in.
  void mark(v1::AlertAccepted& draft) const;
  void mark(v1::DraftSubmitted& draft) const;
  void mark(v1::AckRange& range) const;
  void mark(v1::ReceiptsOfAlert& receipts) const;
  void mark(v1::WebhookAttempts& attempts) const;
  void mark(v1::WebhookReplayed& replayed) const;
  // Whether the status says what this channel is for: Actual, or Exercise or Test.
  [[nodiscard]] bool takes(const std::string& status) const;
  // Whether the alert is of this channel by everything it says of itself: its drill, its channel
  // and its status. Outlets ask this of each alert before its bytes leave.
  [[nodiscard]] bool carries(const v1::AlertAccepted& alert) const;
  // The same of an order that waits.
  [[nodiscard]] bool carries(const v1::DraftSubmitted& draft) const;

  bool operator==(const Channel&) const = default;

 private:
  explicit Channel(std::string drill) : drill_(std::move(drill)) {}
  std::string drill_;
};

// `name` (of a publisher, a subscriber) told apart from the same name in other channels: itself on
// the live path, `<drill>:<name>` in a drill. Neither ids nor codes hold a colon.
std::string qualified(std::string_view drill, std::string_view name);

}  // namespace noroshi::drills
