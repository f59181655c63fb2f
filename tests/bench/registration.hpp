// Ten thousand accounts in a data directory nobody serves yet, through the same verbs as
// `noroshi-hub subscriber add`, in groups instead of one process each.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace noroshi::bench {

// What the subscribers bench-0, bench-1 … ask for.
enum class Subscriptions {
  everything,  // no filter
  matching,    // a filter by areas, event and level that every alert of AlertText passes
  spread       // one of ten prefectures, and of five levels: an alert is for 8 % of them
};

struct Registration {
  std::filesystem::path data;  // of noroshi-hub init
  std::uint32_t subscribers = 0;
  Subscriptions subscriptions = Subscriptions::everything;
};

// Registers them and the publisher `bench`, which speaks for every area; writes its token into
// `data`/bench.publisher.token and the subscribers', one a line, into
// `data`/bench.subscribers.tokens.
void register_accounts(const Registration& registration);

// How many of `subscribers` an alert is for; they must be a multiple of 50 when spread.
std::uint32_t addressed(std::uint32_t subscribers, Subscriptions subscriptions);

// Ends the process for any other name.
Subscriptions subscriptions_named(const std::string& name);

}  // namespace noroshi::bench
