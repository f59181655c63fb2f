#include "hub/admin/command_tree.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "hub/admin/command_branches.hpp"
#include "hub/admin/printable.hpp"

namespace noroshi::admin {
namespace {

// The verb that was reached, for the hint where to look.
std::string reached(const CLI::App& app) {
  std::string name = app.get_name();
  for (const auto* sub = &app; !sub->get_subcommands().empty();) {
    sub = sub->get_subcommands().front();
    name += " " + sub->get_name();
  }
  return name;
}

std::string without(std::string text, std::string_view part) {
  const auto at = text.find(part);
  if (at != std::string::npos) text.erase(at, part.size());
  return text;
}

std::string explain(const CLI::ParseError& error, const CLI::App& app, Language language) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const auto extras = app.remaining(true);
    return say(language, Say::unexpected_argument,
               printable(fmt::format("{}", fmt::join(extras, " "))));
  }
  auto words = printable(error.what());
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    return say(language, Say::missing_argument, without(words, " is required"));
  }
  return words;
}

}  // namespace

std::variant<Typed, Information, Misuse> read_command(const std::vector<std::string>& arguments,
                                                      Language language) {
  Typed typed;
  typed.request.language = language;
  CommandTree tree(typed, language);
  std::vector<std::string> backwards(arguments.rbegin(), arguments.rend());  // as CLI11 wants them
  try {
    tree.app().parse(backwards);
    return typed;
  } catch (const CLI::CallForHelp&) {
    return Information{tree.app().help()};
  } catch (const CLI::CallForVersion& version) {
    return Information{std::string(version.what()) + "\n"};
  } catch (const CLI::ParseError& error) {
    return Misuse{
        say(language, Say::usage_hint, explain(error, tree.app(), language), reached(tree.app())) +
        "\n"};
  }
}

}  // namespace noroshi::admin
