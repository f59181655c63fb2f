// What a ladder says beyond `delivered`, put together from the reports of the alert, of what took
// its place and of what it refers to.
//
// Bounds  64 alerts after it and 64 before it are looked at; a longer life of one document is told
//         by its nearest revisions.
#pragma once

#include <vector>

#include "hub/view/view.hpp"
#include "hub/view/view_database.hpp"

namespace noroshi::view {

// Completes the rungs of `ladder`, each with its acknowledgement already in it. `cursors` are the
// last acknowledgements, by drills::qualified().
void add_reports(Ladder& ladder, ViewDatabase& database, const drills::Channel& channel,
                 const Cursors& cursors);

}  // namespace noroshi::view
