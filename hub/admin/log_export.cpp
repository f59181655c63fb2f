#include "hub/admin/log_export.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <utility>

#include "hub/admin/audit_words.hpp"
#include "hub/admin/exit_code.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/staged_file.hpp"
#include "proto/hexadecimal.hpp"
#include "proto/merkle/base64.hpp"
#include "proto/merkle/checkpoint.hpp"
#include "proto/merkle/frontier.hpp"
#include "proto/merkle/note.hpp"

namespace noroshi::admin {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;

constexpr std::size_t exported_bytes_max = 16u << 20;  // of an entry, and of a content
constexpr std::size_t note_bytes_max = 1u << 20;
constexpr mode_t exported_file = 0644;
constexpr mode_t exported_directory = 0755;

Error error_at(ErrorCode code, Language language, AuditSay what, const fs::path& file) {
  return {code, say(language, what, printable(file.string()))};
}

std::optional<std::vector<std::string>> decoded(const json::object& page, const char* name) {
  const auto* list = page.if_contains(name);
  if (list == nullptr || !list->is_array()) return std::nullopt;
  std::vector<std::string> all;
  for (const auto& each : list->as_array()) {
    auto bytes = each.is_string() ? merkle::from_base64(each.as_string().c_str()) : std::nullopt;
    if (!bytes) return std::nullopt;
    all.push_back(std::move(*bytes));
  }
  return all;
}

std::string note_in(const AdminAnswer& answer) {
  json::error_code failed;
  const auto value = json::parse(answer.json, failed);
  const auto* object = failed ? nullptr : value.if_object();
  const auto* note = object != nullptr ? object->if_contains("checkpoint") : nullptr;
  return note != nullptr && note->is_string() ? note->as_string().c_str() : "";
}

std::string content_name(std::string_view bytes) {
  return hexadecimal(std::span<const unsigned char>(journal::content_hash(bytes)));
}

class ExportedFiles {
 public:
  explicit ExportedFiles(fs::path directory) : directory_(std::move(directory)) {}

  Result<void> begin() {
    if (auto made = make_directory(directory_, exported_directory); !made) return made;
    if (auto made = make_directory(directory_ / "contents", exported_directory); !made) return made;
    entries_.open(directory_ / "entries", std::ios::binary | std::ios::trunc);
    return {};
  }

  // Of a page, as many entries as are wanted yet.
  Result<void> take(const ExportedPage& page, journal::Sequence size) {
    for (const auto& entry : page.entries) {
      if (written_ == size) break;
      ++written_;
      unsigned char length[10];
      const auto* end = CodedOutputStream::WriteVarint64ToArray(entry.size(), length);
      entries_.write(reinterpret_cast<const char*>(length), end - length);
      entries_.write(entry.data(), static_cast<std::streamsize>(entry.size()));
    }
    for (const auto& content : page.contents)
      if (auto done = put(directory_ / "contents" / content_name(content), content); !done)
        return done;
    return entries_.good() ? Result<void>{} : failed("entries");
  }

  // With what says that all is there last.
  Result<void> finish(const std::string& note, const std::string& audit_pub) {
    entries_.close();
    if (!entries_) return failed("entries");
    for (const auto& [name, bytes] : {std::pair<const char*, std::string>{"checkpoint", note},
                                      {"audit.pub", audit_pub},
                                      {"README.txt", std::string(export_readme())}})
      if (auto done = write_durably(directory_ / name, bytes, exported_file); !done) return done;
    return {};
  }

  [[nodiscard]] journal::Sequence written() const { return written_; }

 private:
  [[nodiscard]] tl::unexpected<Error> failed(const std::string& name) const {
    return failure(ErrorCode::io, (directory_ / name).string() + " cannot be written");
  }

  Result<void> put(const fs::path& file, const std::string& bytes) const {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    return out ? Result<void>{} : failed(file.filename());
  }

