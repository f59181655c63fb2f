#include <boost/asio/io_context.hpp>
#include <iostream>

#include "proto/wire/caller.hpp"
#include "subscribers/client/folder.hpp"

namespace ns = noroshi::subscribers;

struct Quiet final : ns::Listener {
  void on_connected(const noroshi::v1::Welcome&,
                    std::optional<std::chrono::milliseconds>) override {}
  void on_lost(const ns::Fault& fault, std::chrono::milliseconds) override {
    std::cerr << fault.detail << '\n';
  }
  void on_log_changed(const noroshi::v1::Welcome&) override {}
  void on_ended(const ns::Ending&) override {}
};

int main(int, char** arguments) {  // URL, CA file, token file, folder
  boost::asio::io_context context;
  auto caller = noroshi::wire::read_caller({arguments[2], arguments[3], {}, {}}).value();
  auto folder = ns::Folder::open(arguments[4]).value();
  auto index = ns::StandingIndex::open(std::string(arguments[4]) + "/index.json").value();
  ns::ReceiverSettings settings{.link = {.hub = noroshi::wire::hub_address(arguments[1]).value(),
                                         .tls = caller.tls,
                                         .token = caller.token},
                                .session = {.position = folder.position()},
                                .count_max = 1,
                                .standing = &index};
  Quiet listener;
  ns::Receiver receiver(context, std::move(settings), folder, listener);
  receiver.start();
  context.run();
  for (const auto& held : index.standing().in_force()) std::cout << held.headline << '\n';
}
