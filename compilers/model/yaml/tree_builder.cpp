#include "plexus/compilers/model/yaml/tree_builder.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/scalar_text.h"
#include "plexus/compilers/model/words.h"

namespace plexus::model::detail {
namespace {

constexpr std::size_t kDeepest = 64;           // nested lists and mappings
constexpr std::size_t kMostAliased = 100'000;  // values that stand in a file by alias only

}  // namespace

void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (documents_++ == 0) return;
  diagnostics_.error(place(mark), "a second YAML document starts here",
                     "a model is one document: remove the line `---`, or write two files");
  throw Stop{};
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const std::size_t at = content_start(mark);
  if (const std::size_t size = null_at(at); size > 0) {
    cursor_ = at + size;
    finish(Node{source_.place(at, size), Scalar{}, std::string{text_.substr(at, size)}}, anchor,
           true);
  } else {
    finish(Node{place_of_nothing(at), Scalar{}}, anchor, true);
  }
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
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

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
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

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                                  YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
  open(mark, tag, anchor, false, style == YAML::EmitterStyle::Flow);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value style) {
  open(mark, tag, anchor, true, style == YAML::EmitterStyle::Flow);
}

void TreeBuilder::open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       bool mapping, bool flow) {
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
  if (!fits_collection(tag, mapping)) {
    refuse_tag(here, tag);
    frame.valid = false;
  }
  if (frame.flow) cursor_ = at + 1;
  if (!mapping && !frame.flow) cursor_ = at;  // at its first dash
  frames_.push_back(std::move(frame));
  if (anchor != YAML::NullAnchor) anchors_[anchor] = {};
}

void TreeBuilder::close() {
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
void TreeBuilder::finish(Node node, YAML::anchor_t anchor, bool plain) {
  ++nodes_;
  if (anchor != YAML::NullAnchor) anchors_[anchor] = {node, true, 1, 0};
  place_node(std::move(node), plain);
}

void TreeBuilder::place_node(Node node, bool plain) {
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

}  // namespace plexus::model::detail
