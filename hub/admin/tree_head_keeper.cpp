#include "hub/admin/tree_head_keeper.hpp"

#include <boost/asio/post.hpp>
#include <chrono>
#include <future>
#include <memory>
#include <utility>

#include "hub/config/log.hpp"

namespace noroshi::admin {
namespace {

constexpr auto between_writes = std::chrono::seconds(1);
// At the end, for the head to stand still.
constexpr int last_looks_max = 100;

}  // namespace

TreeHeadKeeper::TreeHeadKeeper(boost::asio::io_context& front, boost::asio::thread_pool& workers,
                               journal::JournalThread& journal, const merkle::NoteSigner& signer,
                               DataDirectory directory)
    : front_(front),
      workers_(workers),
      journal_(journal),
      signer_(signer),
      directory_(std::move(directory)),
      timer_(front) {}

void TreeHeadKeeper::start() {
  if (journal_.gauges().head == written_) return await();
  const auto asked = journal_.look_at_tree([this](const auto& tree, const merkle::NodeOf&) {
    if (tree) boost::asio::post(workers_, [this, head = *tree] { write(head); });
  });
  if (!asked) await();  // a full queue; a journal that has failed ends the process
}

void TreeHeadKeeper::await() {
  timer_.expires_after(between_writes);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) start();
  });
}

void TreeHeadKeeper::write(const journal::TreeHead& tree) {
  auto done = write_tree_head(directory_, signer_, tree);
  boost::asio::post(front_, [this, tree, done = std::move(done)] {
    written(tree, done);
    await();
  });
}

void TreeHeadKeeper::written(const journal::TreeHead& tree, const Result<void>& done) {
  if (done) written_ = tree.size;
  if (!done && !failing_) log::warn("tree_head.failed", {{"detail", done.error().detail}});
  failing_ = !done;
}

void TreeHeadKeeper::last() {
  journal::TreeHead tree;
  for (int looks = 0; looks < last_looks_max; ++looks) {
    const auto seen = std::make_shared<std::promise<Result<journal::TreeHead>>>();
    auto answer = seen->get_future();
    const auto asked = journal_.look_at_tree(
        [seen](const auto& now, const merkle::NodeOf&) { seen->set_value(now); });
    if (!asked) break;
    const auto now = answer.get();
    if (!now) break;
    tree = *now;
    const auto gauges = journal_.gauges();
    if (gauges.queued == 0 && gauges.head == tree.size) break;
  }
  if (tree.size == 0 || tree.size == written_) return;
  written(tree, write_tree_head(directory_, signer_, tree));
}

}  // namespace noroshi::admin
