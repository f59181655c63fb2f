#include "hub/admin/tree_head.hpp"

#include <fstream>
#include <span>
#include <string>

#include "hub/admin/audit_words.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/staged_file.hpp"
#include "hub/config/log.hpp"
#include "proto/merkle/checkpoint.hpp"
#include "proto/merkle/proof.hpp"

namespace noroshi::admin {
namespace {

constexpr mode_t tree_head_mode = 0644;  // it is signed, and meant for others
constexpr std::size_t tree_head_bytes_max = 64u << 10;

std::string first_line_of(const std::string& note) { return note.substr(0, note.find('\n')); }

// Says what is wrong with the file, in the words of the reader.
class Found {
 public:
  Found(const DataDirectory& directory, Language language)
      : file_(directory.tree_head()), name_(printable(file_.string())), language_(language) {}

  template <class... Values>
  [[nodiscard]] tl::unexpected<Error> wrong(AuditSay what, const Values&... values) const {
    return failure(ErrorCode::io, say(language_, what, name_, values...) + "\n" +
                                      say(language_, AuditSay::head_way_out, name_));
  }

  Result<merkle::Checkpoint> read(const merkle::NoteVerifier& verifier) const {
    std::ifstream in(file_, std::ios::binary);
    std::string note(tree_head_bytes_max, '\0');
    in.read(note.data(), static_cast<std::streamsize>(note.size()));
    note.resize(static_cast<std::size_t>(in.gcount()));
    const auto opened = merkle::open_note(note, {&verifier, 1});
    if (!opened && opened.error().code == ErrorCode::invalid)
      return wrong(AuditSay::head_malformed, printable(opened.error().detail));
    if (const auto origin = first_line_of(note); origin != verifier.name)
      return wrong(AuditSay::head_other_log, printable(origin.substr(0, 80)), verifier.name);
    if (!opened) return wrong(AuditSay::head_other_key, printable(opened.error().detail));
    auto checkpoint = merkle::read_checkpoint(opened->text);
    if (!checkpoint) return wrong(AuditSay::head_malformed, printable(checkpoint.error().detail));
    return checkpoint;
  }

 private:
  std::filesystem::path file_;
  std::string name_;
  Language language_;
};

// Left by a hub that was killed while it wrote: each under a name of its own.
void remove_drafts(const DataDirectory& directory) {
  const auto begin = "." + directory.tree_head().filename().string() + ".";
  std::error_code ignored;  // they are in nobody's way
  for (std::filesystem::directory_iterator at(directory.root, ignored), end; at != end;
       at.increment(ignored))
    if (at->path().filename().string().starts_with(begin))
      std::filesystem::remove(at->path(), ignored);
}

}  // namespace

Result<std::optional<journal::Sequence>> check_tree_head(const DataDirectory& directory,
                                                         const merkle::NoteVerifier& verifier,
                                                         journal::Journal& journal,
                                                         Language language) {
  std::error_code error;
  const bool there = std::filesystem::exists(directory.tree_head(), error);
  if (!there && !error) return std::nullopt;
  const Found found(directory, language);
  const auto checkpoint = found.read(verifier);
  if (!checkpoint) return tl::unexpected(checkpoint.error());
  const auto ends_at = journal.tree().size;
  if (checkpoint->size > ends_at)
    return found.wrong(AuditSay::head_behind, checkpoint->size, ends_at);
  const auto root = merkle::root_at(checkpoint->size, [&](unsigned level, std::uint64_t index) {
    return journal.node(level, index);
  });
  if (!root) return tl::unexpected(root.error());
  if (*root != checkpoint->root) return found.wrong(AuditSay::head_other_root, checkpoint->size);
  return checkpoint->size;
}

Result<void> start_from_tree_head(const DataDirectory& directory,
                                  const merkle::NoteVerifier& verifier, journal::Journal& journal) {
  const auto language = terminal::language_of_process();
  const auto vouched = check_tree_head(directory, verifier, journal, language);
  if (!vouched) return tl::unexpected(vouched.error());
  remove_drafts(directory);
  if (!*vouched)
    log::info("tree_head.absent",
              {{"detail", say(language, AuditSay::head_absent,
                              printable(directory.tree_head().string()), journal.tree().size)}});
  return {};
}

Result<void> write_tree_head(const DataDirectory& directory, const merkle::NoteSigner& signer,
                             const journal::TreeHead& tree) {
  const merkle::Checkpoint said{signer.verifier().name, tree.size, tree.root};
  const auto note = merkle::sign_note(merkle::text_of(said), signer);
  if (!note) return tl::unexpected(note.error());
  return write_durably(directory.tree_head(), *note, tree_head_mode);
}

}  // namespace noroshi::admin
