// Where in the text the values of events stand.
#include <algorithm>

#include <yaml-cpp/mark.h>

#include "plexus/compilers/model/words.h"
#include "plexus/compilers/model/yaml/tree_builder.h"

namespace plexus::model::detail {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n';
}

}  // namespace

std::optional<Place> TreeBuilder::open_bracket() const {
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame)
    if (frame->flow) return frame->place;
  return {};
}

std::size_t TreeBuilder::skip_blanks(std::size_t at) const {
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

std::size_t TreeBuilder::offset(const YAML::Mark& mark) const {
  return source_.offset(mark.line, mark.column);
}

Place TreeBuilder::place(const YAML::Mark& mark) const {
  return source_.place(offset(mark));
}

/// Behind the anchor and tag of a value, where the value itself begins.
std::size_t TreeBuilder::content_start(const YAML::Mark& mark) const {
  std::size_t at = offset(mark);
  while (at < text_.size() && (text_[at] == '&' || text_[at] == '!')) {
    at = std::min(text_.find_first_of(text_[at] == '&' ? " \t\n,[]{}" : " \t\n", at), text_.size());
    at = skip_blanks(at);
  }
  return at;
}

/// The length of a written null at a byte; 0 if there is none (or it is a key).
std::size_t TreeBuilder::null_at(std::size_t at) const {
  for (const std::string_view name : kNullWords) {
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

bool TreeBuilder::expects_key() const {
  return !frames_.empty() && frames_.back().mapping && !frames_.back().has_key;
}

/// An empty value has the place of its key; an empty item that of its dash.
Place TreeBuilder::place_of_nothing(std::size_t at) {
  if (!frames_.empty() && frames_.back().mapping && frames_.back().has_key)
    return frames_.back().entries.back().place;
  const std::size_t next = skip_blanks(std::min(cursor_, text_.size()));
  if (next < text_.size() && text_[next] == '-') {
    cursor_ = next + 1;
    return source_.place(next);
  }
  return source_.place(at);
}

}  // namespace plexus::model::detail
