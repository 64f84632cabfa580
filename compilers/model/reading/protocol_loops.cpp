// Loops.
#include <algorithm>

#include <fmt/format.h>

#include "plexus/compilers/model/reading/protocol_reader.h"

namespace plexus::model::detail {

std::vector<Statement> ProtocolReader::body(const Node& node, const Node::Entry& owner, bool loop) {
  const Node* list = node.find("do");
  if (!list) {
    reader_.error(owner.place, fmt::format("this '{}' lacks the key 'do'", owner.key),
                  "add `do:` with a list of statements");
    return {};
  }
  const bool outer = scope_.in_loop;
  scope_.in_loop = outer || loop;
  auto out = statements(*list, "do");
  scope_.in_loop = outer;
  return out;
}

For ProtocolReader::for_each(const Node& node) {
  const Node::Entry& entry = *node.entry("for");
  For out;
  out.batch.fixed = out.epochs.fixed = 1;
  out.batch.what = "batch";
  out.epochs.what = "epochs";
  bool good = true;
  const auto add = [&](const Node& name) {
    const auto data = reader_.known(name, "data", data_);
    good = good && data;
    if (!data) return;
    if (std::ranges::find(out.data, data->text, &Word::text) != out.data.end())
      reader_.error(data->place, fmt::format("'{}' comes twice in this 'for'", data->text),
                    "name each data once");
    out.data.push_back(*data);
  };
  const Node names = value(entry);
  if (names.is(Node::Kind::list)) {
    if (names.items().empty())
      reader_.mismatch(names, "for", "the name of data, or several"), good = false;
    std::ranges::for_each(names.items(), add);
  } else {
    add(names);
  }
  const auto read = [&](const char* key, auto&& take) {
    if (const Node::Entry* found = node.entry(key)) take(value(*found));
  };
  read("batch", [&](const Node& n) {
    const auto batch = reader_.count(n, "batch", 1);
    good = good && batch;
    if (batch) out.batch = *batch;
  });
  read("epochs", [&](const Node& n) {
    const auto epochs = reader_.count(n, "epochs", 0);
    good = good && epochs;
    if (epochs) out.epochs = *epochs;
  });
  read("limit", [&](const Node& n) {
    out.limit = reader_.count(n, "limit", 0);
    good = good && out.limit;
  });
  read("shuffle",
       [&](const Node& n) { out.shuffle = reader_.boolean(n, "shuffle").value_or(false); });
  read("remainder", [&](const Node& n) {
    const auto word = reader_.one_of(n, "remainder", {"drop", "fill"});
    good = good && word;
    out.remainder = word == "fill" ? For::Remainder::fill : For::Remainder::drop;
    out.remainder_place = n.place();
  });
  out.body = body(node, entry, true);
  out.broken = !good;
  return out;
}

Repeat ProtocolReader::repeat(const Node& node) {
  const Node::Entry& entry = *node.entry("repeat");
  const auto times = reader_.count(value(entry), "repeat", 0);
  return {times.value_or(Integer{}), body(node, entry, true), !times};
}

Every ProtocolReader::every(const Node& node) {
  const Node::Entry& entry = *node.entry("every");
  const bool in_loop = scope_.in_loop;
  if (!in_loop)
    reader_.error(entry.place, "'every' stands outside of any loop",
                  "put it below the `do` of a for or a repeat, whose turns it counts");
  const auto turns = reader_.count(value(entry), "every", 1);
  return {turns.value_or(Integer{}), body(node, entry, false), !turns || !in_loop};
}

}  // namespace plexus::model::detail
