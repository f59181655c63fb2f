// noroshi-subscribe witness: looks at the log of a hub, and receives nothing.
#pragma once

namespace noroshi::subscribers {

// The exit code. `arguments` begin with the verb.
int witness_verb(int argument_count, const char* const* arguments);

}  // namespace noroshi::subscribers
