// Writes `tree-head` behind the commits of a running hub: once a second at most, on a worker, so
// that no commit waits for it. A write that fails is logged and tried again: the log goes on.
//
// Threading  the thread that runs `front`; last() when that and the workers have ended.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include "hub/admin/tree_head.hpp"
#include "hub/journal/journal_thread.hpp"

namespace noroshi::admin {

class TreeHeadKeeper {
 public:
  // All outlive this, and this outlives the journal's thread.
  TreeHeadKeeper(boost::asio::io_context& front, boost::asio::thread_pool& workers,
                 journal::JournalThread& journal, const merkle::NoteSigner& signer,
                 DataDirectory directory);

  void start();
  void stop() { timer_.cancel(); }
  // Writes down what is committed; before the journal is stopped.
  void last();

 private:
  void await();
  void write(const journal::TreeHead& tree);
  void written(const journal::TreeHead& tree, const Result<void>& done);

  boost::asio::io_context& front_;
  boost::asio::thread_pool& workers_;
  journal::JournalThread& journal_;
  const merkle::NoteSigner& signer_;
  const DataDirectory directory_;
  boost::asio::steady_timer timer_;
  journal::Sequence written_ = 0;  // 0: nothing by this process yet
  bool failing_ = false;
};

}  // namespace noroshi::admin
