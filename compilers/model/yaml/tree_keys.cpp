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
  const auto [first, is_new] = frame.lines.try_emplace(text, key.place().line);
  if (!is_new && !text.empty())
    diagnostics_.error(
        key.place(), fmt::format("the key '{}' comes twice, first in line {}", text, first->second),
        is_merge ? "merge several mappings by a list: <<: [*a, *b]" : "keep one of the two");
  frame.entries.push_back({std::move(text), key.place(), Node{}});
  frame.merge.push_back(is_merge);
}

void TreeBuilder::merge(Frame& frame) {
  const bool merges = std::ranges::find(frame.merge, true) != frame.merge.end();
  if (!merges && frame.lines.size() == frame.entries.size() && !frame.lines.contains("")) return;
  std::set<std::string> own, taken;
  for (std::size_t k = 0; k < frame.entries.size(); ++k)
    if (!frame.merge[k]) own.insert(frame.entries[k].key);
  std::vector<Node::Entry> out;
  for (std::size_t k = 0; k < frame.entries.size(); ++k) {
    Node::Entry& entry = frame.entries[k];
    if (entry.key.empty()) continue;
    if (frame.merge[k])
      take_merged(entry, own, taken, out);
    else if (taken.insert(entry.key).second)
      out.push_back(std::move(entry));
  }
  frame.entries = std::move(out);
}

void TreeBuilder::take_merged(const Node::Entry& from, const std::set<std::string>& own,
                              std::set<std::string>& taken, std::vector<Node::Entry>& out) {
  const auto take = [&](const Node& mapping) {
    if (mapping.is(Node::Kind::invalid)) return;
    if (!mapping.is(Node::Kind::mapping)) {
      diagnostics_.error(from.place,
                         fmt::format("<< merges mappings, but here is {}", mapping.summary()),
                         "write <<: *name, where another mapping has the anchor &name");
      return;
    }
    for (const Node::Entry& merged : mapping.entries())
      if (!own.contains(merged.key) && taken.insert(merged.key).second) out.push_back(merged);
  };
  if (from.value.is(Node::Kind::list))
    std::ranges::for_each(from.value.items(), take);
  else
    take(from.value);
}

}  // namespace plexus::model::detail
