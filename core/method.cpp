#include "plexus/core/method.h"

#include <algorithm>

#include "plexus/core/component.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/process.h"

namespace plexus {

std::string Method::label() const {
  return owner_->label() + "." + name_;
}

void Method::append(const Takes& takes) {
  for (const Keyword& keyword : takes.keywords) {
    if (std::ranges::find(keywords_, keyword.name) != keywords_.end()) continue;
    keywords_.push_back(keyword.name);
    takes_.keywords.push_back(keyword);
  }
}

std::optional<float> Method::fallback(const std::string& keyword) const {
  const auto found = std::ranges::find(takes_.keywords, keyword, &Keyword::name);
  return found == takes_.keywords.end() ? std::nullopt : found->fallback;
}

void Method::append(const Extends& extends) {
  append(extends.method->takes_);
  append(extends.method->stages());
}

void Method::append(Stage stage) {
  if (stage.owner == nullptr) stage.owner = owner_;
  if (!stage.loops.full && stage.kind != Stage::Kind::clear)
    throw Error(
        Error::Kind::schedule, {.path = owner_->path()},
        label() + " has an equation without a kernel",
        "complete the text in the component's source, which includes plexus/core/kernels/text.h");
  stages_.push_back(std::move(stage));
}

void Method::append(const std::vector<Stage>& stages) {
  for (const Stage& stage : stages) append(stage);
}

void Method::enrol() {
  auto& methods = owner_->methods_;
  const auto inherited =
      std::ranges::find(methods, name_, [](const Method* m) { return m->name(); });
  if (inherited != methods.end())
    *inherited = this;
  else
    methods.push_back(this);
}

std::vector<Use> Method::uses() const {
  std::vector<Use> all;
  const auto note = [&](Compartment* c, Access access) {
    const bool writes = access != Access::read;
    const auto before = std::ranges::find(all, c, &Use::compartment);
    if (before == all.end()) {
      all.push_back({c, access == Access::look ? Access::write : access});
      return;
    }
    // Reading what this method wrote before is no read of an earlier value.
    if (writes && before->access == Access::read) before->access = Access::update;
    if (before->access == Access::clear && access != Access::clear) before->access = Access::write;
  };
  for (const Stage& stage : stages_) {
    for (const Outer& outer : stage.outers) {
      note(outer.pre.compartment, Access::read);
      note(outer.post.compartment, Access::read);
    }
    for (const Use& use : stage.uses)
      if (use.access == Access::read || use.access == Access::update)
        note(use.compartment, Access::read);
    for (const Use& use : stage.uses)
      if (use.access != Access::read)
        note(use.compartment, use.access == Access::update ? Access::write : use.access);
  }
  return all;
}

void Method::run(const Keywords& keywords) {
  Process alone(owner_->context(), label());
  alone.then(*this);
  alone.run(keywords);
}

}  // namespace plexus
