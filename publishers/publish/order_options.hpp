// What order, correct, lift and cancel are told on the command line.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "publishers/publish/hub_options.hpp"

namespace noroshi::publishers {

struct OrderOptions {
  enum class Deed { order, correct, lift, cancel };
  enum class Run { send, draft, dry };
  Deed deed = Deed::order;
  std::string city;   // file
  std::string alert;  // whose next revision it is: a sequence or an identifier; "": a new document
  std::string from;   // a file with the document of that alert, in place of asking the hub
  std::string event;  // "evac.l4"; "": with correct, what it was
  std::string hazard;
  std::vector<std::string> districts;  // ids of districts and groups; none: see `whole`
  bool whole = false;                  // the whole city, where districts could be named
  std::string reason, reason_code, local;
  std::string decided;  // a CAP time; "": now
  bool late = false;    // decided a while ago: never shown as fresh
  Run run = Run::send;
  std::optional<HubOptions> hub;  // always with Run::send, and where `alert` has to be asked for
  std::optional<Wait> wait;
  std::chrono::seconds timeout{30};
  Consent consent = Consent::ask;
  std::string break_glass;  // why an officer sends alone what needs two
};

}  // namespace noroshi::publishers
