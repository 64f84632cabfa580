#include "plexus/compilers/model/node.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include <fmt/format.h>

#include "plexus/compilers/model/interpolation.h"
#include "plexus/compilers/model/scalar_text.h"

namespace plexus::model {

Node::Node(const Place& place, Scalar value, std::string written)
    : value_(std::move(value)), place_(place), written_(std::move(written)) {}
Node::Node(const Place& place, std::vector<Node> items) : value_(std::move(items)), place_(place) {}
Node::Node(const Place& place, std::vector<Entry> entries)
    : value_(std::move(entries)), place_(place) {}
Node::Node(const Place& place, std::shared_ptr<const Template> deferred)
    : value_(std::move(deferred)), place_(place) {}

Node Node::invalid(const Place& place) {
  Node node;
  node.place_ = place;
  node.value_ = Invalid{};
  return node;
}

Node::Kind Node::kind() const noexcept {
  switch (value_.index()) {
    case 0: return static_cast<Kind>(std::get<Scalar>(value_).index());
    case 1: return Kind::list;
    case 2: return Kind::mapping;
    case 3: return Kind::deferred;
    default: return Kind::invalid;
  }
}

const Scalar& Node::scalar() const {
  assert(is_scalar());
  return std::get<Scalar>(value_);
}

bool Node::boolean() const {
  return std::get<bool>(scalar());
}
std::int64_t Node::integer() const {
  return std::get<std::int64_t>(scalar());
}
double Node::real() const {
  return is(Kind::integer) ? static_cast<double>(integer()) : std::get<double>(scalar());
}
const std::string& Node::text() const {
  return std::get<std::string>(scalar());
}
const std::vector<Node>& Node::items() const {
  return std::get<List>(value_);
}
const std::vector<Node::Entry>& Node::entries() const {
  return std::get<Mapping>(value_);
}
const Template& Node::deferred() const {
  return *std::get<std::shared_ptr<const Template>>(value_);
}

std::optional<std::int64_t> Node::whole() const noexcept {
  if (is(Kind::integer)) return integer();
  if (!is(Kind::real)) return {};
  constexpr double kLimit = 9007199254740992.0;  // 2^53: beyond, a real names no single integer
  const double value = real();
  if (!(std::abs(value) <= kLimit) || value != std::trunc(value)) return {};
  return static_cast<std::int64_t>(value);
}

const Node::Entry* Node::entry(std::string_view key) const noexcept {
  if (!is(Kind::mapping)) return nullptr;
  const auto found = std::ranges::find(entries(), key, &Entry::key);
  return found == entries().end() ? nullptr : &*found;
}

const Node* Node::find(std::string_view key) const noexcept {
  const Entry* found = entry(key);
  return found ? &found->value : nullptr;
}

Node Node::at(std::int64_t turn) const {
  if (is(Kind::deferred)) return {place_, deferred().at(turn)};
  if (!has_deferred()) return *this;
  Node out = *this;
  if (is(Kind::list))
    for (Node& item : std::get<List>(out.value_)) item = item.at(turn);
  if (is(Kind::mapping))
    for (Entry& entry : std::get<Mapping>(out.value_)) entry.value = entry.value.at(turn);
  return out;
}

bool Node::has_deferred() const noexcept {
  if (is(Kind::list)) return std::ranges::any_of(items(), &Node::has_deferred);
  if (is(Kind::mapping))
    return std::ranges::any_of(entries(), [](const Entry& e) { return e.value.has_deferred(); });
  return is(Kind::deferred);
}

std::string Node::summary() const {
  switch (kind()) {
    case Kind::null: return "nothing";
    case Kind::boolean: return boolean() ? "true" : "false";
    case Kind::integer:
    case Kind::real:
      return written_.empty() || written_.front() == '$' ? format_scalar(scalar()) : written_;
    case Kind::text: {
      constexpr std::size_t kShown = 40;
      std::string shown = text().substr(0, kShown);
      while (!shown.empty() && shown.size() < text().size() &&
             (static_cast<unsigned char>(text()[shown.size()]) & 0xC0U) == 0x80U)
        shown.pop_back();  // never cut inside a character
      std::ranges::replace(shown, '\n', ' ');
      return fmt::format("'{}{}'", shown, shown.size() < text().size() ? "…" : "");
    }
    case Kind::list: return "a list";
    case Kind::mapping: return "a mapping";
    case Kind::deferred: return "a value that changes with the turn `i`";
    default: return "something wrong";
  }
}

Place Node::place_at(std::size_t offset, std::size_t length) const {
  if (!place_.known()) return place_;
  if (origin_) {
    if (offset >= origin_->size()) {  // behind the end: behind the last byte
      offset = origin_->empty() ? 0 : origin_->back() + 1;
    } else {
      const std::size_t last =
          std::min(offset + std::max<std::size_t>(length, 1), origin_->size()) - 1;
      length = (*origin_)[last] - (*origin_)[offset] + 1;
      offset = (*origin_)[offset];
    }
  }
  const std::string_view text = place_.source->text();
  const std::size_t begin = place_.source->offset(place_);
  const auto written = detail::locate(text, begin, written_);
  if (written.bytes.empty()) return place_;
  if (offset >= written.bytes.size()) return place_.source->place(written.bytes.back() + 1, 1);
  const std::size_t first = written.bytes[offset];
  const std::size_t last =
      written.bytes[std::min(offset + std::max<std::size_t>(length, 1), written.bytes.size()) - 1];
  return place_.source->place(first, last - first + 1);
}

void Node::set_origin(std::vector<std::uint32_t> origin) {
  origin_ = std::make_shared<const std::vector<std::uint32_t>>(std::move(origin));
}

}  // namespace plexus::model
