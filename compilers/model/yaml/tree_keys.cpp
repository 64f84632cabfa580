// Keys of mappings: what may be one, and the merge key <<.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/yaml/tree_builder.h"

namespace plexus::model::detail {

void TreeBuilder::add_key(Frame& frame, const Node& key, bool plain) {
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

const Node::Entry* TreeBuilder::find(const std::vector<Node::Entry>& entries,
                                     std::string_view key) {
  const auto found = std::ranges::find(entries, key, &Node::Entry::key);
  return found == entries.end() ? nullptr : &*found;
}

/// Puts the entries of `<<` in its place, as far as their keys are not given explicitly, and
/// leaves out what has no usable key or came before.
void TreeBuilder::merge(Frame& frame) {
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
        for (std::size_t j = k + 1; j < frame.entries.size() && !given; ++j) given = explicitly(j);
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

}  // namespace plexus::model::detail
