#include "plexus/compilers/model/yaml.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <sstream>
#include <vector>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "plexus/compilers/model/scalar_text.h"

namespace plexus::model {
namespace {

constexpr std::size_t kDeepest = 64;           // nested lists and mappings
constexpr std::size_t kMostAliased = 100'000;  // values that stand in a file by alias only
constexpr std::string_view kTag = "tag:yaml.org,2002:";

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n';
}

bool digits_only(std::string_view text, std::string_view digits) {
  return !text.empty() && text.find_first_not_of(digits) == std::string_view::npos;
}

/// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool is_real(std::string_view text) {
  const auto skip_digits = [&] {
    const std::size_t n = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(n);
    return n;
  };
  const auto skip_one_of = [&](std::string_view any) {
    const bool found = !text.empty() && any.find(text.front()) != std::string_view::npos;
    if (found) text.remove_prefix(1);
    return found;
  };
  skip_one_of("+-");
  const std::size_t before = skip_digits();
  const std::size_t after = skip_one_of(".") ? skip_digits() : 0;
  if (before == 0 && after == 0) return false;
  if (skip_one_of("eE")) {
    skip_one_of("+-");
    if (skip_digits() == 0) return false;
  }
  return text.empty();
}

template <typename Names>
bool one_of(std::string_view text, const Names& names) {
  return std::ranges::find(names, text) != std::end(names);
}

constexpr std::array<std::string_view, 5> kNull{"", "~", "null", "Null", "NULL"};
constexpr std::array<std::string_view, 3> kTrue{"true", "True", "TRUE"};
constexpr std::array<std::string_view, 3> kFalse{"false", "False", "FALSE"};
constexpr std::array<std::string_view, 3> kInfinity{".inf", ".Inf", ".INF"};
constexpr std::array<std::string_view, 3> kNan{".nan", ".NaN", ".NAN"};

std::optional<Scalar> based_integer(std::string_view digits, int base) {
  std::int64_t value = 0;
  const auto [end, code] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (code != std::errc{} || end != digits.data() + digits.size()) return {};
  return value;
}

std::optional<Scalar> real(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code == std::errc::result_out_of_range) {
    const std::size_t e = text.find_first_of("eE");
    const bool tiny = e != std::string_view::npos && text.substr(e + 1).starts_with('-');
    if (tiny) return 0.0;
    return {};
  }
  return value;
}

/// The first byte that no YAML text may have, or npos; `why` says what it is.
std::size_t find_bad_byte(std::string_view text, std::string& why) {
  for (std::size_t i = 0; i < text.size();) {
    const auto at = [&](std::size_t k) {
      return k < text.size() ? static_cast<unsigned char>(text[k]) : 0U;
    };
    const unsigned lead = at(i);
    if (lead < 0x80U) {
      if ((lead < 0x20U && lead != '\t' && lead != '\n') || lead == 0x7FU) {
        why = fmt::format("the control character 0x{:02x}", lead);
        return i;
      }
      ++i;
      continue;
    }
    const std::size_t size = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : 2;
    unsigned code = size == 4 ? lead & 0x07U : size == 3 ? lead & 0x0FU : lead & 0x1FU;
    bool good = lead >= 0xC2U && lead <= 0xF4U && i + size <= text.size();
    for (std::size_t k = 1; good && k < size; ++k) {
      good = (at(i + k) & 0xC0U) == 0x80U;
      code = code << 6U | (at(i + k) & 0x3FU);
    }
    good = good && !(size == 3 && code < 0x800U) &&
           !(size == 4 && (code < 0x10000U || code > 0x10FFFFU)) &&
           !(code >= 0xD800U && code <= 0xDFFFU);
    if (!good) {
      why = fmt::format("the byte 0x{:02x}, which is no UTF-8", lead);
      return i;
    }
    if ((code >= 0x80U && code < 0xA0U && code != 0x85U) || code == 0xFFFEU || code == 0xFFFFU) {
      why = fmt::format("the control character U+{:04X}", code);
      return i;
    }
    i += size;
  }
  return std::string_view::npos;
}

/// Thrown through yaml-cpp where reading on makes no sense; the problem was reported.
struct Stop {};

