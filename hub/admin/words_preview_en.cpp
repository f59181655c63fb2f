#include "hub/admin/preview_words.hpp"

namespace noroshi::admin {

std::string_view preview_english(PreviewSay what) {
  switch (what) {
    case PreviewSay::help_preview:
      return "What would have been received with these terms, registered or not yet";
    case PreviewSay::flag_days:
      return "How many days to look back (default: 30)";
    case PreviewSay::would_have_received:
      return "{0}: would have received {2} of {3} alerts of the last {1} days "
             "(kept away by area {4}, level {5}, event {6}, polygon {7})";
    case PreviewSay::nothing_to_preview:
      return "{0} is not registered; say what to preview with --areas and the like";
    case PreviewSay::end:
      break;
  }
  return {};
}

}  // namespace noroshi::admin
