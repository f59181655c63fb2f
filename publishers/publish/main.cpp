#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "publishers/publish/verbs.hpp"

namespace {

// Nothing is held that must be put back: an alert is accepted or not, and the hub knows which.
extern "C" void end_interrupted(int) {
  ::_exit(static_cast<int>(noroshi::publishers::Exit::interrupted));
}

}  // namespace

int main(int argument_count, char** arguments) {
  namespace np = noroshi::publishers;
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGINT, end_interrupted);
  const auto options = np::parse_options(argument_count, arguments);
  if (!options) return static_cast<int>(options.error());
  const np::Terminal terminal(np::words(), options->speech);
  auto exit = np::Exit::failed;
  if (const auto* validate = std::get_if<np::ValidateOptions>(&options->verb))
    exit = np::validate(*validate, options->output, terminal);
  else if (const auto* sign = std::get_if<np::SignOptions>(&options->verb))
    exit = np::sign(*sign, terminal);
  else if (const auto* send = std::get_if<np::SendOptions>(&options->verb))
    exit = np::send(*send, options->output, terminal);
  else if (const auto* draft = std::get_if<np::DraftOptions>(&options->verb))
    exit = np::draft(*draft, options->output, terminal);
  else if (const auto* drafts = std::get_if<np::DraftsOptions>(&options->verb))
    exit = np::drafts(*drafts, options->output, terminal);
  else if (const auto* approve = std::get_if<np::ApproveOptions>(&options->verb))
    exit = np::approve(*approve, options->output, terminal);
  else if (const auto* withdraw = std::get_if<np::WithdrawOptions>(&options->verb))
    exit = np::withdraw(*withdraw, options->output, terminal);
  else if (const auto* order = std::get_if<np::OrderOptions>(&options->verb))
    exit = np::order(*order, options->output, terminal);
  else
    exit = np::status(std::get<np::StatusOptions>(options->verb), options->output, terminal);
  // What could not be printed was not said.
  if (std::fflush(stdout) != 0 && exit == np::Exit::ok) exit = np::Exit::failed;
  return static_cast<int>(exit);
}