/// Builds our tree from yaml-cpp's events.
class Builder final : public YAML::EventHandler {
 public:
  Builder(const Source& source, std::string_view text, Diagnostics& diagnostics)
      : source_(source), text_(text), diagnostics_(diagnostics) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ == 0) return;
    diagnostics_.error(place(mark), "a second YAML document starts here",
                       "a model is one document: remove the line `---`, or write two files");
    throw Stop{};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::size_t at = content_start(mark);
    if (const std::size_t size = null_at(at); size > 0) {
      cursor_ = at + size;
      finish(Node{source_.place(at, size), Scalar{}, std::string{text_.substr(at, size)}}, anchor,
             true);
    } else {
      finish(Node{place_of_nothing(at), Scalar{}}, anchor, true);
    }
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::size_t at = offset(mark);
    const std::size_t end = std::min(text_.find_first_of(" \t\n,]}", at), text_.size());
    const Place here = source_.place(at, end - at);
    cursor_ = end;
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end() || !found->second.complete) {
      diagnostics_.error(here, "an alias inside the value that it stands for",
                         "a value cannot contain itself; write it out");
      throw Stop{};
    }
    aliased_ += found->second.nodes;
    if (aliased_ > kMostAliased || frames_.size() + found->second.depth > kDeepest) {
      diagnostics_.error(here, "the aliases unfold to too large a model",
                         fmt::format("at most {} values may come from aliases, nested {} deep",
                                     kMostAliased, kDeepest));
      throw Stop{};
    }
    nodes_ += found->second.nodes;
    if (!frames_.empty())
      frames_.back().depth = std::max(frames_.back().depth, found->second.depth + 1);
    finish(found->second.node, YAML::NullAnchor, false);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const std::size_t at = content_start(mark);
    const bool literal = at < text_.size() && (text_[at] == '|' || text_[at] == '>');
    const bool quoted = at < text_.size() && (text_[at] == '"' || text_[at] == '\'');
    if (value.empty() && !literal && !quoted) {  // a tag without a value
      finish(tagged(source_.place(at, 1), tag, value), anchor, true);
      return;
    }
    const auto written = detail::measure(text_, at, value);
    last_scalar_ = at;
    const Place here = source_.place(at, literal ? 1 : written.end - at);
    cursor_ = written.end;
    if (!written.closed) {
      diagnostics_.error(source_.place(at, 1), fmt::format("this {} is not closed", text_[at]),
                         fmt::format("end the text with another {}", text_[at]));
      throw Stop{};
    }
    const bool plain = tag == "?";
    if (!plain) return finish(tagged(here, tag, value), anchor, false);
    const auto scalar = resolve_plain(value);
    if (!scalar) {
      diagnostics_.error(here, fmt::format("the number {} is out of range", value),
                         "reals go up to 1.8e308, hexadecimal and octal integers to 2^63 - 1");
      return finish(Node::invalid(here), anchor, true);
    }
    finish(Node{here, *scalar, value}, anchor, true);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(mark, tag, anchor, false, style == YAML::EmitterStyle::Flow);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(mark, tag, anchor, true, style == YAML::EmitterStyle::Flow);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

  /// The whole document; nothing if it is empty.
  [[nodiscard]] std::optional<Node> take() { return std::move(root_); }

  /// Where the innermost open [ or { stands.
  [[nodiscard]] std::optional<Place> open_bracket() const {
    for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame)
      if (frame->flow) return frame->place;
    return {};
  }

  /// Behind the last token that was read.
  [[nodiscard]] std::size_t cursor() const noexcept { return cursor_; }
  [[nodiscard]] std::size_t last_scalar() const noexcept { return last_scalar_; }

  [[nodiscard]] std::size_t skip_blanks(std::size_t at) const {
    while (at < text_.size()) {
      if (is_blank(text_[at]))
        ++at;
      else if (text_[at] == '#' && (at == 0 || is_blank(text_[at - 1])))
        at = std::min(text_.find('\n', at), text_.size());
      else
        break;
    }
    return at;
  }

 private:
  struct Frame {
    Place place;
    YAML::anchor_t anchor = YAML::NullAnchor;
    bool mapping = false, flow = false, valid = true;
    std::size_t nodes_before = 0, depth = 1;
    std::vector<Node> items;
    std::vector<Node::Entry> entries;
    std::vector<bool> merge;  // of each entry: its key is a plain <<
    bool has_key = false;
  };
  struct Anchor {
    Node node;
    bool complete = false;
    std::size_t nodes = 0, depth = 0;
  };

  [[nodiscard]] std::size_t offset(const YAML::Mark& mark) const {
    return source_.offset(mark.line, mark.column);
  }
  [[nodiscard]] Place place(const YAML::Mark& mark) const { return source_.place(offset(mark)); }

  /// Behind the anchor and tag of a value, where the value itself begins.
  [[nodiscard]] std::size_t content_start(const YAML::Mark& mark) const {
    std::size_t at = offset(mark);
    while (at < text_.size() && (text_[at] == '&' || text_[at] == '!')) {
      at = std::min(text_.find_first_of(text_[at] == '&' ? " \t\n,[]{}" : " \t\n", at),
                    text_.size());
      at = skip_blanks(at);
    }
    return at;
  }

  /// The length of a written null at a byte; 0 if there is none (or it is a key).
  [[nodiscard]] std::size_t null_at(std::size_t at) const {
    for (const std::string_view name : kNull) {
      if (name.empty() || !text_.substr(std::min(at, text_.size())).starts_with(name)) continue;
      const std::size_t end = at + name.size();
      const auto next = text_.find_first_not_of(" \t", end);
      const bool whole = end >= text_.size() ||
                         std::string_view{" \t\n,]}:"}.find(text_[end]) != std::string_view::npos;
      const bool is_key = next != std::string_view::npos && text_[next] == ':';
      if (whole && (!is_key || expects_key())) return name.size();
    }
    return 0;
  }

  [[nodiscard]] bool expects_key() const {
    return !frames_.empty() && frames_.back().mapping && !frames_.back().has_key;
  }

  /// An empty value has the place of its key; an empty item that of its dash.
  [[nodiscard]] Place place_of_nothing(std::size_t at) {
    if (!frames_.empty() && frames_.back().mapping && frames_.back().has_key)
      return frames_.back().entries.back().place;
    const std::size_t next = skip_blanks(std::min(cursor_, text_.size()));
    if (next < text_.size() && text_[next] == '-') {
      cursor_ = next + 1;
      return source_.place(next);
    }
    return source_.place(at);
  }

  Node tagged(const Place& here, const std::string& tag, const std::string& value) {
    if (tag == "!") return {here, value, value};
    const auto refuse = [&](std::string_view what) {
      diagnostics_.error(here, fmt::format("'{}' is no {}, as its tag says", value, what),
                         "remove the tag, or correct the value");
      return Node::invalid(here);
    };
    if (tag.starts_with(kTag)) {
      const std::string_view type = std::string_view{tag}.substr(kTag.size());
      const auto scalar = resolve_plain(value);
      if (type == "str") return {here, value, value};
      if (type == "int")
        return scalar && std::holds_alternative<std::int64_t>(*scalar) ? Node{here, *scalar, value}
                                                                       : refuse("integer");
      if (type == "float") {
        if (scalar && std::holds_alternative<std::int64_t>(*scalar))
          return {here, static_cast<double>(std::get<std::int64_t>(*scalar)), value};
        return scalar && std::holds_alternative<double>(*scalar) ? Node{here, *scalar, value}
                                                                 : refuse("number");
      }
      if (type == "bool")
        return scalar && std::holds_alternative<bool>(*scalar) ? Node{here, *scalar, value}
                                                               : refuse("boolean");
      if (type == "null")
        return scalar && std::holds_alternative<std::monostate>(*scalar)
                   ? Node{here, *scalar, value}
                   : refuse("null");
    }
    refuse_tag(here, tag);
    return Node::invalid(here);
  }

  void refuse_tag(const Place& here, const std::string& tag) {
    diagnostics_.error(
        here, fmt::format("unknown tag '{}'", tag),
        "model files use plain YAML: remove the tag (put a text that begins with ! in quotes)");
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, bool mapping,
            bool flow) {
    const std::size_t at = content_start(mark);
    const Place here = source_.place(at);
    if (frames_.size() >= kDeepest) {
      diagnostics_.error(here, "the nesting is too deep",
                         fmt::format("at most {} lists and mappings may be nested", kDeepest));
      throw Stop{};
    }
    Frame frame;
    frame.place = here;
    frame.anchor = anchor;
    frame.mapping = mapping;
    frame.flow = flow && at < text_.size() && (text_[at] == '[' || text_[at] == '{');
    frame.nodes_before = nodes_;
    if (tag != "?" && tag != "!" && !tag.empty() &&
        tag != fmt::format("{}{}", kTag, mapping ? "map" : "seq")) {
      refuse_tag(here, tag);
      frame.valid = false;
    }
    if (frame.flow) cursor_ = at + 1;
    if (!mapping && !frame.flow) cursor_ = at;  // at its first dash
    frames_.push_back(std::move(frame));
    if (anchor != YAML::NullAnchor) anchors_[anchor] = {};
  }

  void close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (!frames_.empty()) frames_.back().depth = std::max(frames_.back().depth, frame.depth + 1);
    if (frame.mapping) merge(frame);
    const std::size_t nodes = nodes_ - frame.nodes_before + 1;
    Node node = !frame.valid    ? Node::invalid(frame.place)
                : frame.mapping ? Node{frame.place, std::move(frame.entries)}
                                : Node{frame.place, std::move(frame.items)};
    if (frame.anchor != YAML::NullAnchor) anchors_[frame.anchor] = {node, true, nodes, frame.depth};
    ++nodes_;
    place_node(std::move(node), false);
  }

  /// A complete scalar or alias. `plain`: it may be the key <<.
  void finish(Node node, YAML::anchor_t anchor, bool plain) {
    ++nodes_;
    if (anchor != YAML::NullAnchor) anchors_[anchor] = {node, true, 1, 0};
    place_node(std::move(node), plain);
  }

  void place_node(Node node, bool plain) {
    if (frames_.empty()) {
      root_ = std::move(node);
      return;
    }
    Frame& frame = frames_.back();
    if (!frame.mapping) {
      frame.items.push_back(std::move(node));
    } else if (!frame.has_key) {
      add_key(frame, node, plain);
      frame.has_key = true;
    } else {
      frame.entries.back().value = std::move(node);
      frame.has_key = false;
    }
  }

  void add_key(Frame& frame, const Node& key, bool plain) {
    std::string text;
    if (key.is(Node::Kind::null) && key.written().empty())
      diagnostics_.error(key.place(), "there is no key before this ':'", "write `key: value`");
    else if (key.is(Node::Kind::list) || key.is(Node::Kind::mapping))
      diagnostics_.error(key.place(), fmt::format("{} cannot be a key", key.summary()),
                         key.is(Node::Kind::mapping)
                             ? "keys are plain words; to substitute, write $(…), not {…}"
                             : "keys are plain words");
    else if (key.is(Node::Kind::text))
      text = key.text();
    else
      text = key.written();
    if (key.is(Node::Kind::text) && text.empty())
      diagnostics_.error(key.place(), "a key is empty", "write `key: value`");
    const bool is_merge = plain && text == "<<";
    if (const auto* first = find(frame.entries, text); first && !text.empty())
      diagnostics_.error(
          key.place(),
          fmt::format("the key '{}' comes twice, first in line {}", text, first->place.line),
          is_merge ? "merge several mappings by a list: <<: [*a, *b]" : "keep one of the two");
    frame.entries.push_back({std::move(text), key.place(), Node{}});
    frame.merge.push_back(is_merge);
  }

  static const Node::Entry* find(const std::vector<Node::Entry>& entries, std::string_view key) {
    const auto found = std::ranges::find(entries, key, &Node::Entry::key);
    return found == entries.end() ? nullptr : &*found;
  }

  /// Puts the entries of `<<` in its place, as far as their keys are not given explicitly, and
  /// leaves out what has no usable key or came before.
  void merge(Frame& frame) {
    std::vector<Node::Entry> out;
    for (std::size_t k = 0; k < frame.entries.size(); ++k) {
      Node::Entry& entry = frame.entries[k];
      if (entry.key.empty() || (!frame.merge[k] && find(out, entry.key))) continue;
      if (!frame.merge[k]) {
        out.push_back(std::move(entry));
        continue;
      }
      const auto take_from = [&](const Node& from) {
        if (from.is(Node::Kind::invalid)) return;
        if (!from.is(Node::Kind::mapping)) {
          diagnostics_.error(entry.place,
                             fmt::format("<< merges mappings, but here is {}", from.summary()),
                             "write <<: *name, where another mapping has the anchor &name");
          return;
        }
        for (const Node::Entry& merged : from.entries()) {
          const auto explicitly = [&](std::size_t j) {
            return !frame.merge[j] && frame.entries[j].key == merged.key;
          };
          bool given = find(out, merged.key) != nullptr;
          for (std::size_t j = k + 1; j < frame.entries.size() && !given; ++j)
            given = explicitly(j);
          if (!given) out.push_back(merged);
        }
      };
      if (entry.value.is(Node::Kind::list))
        std::ranges::for_each(entry.value.items(), take_from);
      else
        take_from(entry.value);
    }
    frame.entries = std::move(out);
  }

  const Source& source_;
  std::string_view text_;
  Diagnostics& diagnostics_;
  std::optional<Node> root_;
  std::vector<Frame> frames_;
  std::map<YAML::anchor_t, Anchor> anchors_;
  std::size_t cursor_ = 0, last_scalar_ = 0;
  std::size_t nodes_ = 0, aliased_ = 0;
  int documents_ = 0;
};

