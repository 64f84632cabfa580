#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plexus/compilers/model/reading/reader.h"
#include "plexus/compilers/model/syntax.h"

namespace plexus::model::detail {

/// Reads a model file section by section: parameters first, as all others may use them.
class ModelReader {
 public:
  ModelReader(ModelSyntax& model, const std::vector<Override>& overrides, Diagnostics& diagnostics,
              Role role)
      : model_(model), overrides_(overrides), reader_(diagnostics), role_(role) {}

  void run(const Node& root);

 private:
  using Kind = Node::Kind;
  using Steps = std::variant<Chain, Join, Command>;

  /// A section's value with parameters put in; nullptr if there is none, or nothing in it.
  const Node* section(std::string_view key);
  [[nodiscard]] const Place& key_place(std::string_view key) const;
  void version();
  void parameters();
  void parameter(const Node::Entry& entry);
  static bool same_sort(const Node& value, const Node& declared);
  static std::string_view sort(const Node& node);
  void heading();
  void defaults();
  void declarations();
  void component(const Node::Entry& entry);
  void context(const Node::Entry& entry);
  void wires();
  void wire(const Node& item);
  void processes();
  std::optional<Steps> process(const Node::Entry& entry);
  std::optional<Steps> join(const Node& list);
  std::optional<Steps> command(const Node& node, const Node& methods);
  void refuse_cycles();
  void data();
  void protocol();
  void watch();
  bool watched_before(const WatchSyntax& watch);
  void output();
  void mosaic(const Node::Entry& entry);
  void warn_of_what_is_ignored();

  ModelSyntax& model_;
  const std::vector<Override>& overrides_;
  Reader reader_;
  Role role_;
  const Node* root_ = nullptr;
  Scope scope_;
  std::map<std::string, Node, std::less<>> sections_;
  std::map<std::string, Place, std::less<>> declared_;
  std::vector<std::string> process_names_, data_names_;
  std::set<std::string, std::less<>> cyclic_;
};

}  // namespace plexus::model::detail
