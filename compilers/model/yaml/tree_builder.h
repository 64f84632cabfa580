#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <yaml-cpp/eventhandler.h>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/node.h"

namespace plexus::model::detail {

/// Thrown through yaml-cpp where reading on makes no sense; the problem was reported.
struct Stop {};

/// Builds our tree from yaml-cpp's events.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Source& source, std::string_view text, Diagnostics& diagnostics)
      : source_(source), text_(text), diagnostics_(diagnostics) {}

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

  /// The whole document; nothing if it is empty.
  [[nodiscard]] std::optional<Node> take() { return std::move(root_); }
  /// Where the innermost open [ or { stands.
  [[nodiscard]] std::optional<Place> open_bracket() const;
  /// Behind the last token that was read.
  [[nodiscard]] std::size_t cursor() const noexcept { return cursor_; }
  [[nodiscard]] std::size_t last_scalar() const noexcept { return last_scalar_; }
  [[nodiscard]] std::size_t skip_blanks(std::size_t at) const;

 private:
  struct Frame {  // an open list or mapping
    Place place;
    YAML::anchor_t anchor = YAML::NullAnchor;
    bool mapping = false, flow = false, valid = true;
    std::size_t nodes_before = 0, depth = 1;
    std::vector<Node> items;
    std::vector<Node::Entry> entries;
    std::vector<bool> merge;                     // of each entry: its key is a plain <<
    std::unordered_map<std::string, int> lines;  // of keys, where each came first
    bool has_key = false;
  };
  struct Anchor {
    Node node;
    bool complete = false;
    std::size_t nodes = 0, depth = 0;
  };

  [[nodiscard]] std::size_t offset(const YAML::Mark& mark) const;
  [[nodiscard]] Place place(const YAML::Mark& mark) const;
  [[nodiscard]] std::size_t content_start(const YAML::Mark& mark) const;
  [[nodiscard]] std::size_t null_at(std::size_t at) const;
  [[nodiscard]] bool expects_key() const;
  [[nodiscard]] Place place_of_nothing(std::size_t at);
  Node tagged(const Place& here, const std::string& tag, const std::string& value);
  static bool fits_collection(const std::string& tag, bool mapping);
  void refuse_tag(const Place& here, const std::string& tag);
  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, bool mapping,
            bool flow);
  void close();
  void finish(Node node, YAML::anchor_t anchor, bool plain);
  void place_node(Node node, bool plain);
  void add_key(Frame& frame, const Node& key, bool plain);
  /// Puts the entries of `<<` in its place, as far as their keys are not given explicitly, and
  /// leaves out what has no usable key or came before.
  void merge(Frame& frame);
  void take_merged(const Node::Entry& from, const std::set<std::string>& own,
                   std::set<std::string>& taken, std::vector<Node::Entry>& out);

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

}  // namespace plexus::model::detail