/// A ':' where no key can end: often the line above is the cause.
void report_colon(const Source& source, const Builder& builder, std::size_t at,
                  Diagnostics& diagnostics) {
  const Place here = source.place(at);
  const Place next = source.place(builder.skip_blanks(builder.cursor()));
  const Place before = source.place(builder.last_scalar());
  if (next.line < here.line) {
    diagnostics.error(next, "this line has no ':'", "the lines of a mapping are `key: value`");
  } else if (before.line < here.line && next.column == here.column) {
    diagnostics.error(
        source.place(source.offset(here.line - 1, 0) +
                     source.line(here.line).find_first_not_of(' ')),
        fmt::format("this line continues the value in line {}", before.line),
        "indent a key like the keys above it; a text that contains ': ' needs quotes");
  } else {
    diagnostics.error(here, "a ':' where no key can end", "a text that contains ': ' needs quotes");
  }
}

/// Says in our words what yaml-cpp found wrong, and where its cause is rather than its effect.
void report(const YAML::Exception& problem, const Source& source, const Builder& builder,
            Diagnostics& diagnostics) {
  namespace msg = YAML::ErrorMsg;
  const std::string& text = source.text();
  const std::size_t at =
      problem.mark.is_null() ? 0 : source.offset(problem.mark.line, problem.mark.column);
  const Place here = source.place(at);

  // A tab that indents is the cause, whatever the effect.
  const int first = source.place(builder.cursor()).line;
  for (int n = first; n <= here.line; ++n) {
    const std::string_view line = source.line(n);
    const std::size_t blank = std::min(line.find_first_not_of(" \t"), line.size());
    const std::size_t tab = line.substr(0, blank).find('\t');
    if (tab == std::string_view::npos || blank == line.size()) continue;
    diagnostics.error(source.place(source.offset(n - 1, static_cast<int>(tab))),
                      "a tab indents this line",
                      "YAML indents by spaces only: put two spaces for the tab");
    return;
  }

  if (const std::size_t brace = source.line(here.line).find("${");
      brace != std::string_view::npos) {
    diagnostics.error(source.place(source.offset(here.line - 1, static_cast<int>(brace)), 2),
                      "${ does not interpolate", "write $(…), with parentheses");
    return;
  }

  const std::string& what = problem.msg;
  if (what == msg::END_OF_MAP_FLOW || what == msg::END_OF_SEQ_FLOW) {
    if (const auto bracket = builder.open_bracket()) {
      const char sign = text[source.offset(*bracket)];
      diagnostics.error(*bracket, fmt::format("this {} is not closed where it should be", sign),
                        fmt::format("a {} or a comma is missing, at the latest in line {}",
                                    sign == '[' ? ']' : '}', here.line));
      return;
    }
  }
  if (what == msg::FLOW_END) {
    const bool here_it_is = at < text.size() && (text[at] == ']' || text[at] == '}');
    diagnostics.error(source.place(at > 0 && at <= text.size() && !here_it_is ? at - 1 : at),
                      "this closing bracket has no opening one of its kind",
                      "pair [ with ] and { with }; a text that contains brackets needs quotes");
  } else if (what == msg::END_OF_MAP || what == msg::END_OF_SEQ) {
    diagnostics.error(here, "this line does not fit into what stands above it",
                      "entries of one list or mapping begin in the same column; a mapping's are "
                      "`key: value`, a list's `- value`");
  } else if (what == msg::MAP_VALUE) {
    report_colon(source, builder, at, diagnostics);
  } else if (what == msg::MAP_KEY || what == msg::BLOCK_ENTRY) {
    diagnostics.error(here, "a list or mapping cannot begin here",
                      "begin it on a line of its own, indented");
  } else if (what == msg::UNKNOWN_TOKEN) {
    diagnostics.error(
        here,
        fmt::format("a value cannot begin with {}", at < text.size() ? text.substr(at, 1) : "this"),
        "put the text in quotes");
  } else if (what == msg::TAB_IN_INDENTATION) {
    diagnostics.error(here, "a tab indents this line",
                      "YAML indents by spaces only: put two spaces for the tab");
  } else if (what.starts_with(msg::UNKNOWN_ANCHOR)) {
    const std::size_t end = std::min(text.find_first_of(" \t\n,]}", at), text.size());
    diagnostics.error(
        source.place(at, end - at),
        fmt::format("the alias {} names no anchor above it", text.substr(at, end - at)),
        "mark the value it stands for with &, before its first use; a text that begins with * "
        "needs quotes");
  } else if (what.starts_with(msg::INVALID_ESCAPE)) {
    diagnostics.error(here, what, R"(write a backslash as \\, or put the text in single quotes)");
  } else if (what == msg::EOF_IN_SCALAR || what == msg::DOC_IN_SCALAR) {
    diagnostics.error(here, "a quoted text is not closed", "look for the missing quote above");
  } else {
    diagnostics.error(here, fmt::format("this is not valid YAML: {}", what),
                      "texts with special characters (: # [ ] { } & * ! % @ `) need quotes");
  }
}

