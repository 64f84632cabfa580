#include "plexus/compilers/model/reading/reader.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/compilers/model/words.h"

namespace plexus::model::detail {
namespace {

std::string range(std::int64_t least, std::int64_t most) {
  if (most == least) return fmt::format("{}", least);
  if (most == least + 1) return fmt::format("{} or {}", least, most);
  if (most != std::numeric_limits<std::int64_t>::max())
    return fmt::format("an integer from {} to {}", least, most);
  if (least != std::numeric_limits<std::int64_t>::min())
    return fmt::format("an integer >= {}", least);
  return "an integer";
}

}  // namespace

std::string a_number(const Node& node) {
  return node.is_number() && !is_finite_float(node.real()) ? "a finite number" : "a number";
}

bool is_finite_float(double value) noexcept {
  return std::abs(value) <= std::numeric_limits<float>::max();
}

std::nullopt_t Reader::mismatch(const Node& node, std::string_view what, std::string_view expected,
                                std::string_view remedy) const {
  if (node.is(Node::Kind::invalid)) return std::nullopt;
  std::string advice{remedy};
  if (advice.empty() && node.is(Node::Kind::text) && node.written().find("$(") != std::string::npos)
    advice =
        "put all of the arithmetic inside $(…): only a value that is one whole $(…) is a number";
  error(node.place(), fmt::format("{} is {}; expected {}", what, node.summary(), expected), advice);
  return std::nullopt;
}

bool Reader::mapping(const Node& node, std::string_view what, std::string_view remedy) const {
  if (node.is(Node::Kind::mapping)) return true;
  mismatch(node, what, "a mapping", remedy);
  return false;
}

bool Reader::list(const Node& node, std::string_view what, std::string_view remedy) const {
  if (node.is(Node::Kind::list)) return true;
  mismatch(node, what, "a list", remedy);
  return false;
}

std::optional<Word> Reader::text(const Node& node, std::string_view what,
                                 std::string_view remedy) const {
  if (!node.is(Node::Kind::text))
    return mismatch(
        node, what, "a text",
        remedy.empty() && node.is_number() ? "put it in quotes if it is meant as a text" : remedy);
  if (node.text().empty()) return mismatch(node, what, "a text that is not empty", remedy);
  return Word{node.text(), node.place()};
}

std::optional<Word> Reader::name(const Node& node, std::string_view what) const {
  auto out = text(node, what);
  if (out && !check_name(out->text, out->place, what)) return {};
  return out;
}

std::optional<bool> Reader::boolean(const Node& node, std::string_view what) const {
  if (node.is(Node::Kind::boolean)) return node.boolean();
  return mismatch(node, what, "true or false");
}

std::optional<std::int64_t> Reader::integer(const Node& node, std::string_view what,
                                            std::int64_t least, std::int64_t most) const {
  const auto value = node.whole();
  if (!value || *value < least || *value > most) return mismatch(node, what, range(least, most));
  return value;
}

std::optional<double> Reader::real(const Node& node, std::string_view what) const {
  if (!node.is_number() || !is_finite_float(node.real()))
    return mismatch(node, what, a_number(node));
  return node.real();
}

std::optional<Integer> Reader::count(const Node& node, std::string_view what,
                                     std::int64_t least) const {
  Integer out;
  out.least = least;
  out.what = what;
  out.place = node.place();
  if (node.is(Node::Kind::deferred) && node.deferred().formula()) {
    out.formula = *node.deferred().formula();
    return out;
  }
  const auto value = integer(node, what, least);
  if (!value) return {};
  if (*value > kMostCounted) return mismatch(node, what, range(least, kMostCounted));
  out.fixed = *value;
  return out;
}

std::optional<Real> Reader::number(const Node& node, std::string_view what, bool positive) const {
  Real out;
  out.least = positive ? 0 : -std::numeric_limits<double>::infinity();
  out.above = positive;
  out.what = what;
  out.place = node.place();
  if (node.is(Node::Kind::deferred) && node.deferred().formula()) {
    out.formula = *node.deferred().formula();
    return out;
  }
  if (!node.is_number() || !is_finite_float(node.real()) ||
      (positive && static_cast<float>(node.real()) <= 0))
    return mismatch(node, what, positive ? a_number(node) + " > 0" : a_number(node));
  out.fixed = node.real();
  return out;
}

std::optional<Word> Reader::known(const Node& node, std::string_view kind,
                                  const std::vector<std::string>& names) const {
  if (!node.is(Node::Kind::text))
    return mismatch(node, fmt::format("this {}", kind), "the name of one");
  if (std::ranges::find(names, node.text()) != names.end()) return Word{node.text(), node.place()};
  const std::string section = kind == "process" ? "processes" : "data";
  std::string remedy = did_you_mean(node.text(), names);
  if (nearest(node.text(), names).empty() && kind == "process" &&
      (node.text() == "reset" || node.text() == "advance_state" || node.text() == "evolve"))
    remedy = fmt::format("a command is declared too: `processes: {{{0}: {{command: {0}}}}}`",
                         node.text());
  if (remedy.empty()) remedy = fmt::format("declare it under `{}`", section);
  error(node.place(), fmt::format("there is no {} '{}'", kind, node.text()), remedy);
  return {};
}

std::optional<std::string> Reader::one_of(const Node& node, std::string_view what,
                                          const std::vector<std::string>& words) const {
  if (node.is(Node::Kind::text) && std::ranges::find(words, node.text()) != words.end())
    return node.text();
  const bool near = node.is(Node::Kind::text) && !nearest(node.text(), words).empty();
  return mismatch(node, what, fmt::format("{}", fmt::join(words, " or ")),
                  near ? did_you_mean(node.text(), words) : "");
}

bool Reader::check_name(const std::string& name, const Place& place, std::string_view kind) const {
  if (is_name(name)) return true;
  error(place, fmt::format("'{}' cannot be the name of a {}", name, kind),
        "names have letters, digits and _, and do not begin with a digit");
  return false;
}

void Reader::check_keys(const Node& mapping, std::string_view what,
                        const std::vector<std::string>& known) const {
  for (const Node::Entry& entry : mapping.entries())
    if (std::ranges::find(known, entry.key) == known.end())
      error(entry.place, fmt::format("unknown key '{}' in {}", entry.key, what),
            did_you_mean(entry.key, known));
}

}  // namespace plexus::model::detail
