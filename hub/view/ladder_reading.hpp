// The ladder of an alert, put together from who is addressed, who acknowledged it, and the reports
// of it, of what took its place and of what it refers to.
//
// Threading  that of the database. Failure  not_found when `sequence` is no alert of `channel`; a
//            database that cannot be read throws std::runtime_error.
// Bounds  64 alerts after it and 64 before it are looked at; a longer life of one document is told
//         by its nearest revisions.
#pragma once

#include "hub/registry/registry.hpp"
#include "hub/view/view.hpp"
#include "hub/view/view_database.hpp"

namespace noroshi::view {

// `registry` and `cursors` are folds of the same entries as `database`.
Result<Ladder> read_ladder(ViewDatabase& database, const registry::Registry& registry,
                           const Cursors& cursors, const drills::Channel& channel,
                           Sequence sequence);

// The next entry of the log.
void follow(Cursors& cursors, const v1::Entry& entry);

}  // namespace noroshi::view