Node read(const Source& source, const std::string& text, Diagnostics& diagnostics) {
  std::string why;
  if (const std::size_t bad = find_bad_byte(text, why); bad != std::string_view::npos) {
    diagnostics.error(source.place(bad), fmt::format("the file contains {}", why),
                      "save it as UTF-8 text; inside double quotes such characters can be written "
                      "\\xNN or \\uNNNN");
    return Node::invalid(source.place(bad));
  }
  Builder builder{source, text, diagnostics};
  try {
    std::istringstream in{text};
    YAML::Parser parser{in};
    while (parser.HandleNextDocument(builder)) {
    }
    if (auto root = builder.take()) return std::move(*root);
    return Node{source.place(0), Scalar{}};
  } catch (const Stop&) {
  } catch (const YAML::Exception& problem) {
    report(problem, source, builder, diagnostics);
  } catch (const std::exception& problem) {
    diagnostics.error(source.place(builder.cursor()),
                      fmt::format("this is not valid YAML: {}", problem.what()),
                      "the problem is here or in the lines that follow");
  }
  return Node::invalid(source.place(0));
}

}  // namespace

std::optional<Scalar> resolve_plain(std::string_view text) {
  if (one_of(text, kNull)) return Scalar{};
  if (one_of(text, kTrue)) return Scalar{true};
  if (one_of(text, kFalse)) return Scalar{false};
  if (one_of(text, kNan)) return Scalar{std::numeric_limits<double>::quiet_NaN()};
  const bool negative = text.starts_with('-');
  const std::string_view unsigned_text = negative || text.starts_with('+') ? text.substr(1) : text;
  constexpr double kInf = std::numeric_limits<double>::infinity();
  if (one_of(unsigned_text, kInfinity)) return Scalar{negative ? -kInf : kInf};
  if (text.starts_with("0x") && digits_only(text.substr(2), "0123456789abcdefABCDEF"))
    return based_integer(text.substr(2), 16);
  if (text.starts_with("0o") && digits_only(text.substr(2), "01234567"))
    return based_integer(text.substr(2), 8);
  if (digits_only(unsigned_text, "0123456789")) {
    const std::string_view digits = text.starts_with('+') ? unsigned_text : text;
    if (auto integer = based_integer(digits, 10)) return integer;
    return real(text);  // beyond 64 bits
  }
  if (is_real(text)) return real(text);
  return Scalar{std::string{text}};
}

bool is_name(std::string_view text) noexcept {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !text.empty() && letter(text.front()) &&
         std::ranges::all_of(text, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

Node read_yaml(const Source& source, Diagnostics& diagnostics) {
  return read(source, source.text(), diagnostics);
}

Node read_yaml(const Source& source, std::size_t offset, Diagnostics& diagnostics) {
  // Blanks keep every place where it is.
  std::string text = source.text();
  const std::size_t end = std::min(offset, text.size());
  for (std::size_t i = 0; i < end; ++i)
    if (text[i] != '\n') text[i] = ' ';
  return read(source, text, diagnostics);
}

}  // namespace plexus::model
