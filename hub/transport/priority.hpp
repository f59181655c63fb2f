// The kernel's order of our threads when all cores are busy.
#pragma once

namespace noroshi::transport {

// For a thread whose work may wait, called on it: the kernel runs it after the others, with a third
// of their share, whatever share the whole process was given.
void yield_to_alerts();

}  // namespace noroshi::transport
