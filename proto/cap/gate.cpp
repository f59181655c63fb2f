#include "proto/cap/gate.hpp"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

#include "proto/cap/charset.hpp"
#include "proto/cap/findings.hpp"
#include "proto/cap/limits.hpp"
#include "proto/cap/utf8.hpp"
#include "proto/cap/white_space.hpp"

namespace noroshi::cap {
namespace {

constexpr std::string_view xinclude_namespace = "http://www.w3.org/2001/XInclude";

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

// What one run of the parser has seen. It ends at the first fault.
struct Run {
  xmlParserCtxtPtr context = nullptr;
  std::string_view document;
  std::size_t depth = 0;
  std::size_t nodes = 0;
  bool inside_text = false;
  std::optional<Finding> fault{};
};

Run& run_of(void* user) { return *static_cast<Run*>(user); }

// Where the parser stands.
Place place_of(const Run& run) {
  const auto* input = run.context->input;
  if (input == nullptr || input->cur == nullptr) return {};
  const auto offset = input->consumed + static_cast<unsigned long>(input->cur - input->base);
  const auto before = run.document.substr(0, std::min<std::size_t>(offset, run.document.size()));
  const auto lines = static_cast<unsigned>(std::count(before.begin(), before.end(), '\n'));
  const auto last = before.substr(before.rfind('\n') + 1);
  return {lines + 1, static_cast<unsigned>(utf8::characters(last)) + 1};
}

void keep_first(Run& run, std::string_view rule, std::string_view aspect, std::string_view value) {
  if (run.fault) return;
  run.fault = finding(Severity::error, rule, {}, place_of(run), value, aspect);
}

// Only from within a SAX call: stopping from the error call would free what the parser still uses.
void stop(Run& run, std::string_view rule, std::string_view aspect, std::string_view value = {}) {
  keep_first(run, rule, aspect, value);
  xmlStopParser(run.context);
}

void count(Run& run, std::size_t nodes) {
  run.nodes += nodes;
  if (run.nodes > nodes_max) return stop(run, "R002", "nodes");
  if (static_cast<std::size_t>(xmlDictSize(run.context->dict)) > names_max)
    stop(run, "R002", "names");
}

void element_starts(void* user, const xmlChar* local, const xmlChar*, const xmlChar* uri,
                    int namespaces, const xmlChar**, int attributes, int, const xmlChar**) {
  Run& run = run_of(user);
  run.inside_text = false;
  if (++run.depth > depth_max) return stop(run, "R002", "depth", view(local));
  if (view(uri) == xinclude_namespace) return stop(run, "R002", "xinclude", view(local));
  count(run, 1 + static_cast<std::size_t>(namespaces) + static_cast<std::size_t>(attributes));
}

void element_ends(void* user, const xmlChar*, const xmlChar*, const xmlChar*) {
  Run& run = run_of(user);
  run.inside_text = false;
  --run.depth;
}

void text_read(void* user, const xmlChar*, int) {
  Run& run = run_of(user);
  if (!std::exchange(run.inside_text, true)) count(run, 1);
}

void cdata_read(void* user, const xmlChar*, int) {
  run_of(user).inside_text = false;
  count(run_of(user), 1);
}

void comment_read(void* user, const xmlChar*) {
  run_of(user).inside_text = false;
  count(run_of(user), 1);
}

void instruction_read(void* user, const xmlChar*, const xmlChar*) {
  run_of(user).inside_text = false;
  count(run_of(user), 1);
}

void doctype_read(void* user, const xmlChar* root, const xmlChar*, const xmlChar*) {
  stop(run_of(user), "R002", "doctype", view(root));
}

void problem(void* user, xmlErrorPtr error) {
  if (error == nullptr || error->level < XML_ERR_ERROR) return;
  const std::string_view words = error->message == nullptr ? "" : error->message;
  keep_first(run_of(user), "R001", "malformed", words.substr(0, words.find('\n')));
}

xmlSAXHandler handler() {
  xmlSAXHandler sax;
  std::memset(&sax, 0, sizeof sax);
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = element_starts;
  sax.endElementNs = element_ends;
  sax.characters = text_read;
  sax.ignorableWhitespace = text_read;
  sax.cdataBlock = cdata_read;
  sax.comment = comment_read;
  sax.processingInstruction = instruction_read;
  sax.internalSubset = doctype_read;
  sax.serror = problem;
  return sax;
}

struct FreeContext {
  void operator()(xmlParserCtxtPtr context) const { xmlFreeParserCtxt(context); }
};

// The version the declaration names; libxml2 only warns of others.
bool is_version_1_0(xmlParserCtxtPtr context) {
  return context->version == nullptr || view(context->version) == "1.0";
}

std::optional<Finding> fault_of(const std::string& text) {
  static const bool initialised = (xmlInitParser(), true);
  static_cast<void>(initialised);
  const std::unique_ptr<xmlParserCtxt, FreeContext> context(xmlNewParserCtxt());
  if (!context) throw std::bad_alloc();
  *context->sax = handler();
  Run run{.context = context.get(), .document = text};
  context->userData = &run;
  xmlDocPtr tree = xmlCtxtReadMemory(context.get(), text.data(), static_cast<int>(text.size()),
                                     nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
  if (tree != nullptr) xmlFreeDoc(tree);
  if (!run.fault && (context->wellFormed == 0 || context->nsWellFormed == 0))
    keep_first(run, "R001", "malformed", {});
  if (!run.fault && !is_version_1_0(context.get()))
    run.fault =
        finding(Severity::error, "R001", {}, Place{1, 1}, view(context->version), "version");
  return std::move(run.fault);
}

// Whether some start tag may have more attributes than allowed. It counts what looks like the start
// of a value between two `<`, in comments and CDATA too: too careful rather than to be led astray.
bool too_many_attributes(std::string_view text) {
  std::size_t attributes = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<') attributes = 0;
    if (text[i] != '=') continue;
    const auto next = text.find_first_not_of(white_space, i + 1);
    if (next == std::string_view::npos) return false;
    if ((text[next] == '"' || text[next] == '\'') && ++attributes > element_attributes_max)
      return true;
  }
  return false;
}

bool too_many_namespaces(std::string_view text) {
  constexpr std::string_view declaration = "xmlns";
  std::size_t found = 0;
  for (auto i = text.find(declaration); i != std::string_view::npos;
       i = text.find(declaration, i + declaration.size()))
    if (++found > namespaces_max) return true;
  return false;
}

tl::unexpected<Finding> over(std::string_view aspect) {
  return tl::unexpected(finding(Severity::error, "R002", {}, {}, {}, aspect));
}

}  // namespace

tl::expected<std::string, Finding> admit(std::string_view bytes,
                                         std::optional<std::string_view> declared_charset) {
  if (bytes.size() > document_bytes_max) return over("bytes");
  auto text = decode(bytes, declared_charset);
  if (!text) return text;
  if (too_many_attributes(*text)) return over("attributes");
  if (too_many_namespaces(*text)) return over("namespaces");
  if (auto fault = fault_of(*text)) return tl::unexpected(std::move(*fault));
  return text;
}

}  // namespace noroshi::cap