  fs::path directory_;
  std::ofstream entries_;
  journal::Sequence written_ = 0;
};

std::optional<std::string> small_file(const fs::path& file, std::size_t bytes_max) {
  std::error_code ignored;
  std::ifstream in(file, std::ios::binary);
  if (!in || fs::is_directory(file, ignored)) return std::nullopt;
  std::string bytes(bytes_max + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (bytes.size() > bytes_max) return std::nullopt;
  return bytes;
}

std::string without_newline(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

// One exported directory, read from its first entry to its last.
class ExportCheck {
 public:
  ExportCheck(fs::path directory, Language language)
      : directory_(std::move(directory)), language_(language) {}

  Result<void> check(const fs::path& key_file) {
    const auto said = checkpoint(key_file);
    if (!said) return tl::unexpected(said.error());
    if (auto read = entries(said->size); !read) return read;
    if (made_.root() != said->root) return wrong(AuditSay::export_other_root, "entries");
    return {};
  }

  [[nodiscard]] journal::Sequence size() const { return made_.size(); }
  [[nodiscard]] std::uint64_t contents() const { return contents_; }
  [[nodiscard]] std::uint64_t contents_gone() const { return contents_gone_; }

 private:
  [[nodiscard]] tl::unexpected<Error> wrong(AuditSay what, const fs::path& name) const {
    return tl::unexpected(error_at(ErrorCode::refused, language_, what, directory_ / name));
  }

  Result<merkle::Checkpoint> checkpoint(const fs::path& key_file) const {
    const auto key = small_file(key_file, note_bytes_max);
    const auto verifier = merkle::NoteVerifier::read(without_newline(key.value_or("")));
    if (!verifier)
      return tl::unexpected(
          error_at(ErrorCode::refused, language_, AuditSay::export_bad_key, key_file));
    const auto note = small_file(directory_ / "checkpoint", note_bytes_max);
    const auto opened = merkle::open_note(note.value_or(""), std::span(&*verifier, 1));
    if (!opened) return wrong(AuditSay::export_bad_checkpoint, "checkpoint");
    auto said = merkle::read_checkpoint(opened->text);
    if (!said || said->origin != verifier->name)
      return wrong(AuditSay::export_bad_checkpoint, "checkpoint");
    return said;
  }

  Result<void> entries(journal::Sequence size) {
    std::ifstream file(directory_ / "entries", std::ios::binary);
    google::protobuf::io::IstreamInputStream stream(&file);
    while (made_.size() < size) {
      CodedInputStream in(&stream);  // anew, for it counts how much it has read
      std::uint32_t length = 0;
      std::string leaf;
      if (!in.ReadVarint32(&length) || length > exported_bytes_max ||
          !in.ReadString(&leaf, static_cast<int>(length)))
        return wrong(AuditSay::export_short, "entries");
      if (auto good = entry(leaf); !good) return good;
    }
    CodedInputStream in(&stream);
    if (in.ReadTag() != 0) return wrong(AuditSay::export_long, "entries");
    return {};
  }

  Result<void> entry(const std::string& leaf) {
    made_.add(journal::leaf_hash(leaf));
    v1::Entry entry;
    if (!entry.ParseFromString(leaf) || entry.sequence() != made_.size())
      return wrong(AuditSay::export_short, "entries");
    if (!entry.body().has_alert_accepted()) return {};
    const auto name = hexadecimal(entry.body().alert_accepted().content_sha256());
    std::error_code ignored;
    if (!fs::exists(directory_ / "contents" / name, ignored)) {
      ++contents_gone_;
      return {};
    }
    const auto bytes = small_file(directory_ / "contents" / name, exported_bytes_max);
    if (!bytes || content_name(*bytes) != name)
      return wrong(AuditSay::export_bad_content, fs::path("contents") / name);
    ++contents_;
    return {};
  }

  fs::path directory_;
  Language language_;
  merkle::Frontier made_;
  std::uint64_t contents_ = 0;
  std::uint64_t contents_gone_ = 0;
};

Result<merkle::Checkpoint> said_in(const std::string& note) {
  const auto end = note.find("\n\n");
  return merkle::read_checkpoint(std::string_view(note).substr(0, end + 1));
}

}  // namespace

journal::ReadBounds exported_page(const AuditTerms& terms) {
  constexpr std::size_t entries_max = 4096;
  constexpr std::size_t bytes_max = 4u << 20;
  if (terms.limit == 0) return {entries_max, bytes_max};
  return {std::min<std::size_t>(terms.limit, entries_max), bytes_max};
}

std::optional<ExportedPage> exported_page_in(const AdminAnswer& answer) {
  json::error_code failed;
  const auto value = json::parse(answer.json, failed);
  if (failed || !value.is_object()) return std::nullopt;
  auto entries = decoded(value.as_object(), "entries");
  auto contents = decoded(value.as_object(), "contents");
  if (!entries || !contents) return std::nullopt;
  return ExportedPage{std::move(*entries), std::move(*contents)};
}

AdminAnswer exported(std::span<const journal::StoredPtr> page) {
  json::array entries;
  json::array contents;
  for (const auto& stored : page) {
    entries.emplace_back(merkle::base64(stored->bytes));
    if (stored->entry.body().has_alert_accepted() && stored->content)
      contents.emplace_back(merkle::base64(*stored->content));
  }
  AdminAnswer answer;
  answer.json = json::serialize(json::object{{"entries", std::move(entries)},
                                             {"contents", std::move(contents)}}) +
                "\n";
  return answer;
}

tl::expected<AskedCheckpoint, AdminAnswer> ask_checkpoint(const Ask& ask, Language language) {
  AdminRequest request;
  request.subject = AdminRequest::Subject::audit;
  request.action = AdminRequest::Action::checkpoint;
  request.language = language;
  const auto answer = ask(request);
  if (answer.exit_code != exit_code::ok) return tl::unexpected(answer);
  auto note = note_in(answer);
  auto said = said_in(note);
  if (!said) return tl::unexpected(answer_of(said.error()));
  return AskedCheckpoint{std::move(note), *std::move(said)};
}

AdminAnswer export_log(const Ask& ask, const fs::path& directory, const std::string& audit_pub,
                       Language language, const ExportProgress& progress) {
  const auto asked = ask_checkpoint(ask, language);
  if (!asked) return asked.error();
  const auto& [note, said] = *asked;

  ExportedFiles files(directory);
  if (const auto begun = files.begin(); !begun) return answer_of(begun.error());
  AdminRequest request;
  request.subject = AdminRequest::Subject::audit;
  request.action = AdminRequest::Action::export_;
  request.language = language;
  while (files.written() < said.size) {
    request.audit = AuditTerms{files.written(), 0, said.size};
    const auto answer = ask(request);
    if (answer.exit_code != exit_code::ok) return answer;
    const auto page = exported_page_in(answer);
    if (!page || page->entries.empty())
      return answer_of({ErrorCode::protocol, say(language, Say::request_malformed, "entries")});
    if (const auto taken = files.take(*page, said.size); !taken) return answer_of(taken.error());
    progress(files.written(), said.size);
  }
  if (const auto done = files.finish(note, audit_pub); !done) return answer_of(done.error());
  const auto name = printable(directory.string());
  return {exit_code::ok, "", say(language, AuditSay::export_done, name, files.written()),
          json::serialize(json::object{{"directory", name}, {"entries", files.written()}}) + "\n"};
}

AdminAnswer verify_export(const fs::path& directory, const std::optional<std::string>& key_file,
                          Language language) {
  ExportCheck check(directory, language);
  const auto good = check.check(key_file ? fs::path(*key_file) : directory / "audit.pub");
  if (!good) return answer_of(good.error());
  auto note =
      say(language, AuditSay::export_good, check.size(), check.contents(), check.contents_gone());
  if (!key_file) note += "\n" + say(language, AuditSay::export_own_key);
  return {exit_code::ok, "ok\n", std::move(note),
          json::serialize(json::object{{"ok", true},
                                       {"entries", check.size()},
                                       {"contents", check.contents()},
                                       {"contents_gone", check.contents_gone()}}) +
              "\n"};
}

}  // namespace noroshi::admin
