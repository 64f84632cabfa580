// Wires.
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/reading/model_reader.h"

namespace plexus::model::detail {

void ModelReader::wires() {
  const Node* node = section("wires");
  if (!node ||
      !reader_.list(*node, "wires", "each wire is an entry of its own: `- lgn.zF >> W.inputs`"))
    return;
  for (const Node& item : node->items()) wire(item);
}

void ModelReader::wire(const Node& item) {
  static constexpr const char* kQuotes =
      "an expression with commas needs quotes here: {wire: \"Summation(a.z, b.z) >> c.j\", "
      "delayed: true}";
  bool delayed = false;
  const Node* text = &item;
  if (item.is(Kind::mapping)) {
    for (const Node::Entry& entry : item.entries()) {
      if (entry.key == "wire" || entry.key == "delayed") continue;
      if (entry.key.find(">>") != std::string::npos && item.find("wire")) {
        reader_.error(entry.place, "the expression is cut at a comma", kQuotes);
        return;
      }
      if (entry.key.find(">>") != std::string::npos) {
        reader_.error(entry.place, "this wire is a mapping",
                      "write it without braces and without a colon: `- lgn.zF >> W.inputs`");
        return;
      }
      reader_.error(entry.place, fmt::format("unknown key '{}' in a wire", entry.key),
                    did_you_mean(entry.key, std::vector<std::string>{"wire", "delayed"}));
    }
    if (const Node* flag = item.find("delayed"))
      delayed = reader_.boolean(*flag, "delayed").value_or(false);
    text = item.find("wire");
    if (!text) {
      reader_.error(item.place(), "this wire lacks the key 'wire'",
                    "write {wire: z2.s >> W1.inputs, delayed: true}");
      return;
    }
  }
  if (text->is(Kind::list) || (!text->is(Kind::text) && !text->is(Kind::invalid))) {
    reader_.mismatch(*text, "this wire", "a text",
                     "write `source >> destination`, e.g. `lgn.zF >> W.inputs`");
    return;
  }
  if (auto parsed = parse_wire(*text, scope_, reader_.diagnostics()))
    model_.wires.push_back(
        {text->place(), std::move(parsed->source), std::move(parsed->destination), delayed});
}

}  // namespace plexus::model::detail
