#include "hub/admin/report_page.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <utility>

#include "hub/admin/printable.hpp"
#include "hub/admin/report_numbers.hpp"
#include "hub/admin/report_summary.hpp"
#include "hub/admin/report_timeline.hpp"
#include "proto/merkle/base64.hpp"

namespace noroshi::admin {
namespace {

using view::Medium;
using view::Rung;

// Nothing from elsewhere, whatever a text should manage to say.
constexpr std::string_view page_head =
    "<!DOCTYPE html>\n"
    "<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\"/>\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\"/>\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
    "<meta name=\"referrer\" content=\"no-referrer\"/>\n";
constexpr std::string_view page_style =
    "<style>\n"
    "body{font-family:sans-serif;line-height:1.5;color:#1a1a1a;background:#fff;max-width:72rem;"
    "margin:0 auto;padding:1.5rem}\n"
    "h1{font-size:1.5rem}h2{font-size:1.2rem;border-bottom:2px solid #333;margin-top:2rem}"
    "h3{font-size:1.05rem;margin-bottom:.3rem}\n"
    "[lang=en]{color:#555;font-size:.88em}p{margin:.3rem 0}p [lang=en]{display:block}\n"
    ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}\n"
    "th,td{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}th{background:#f0f0f0}td.time{white-space:nowrap;"
    "font-variant-numeric:tabular-nums}\n"
    ".drill{border:3px solid #b50;padding:.5rem;font-weight:bold}"
    "tr.queued td,tr.refused td,tr.passed td{background:#fff3e0}\n"
    "pre{background:#f6f6f6;padding:.6rem;overflow-x:auto}"
    "@media print{body{max-width:none;padding:0}tr{break-inside:avoid}}\n"
    "</style>\n";

std::string element(std::string_view name, const std::string& inside,
                    std::string_view attributes = "") {
  const auto gap = attributes.empty() ? "" : " ";
  return fmt::format("<{}{}{}>{}</{}>", name, gap, attributes, inside, name);
}

// The sentence in both languages; its values are put in as they are.
template <class... Values>
std::string both(ReportSay what, const Values&... values) {
  return element("span", say(Language::japanese, what, values...), "lang=\"ja\"") + " " +
         element("span", say(Language::english, what, values...), "lang=\"en\"");
}

std::string page_heading(std::string_view name, ReportSay what) {
  return element(name, both(what)) + "\n";
}

std::string head_row(std::initializer_list<ReportSay> columns) {
  std::string cells;
  for (const auto column : columns) cells += element("th", both(column));
  return element("thead", element("tr", cells)) + "\n";
}

std::string time_cell(std::optional<std::int64_t> at_ms, std::int64_t since_ms) {
  if (!at_ms || *at_ms == 0) return element("td", "");
  const auto text = fmt::format("{}<br/>{}{}", report_time(*at_ms), *at_ms < since_ms ? "" : "+",
                                duration_text(*at_ms - since_ms));
  return element("td", text, "class=\"time\"");
}

std::string wide_table(const std::string& head, const std::string& rows) {
  return "<div class=\"wide\"><table>\n" + head + "<tbody>\n" + rows + "</tbody>\n</table></div>\n";
}

std::string name_of_alert(const ReportedAlert& reported) {
  return fmt::format("{} {}", reported.ladder.sequence, both(kind_of(reported.alert)));
}

std::string timeline_table(const Report& report) {
  std::string rows;
  for (const auto& moment : timeline_of(report)) {
    std::string alert;
    for (const auto& each : report.alerts)
      if (each.ladder.sequence == moment.alert) alert = name_of_alert(each);
    const auto after = duration_text(moment.at_ms - report.alerts.front().at_ms);
    rows += element("tr", element("td", report_time(moment.at_ms), "class=\"time\"") +
                              element("td", after, "class=\"time\"") + element("td", alert) +
                              element("td", both(moment.what, html_text(moment.who)))) +
            "\n";
  }
  return wide_table(head_row({ReportSay::col_time, ReportSay::col_after, ReportSay::col_alert,
                              ReportSay::col_event}),
                    rows);
}

std::string detail_of(const ReportedAlert& reported, const Rung& rung) {
  if (rung.stored != Rung::Stored::passed) return "";
  const auto [why, by] = passed_by(reported.ladder);
  return both(why, by);
}

std::string medium_cells(const ReportedAlert& reported, const Medium& medium) {
  const bool ended = medium.state != Medium::State::shown;
  return element("td", html_text(medium.name) + " " + both(word_of(medium.state))) +
         time_cell(medium.shown_ms, reported.at_ms) +
         time_cell(ended ? std::optional(medium.at_ms) : std::nullopt, reported.at_ms) +
         element("td", html_text(medium.detail));
}

// As many rows as it has media, but at least one.
std::string rung_rows(const ReportedAlert& reported, const Rung& rung) {
  const auto span = fmt::format("rowspan=\"{}\"", std::max<std::size_t>(1, rung.media.size()));
  const auto who = html_text(rung.subscriber) + "<br/>" + html_text(rung.name);
  const auto arrived = rung.stored == Rung::Stored::no ? std::nullopt : std::optional(rung.at_ms);
  auto arrival = time_cell(arrived, reported.at_ms);
  arrival.insert(std::string_view("<td").size(), " " + span);
  auto cells = element("td", who, span) + element("td", both(word_of(rung.state)), span) + arrival;
  const auto row_class = fmt::format("class=\"{}\"", report_english(word_of(rung.state)));
  if (rung.media.empty())
    return element("tr", cells + element("td", detail_of(reported, rung), "colspan=\"4\""),
                   row_class) +
           "\n";
  std::string rows;
  for (const auto& medium : rung.media)
    rows +=
        element("tr", std::exchange(cells, "") + medium_cells(reported, medium), row_class) + "\n";
  return rows;
}

std::string subscribers_table(const ReportedAlert& reported) {
  if (reported.ladder.rungs.empty()) return element("p", both(ReportSay::nobody)) + "\n";
  std::string rows;
  for (const auto& rung : reported.ladder.rungs) rows += rung_rows(reported, rung);
  return wide_table(head_row({ReportSay::col_subscriber, ReportSay::col_state,
                              ReportSay::col_delivered, ReportSay::col_medium, ReportSay::col_shown,
                              ReportSay::col_ended, ReportSay::col_detail}),
                    rows);
}

std::string beginning(const Report& report) {
  const auto& asked = report.alerts.front();
  auto page = element("h1", both(ReportSay::title)) + "\n" +
              element("p", both(ReportSay::made, report_time(report.made_ms),
                                html_text(asked.ladder.environment), asked.ladder.epoch,
                                report.tree_size)) +
              "\n";
  if (!asked.alert.drill().empty())
    page +=
        element("p", both(ReportSay::drill, html_text(asked.alert.drill())), "class=\"drill\"") +
        "\n";
  if (report.cut) page += element("p", both(ReportSay::cut, report.alerts.size())) + "\n";
  return page;
}

std::string summary_of_all(const Report& report) {
  std::string page = page_heading("h2", ReportSay::summary);
  for (const auto& each : report.alerts) {
    page += element("h3", name_of_alert(each) + " " + html_text(each.alert.summary().headline())) +
            "\n";
    const auto japanese = summary_lines(each, Language::japanese);
    const auto english = summary_lines(each, Language::english);
    for (std::size_t i = 0; i < japanese.size(); ++i)
      page += element("p", element("span", html_text(japanese[i]), "lang=\"ja\"") + " " +
                               element("span", html_text(english[i]), "lang=\"en\"")) +
              "\n";
  }
  return page + element("p", both(ReportSay::clocks)) + "\n";
}

std::string lines_text(const std::string& lines) {
  std::string text;
  std::size_t begin = 0;
  for (auto end = lines.find('\n'); end != lines.npos; end = lines.find('\n', begin)) {
    text += html_text(lines.substr(begin, end - begin)) + "\n";
    begin = end + 1;
  }
  return text + html_text(lines.substr(begin));
}

std::string proof_of_all(const Report& report) {
  auto page = page_heading("h2", ReportSay::proof) +
              element("p", both(ReportSay::proved_by, report.tree_size)) + "\n" +
              element("pre", lines_text(report.checkpoint)) + "\n";
  for (const auto& each : report.alerts)
    page += element("p", both(ReportSay::leaf, each.ladder.sequence,
                              merkle::base64({reinterpret_cast<const char*>(each.leaf.data()),
                                              each.leaf.size()}))) +
            "\n";
  return page;
}

// Valid UTF-8 without U+FFFE and U+FFFF, which XML does not know.
std::string xml_characters(std::string text) {
  constexpr std::string_view unknown = "\xef\xbf";
  for (auto at = text.find(unknown); at != text.npos; at = text.find(unknown, at + 3))
    if (at + 2 < text.size() && (text[at + 2] == '\xbe' || text[at + 2] == '\xbf'))
      text[at + 2] = '\xbd';
  return text;
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string escaped;
  for (const char c : xml_characters(printable(text))) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else if (c == '"')
      escaped += "&quot;";
    else if (c == '\'')
      escaped += "&#39;";
    else
      escaped += c;
  }
  return escaped;
}

std::string page_of(const Report& report) {
  const auto title = say(Language::japanese, ReportSay::title);
  auto page = std::string(page_head) + element("title", title) + "\n" + std::string(page_style) +
              "</head>\n<body>\n" + beginning(report) + summary_of_all(report) +
              page_heading("h2", ReportSay::timeline) + timeline_table(report) +
              page_heading("h2", ReportSay::subscribers);
  for (const auto& each : report.alerts)
    page += element("h3", name_of_alert(each)) + "\n" + subscribers_table(each);
  return page + proof_of_all(report) + "</body>\n</html>\n";
}

}  // namespace noroshi::admin
