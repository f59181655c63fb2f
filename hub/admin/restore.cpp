#include "hub/admin/restore.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <span>
#include <utility>

#include "hub/admin/audit_key.hpp"
#include "hub/admin/backup_file.hpp"
#include "hub/admin/backup_words.hpp"
#include "hub/admin/exit_code.hpp"
#include "hub/admin/init.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/staged_file.hpp"
#include "hub/journal/group.hpp"
#include "hub/journal/restore.hpp"
#include "proto/merkle/checkpoint.hpp"
#include "proto/merkle/frontier.hpp"
#include "proto/merkle/note.hpp"

namespace noroshi::admin {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr mode_t private_directory = 0700;
constexpr mode_t private_file = 0600;
constexpr std::size_t note_bytes_max = 1u << 20;
constexpr std::size_t files_max = 10'000;
constexpr std::size_t name_bytes_max = 255;
constexpr std::size_t depth_max = 8;
constexpr journal::Sequence told_every = 4096;

// Relative, below the directory, and nothing that the hub itself keeps there.
bool is_fit(const std::string& name) {
  if (name.empty() || name.size() > name_bytes_max || name.starts_with("journal.db")) return false;
  const fs::path path(name);
  if (path.is_absolute() || path.generic_string() != name) return false;
  std::size_t depth = 0;
  for (const auto& step : path)
    if (++depth > depth_max || step.empty() || step == "." || step == "..") return false;
  return name.find('\0') == name.npos;
}

Result<std::string> small_text(const fs::path& file) {
  std::error_code ignored;
  std::ifstream in(file, std::ios::binary);
  if (!in || fs::is_directory(file, ignored)) return failure(ErrorCode::not_found, file.string());
  std::string text(note_bytes_max, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

std::string without_newline(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

// What the first reading found.
struct Examined {
  merkle::Checkpoint said;
  std::string checkpoint;
};

// The first reading.
class Examination {
 public:
  Examination(const RestoreTerms& terms, Language language) : terms_(terms), language_(language) {}

  Result<Examined> examine(const ExportProgress& progress) {
    if (const auto known = know(); !known) return tl::unexpected(known.error());
    auto reader = BackupReader::open(terms_.file);
    if (!reader) return located(reader.error());
    while (!end_) {
      auto part = reader->next();
      if (!part) return located(part.error());
      if (!*part) return wrong(BackupSay::cut_short);
      if (auto taken = take(**part, reader->offset()); !taken) return tl::unexpected(taken.error());
      if (made_.size() % told_every == 0) progress(made_.size(), 0);
    }
    if (const auto more = reader->next(); !more) return located(more.error());
    return judged(reader->before_end());
  }

 private:
  // The known head is read before the key is known, and its signature checked with the seal's.
  Result<void> know() {
    if (!terms_.tree_head) return {};
    const auto note = small_text(*terms_.tree_head);
    if (!note) return wrong(BackupSay::bad_head, printable(*terms_.tree_head));
    const auto end = note->find("\n\n");
    auto said = merkle::read_checkpoint(std::string_view(*note).substr(0, end + 1));
    if (!said) return wrong(BackupSay::bad_head, printable(*terms_.tree_head));
    known_note_ = *note;
    known_ = *std::move(said);
    return {};
  }

  template <class... Values>
  [[nodiscard]] tl::unexpected<Error> wrong(BackupSay what, const Values&... values) const {
    return failure(ErrorCode::refused, say(language_, what, printable(terms_.file), values...));
  }

  [[nodiscard]] tl::unexpected<Error> located(const Error& error) const {
    if (error.code == ErrorCode::not_found)
      return failure(error.code, say(language_, BackupSay::unreadable, printable(terms_.file)));
    return wrong(BackupSay::damaged, printable(error.detail));
  }

  Result<void> take(const v1::BackupPart& part, std::uint64_t offset) {
    const auto place = fmt::format("byte {}", offset);
    if (part.has_file()) return take_file(part.file(), place);
    if (part.has_entry()) return take_entry(part.entry(), place);
    if (!part.has_end()) return wrong(BackupSay::damaged, place);
    end_ = part.end();
    return {};
  }

  Result<void> take_file(const v1::BackupFile& file, const std::string& place) {
    if (!is_fit(file.name()) || ++files_ > files_max) return wrong(BackupSay::damaged, place);
    if (file.name() == "audit.pub") own_key_ = file.bytes();
    return {};
  }

  Result<void> take_entry(const v1::BackupEntry& entry, const std::string& place) {
    auto content = entry.has_content() ? std::make_shared<const std::string>(entry.content())
                                       : std::shared_ptr<const std::string>();
    const auto leaf = journal::copied(made_.size() + 1, entry.leaf(), std::move(content));
    if (!leaf) return wrong(BackupSay::damaged, place + ": " + leaf.error().detail);
    made_.add(leaf->hash);
    if (known_ && made_.size() == known_->size && made_.root() != known_->root)
      return wrong(BackupSay::another_history, known_->size);
    return {};
  }

  Result<merkle::NoteVerifier> verifier() const {
    auto text = own_key_;
    if (terms_.audit_key) {
      auto given = small_text(*terms_.audit_key);
      if (!given) return wrong(BackupSay::bad_key, printable(*terms_.audit_key));
      text = *std::move(given);
    }
    auto verifier = merkle::NoteVerifier::read(without_newline(std::move(text)));
    if (!verifier) return wrong(BackupSay::bad_key, printable(terms_.audit_key.value_or("")));
    return verifier;
  }

  Result<Examined> judged(const journal::Hash& before_end) const {
    const auto key = verifier();
    if (!key) return tl::unexpected(key.error());
    const auto trusted = std::span(&*key, 1);
    const auto seal = merkle::open_note(end_->seal(), trusted);
    if (!seal || seal->text != seal_text(before_end, end_->checkpoint()))
      return wrong(BackupSay::bad_seal, printable(key->name));
    const auto note = merkle::open_note(end_->checkpoint(), trusted);
    auto said = note ? merkle::read_checkpoint(note->text)
                     : Result<merkle::Checkpoint>(tl::unexpected(note.error()));
    if (!said || said->origin != key->name || said->size != made_.size() ||
        said->root != made_.root())
      return wrong(BackupSay::bad_seal, printable(key->name));
    if (known_) {
      if (!merkle::open_note(known_note_, trusted) || known_->origin != said->origin)
        return wrong(BackupSay::bad_head, printable(*terms_.tree_head));
      if (known_->size > said->size && !terms_.older)
        return wrong(BackupSay::older, known_->size - said->size);
    }
    return Examined{*std::move(said), end_->checkpoint()};
  }

  const RestoreTerms& terms_;
  const Language language_;
  merkle::Frontier made_;
  std::size_t files_ = 0;
  std::string own_key_;
  std::optional<merkle::Checkpoint> known_;
  std::string known_note_;
  std::optional<v1::BackupEnd> end_;
};

Result<void> make_directories(const fs::path& root, const fs::path& name) {
  std::error_code ignored;
  auto directory = root;
  for (const auto& step : name.parent_path()) {
    directory /= step;
    if (fs::is_directory(directory, ignored)) continue;
    if (auto made = make_directory(directory, private_directory); !made) return made;
  }
  return {};
}

// The second reading: files on the way, and each entry for the log.
class Copy {
 public:
  Copy(BackupReader reader, fs::path root) : reader_(std::move(reader)), root_(std::move(root)) {}

  Result<std::optional<journal::CopiedEntry>> next() {
    while (true) {
      auto part = reader_.next();
      if (!part) return tl::unexpected(part.error());
      if (!*part || (*part)->has_end()) return std::nullopt;
      if ((*part)->has_file()) {
        if (auto put = write(*(*part)->mutable_file()); !put) return tl::unexpected(put.error());
        continue;
      }
      auto& entry = *(*part)->mutable_entry();
      journal::CopiedEntry copied{std::move(*entry.mutable_leaf()), nullptr};
      if (entry.has_content())
        copied.content = std::make_shared<const std::string>(std::move(*entry.mutable_content()));
      return copied;
    }
  }

 private:
  Result<void> write(const v1::BackupFile& file) const {
    const fs::path name(file.name());
    if (!is_fit(file.name())) return failure(ErrorCode::refused, file.name());
    if (auto made = make_directories(root_, name); !made) return made;
    return write_durably(root_ / name, file.bytes(), static_cast<mode_t>(file.mode() & 0777u));
  }

  BackupReader reader_;
  fs::path root_;
};

Result<std::uint64_t> fill(const RestoreTerms& terms, const Examined& found,
                           const DataDirectory& directory, const journal::WallClock& clock,
                           const ExportProgress& progress) {
  if (auto begun = write_durably(directory.unfinished(), "", private_file); !begun)
    return tl::unexpected(begun.error());
  auto reader = BackupReader::open(terms.file);
  if (!reader) return tl::unexpected(reader.error());
  Copy copy(*std::move(reader), directory.root);
  journal::Sequence read = 0;
  const auto next = [&] {
    if (++read % told_every == 0) progress(read, found.said.size);
    return copy.next();
  };
  const journal::Restoration restoration{
      {found.said.size, found.said.root}, found.checkpoint, random_epoch()};
  if (auto done = journal::restore_sqlite(directory.journal(), next, restoration, clock); !done)
    return tl::unexpected(done.error());
  if (const auto key = audit_key(directory, restoration.epoch); !key)
    return tl::unexpected(key.error());
  if (auto done = remove_durably(directory.unfinished()); !done)
    return tl::unexpected(done.error());
  return restoration.epoch;
}

}  // namespace

AdminAnswer restore_backup(const RestoreTerms& terms, const DataDirectory& directory,
                           const journal::WallClock& clock, Language language,
                           const ExportProgress& progress) {
  Examination examination(terms, language);
  const auto found = examination.examine(progress);
  if (!found) return answer_of(found.error());
  if (const auto taken = take_root(directory, language); !taken) return answer_of(taken.error());
  const auto epoch = fill(terms, *found, directory, clock, progress);
  if (!epoch)
    return answer_of({epoch.error().code,
                      say(language, Say::init_failed_half_way, printable(epoch.error().detail),
                          printable(directory.root.string()))});
  const auto name = printable(directory.root.string());
  auto note = say(language, BackupSay::restored, name, found->said.size, *epoch);
  if (!terms.audit_key) note += "\n" + say(language, BackupSay::own_key, found->said.origin);
  return {exit_code::ok, "", std::move(note),
          json::serialize(json::object{{"directory", name},
                                       {"entries", found->said.size},
                                       {"epoch", *epoch},
                                       {"restored_from", found->said.origin}}) +
              "\n"};
}

}  // namespace noroshi::admin
