#include "plexus/compilers/model/words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace plexus::model {
namespace {

bool digits_only(std::string_view text, std::string_view digits) {
  return !text.empty() && text.find_first_not_of(digits) == std::string_view::npos;
}

/// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool is_real(std::string_view text) {
  const auto skip_digits = [&] {
    const std::size_t n = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(n);
    return n;
  };
  const auto skip_one_of = [&](std::string_view any) {
    const bool found = !text.empty() && any.find(text.front()) != std::string_view::npos;
    if (found) text.remove_prefix(1);
    return found;
  };
  skip_one_of("+-");
  const std::size_t before = skip_digits();
  const std::size_t after = skip_one_of(".") ? skip_digits() : 0;
  if (before == 0 && after == 0) return false;
  if (skip_one_of("eE")) {
    skip_one_of("+-");
    if (skip_digits() == 0) return false;
  }
  return text.empty();
}

template <typename Names>
bool one_of(std::string_view text, const Names& names) {
  return std::ranges::find(names, text) != std::end(names);
}

constexpr std::array<std::string_view, 3> kTrue{"true", "True", "TRUE"};
constexpr std::array<std::string_view, 3> kFalse{"false", "False", "FALSE"};
constexpr std::array<std::string_view, 3> kInfinity{".inf", ".Inf", ".INF"};
constexpr std::array<std::string_view, 3> kNan{".nan", ".NaN", ".NAN"};

std::optional<Scalar> based_integer(std::string_view digits, int base) {
  std::int64_t value = 0;
  const auto [end, code] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (code != std::errc{} || end != digits.data() + digits.size()) return {};
  return value;
}

std::optional<Scalar> real(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code == std::errc::result_out_of_range) {
    const std::size_t e = text.find_first_of("eE");
    const bool tiny = e != std::string_view::npos && text.substr(e + 1).starts_with('-');
    if (tiny) return 0.0;
    return {};
  }
  return value;
}

}  // namespace

std::optional<Scalar> resolve_plain(std::string_view text) {
  if (one_of(text, kNullWords)) return Scalar{};
  if (one_of(text, kTrue)) return Scalar{true};
  if (one_of(text, kFalse)) return Scalar{false};
  if (one_of(text, kNan)) return Scalar{std::numeric_limits<double>::quiet_NaN()};
  const bool negative = text.starts_with('-');
  const std::string_view unsigned_text = negative || text.starts_with('+') ? text.substr(1) : text;
  constexpr double kInf = std::numeric_limits<double>::infinity();
  if (one_of(unsigned_text, kInfinity)) return Scalar{negative ? -kInf : kInf};
  if (text.starts_with("0x") && digits_only(text.substr(2), "0123456789abcdefABCDEF"))
    return based_integer(text.substr(2), 16);
  if (text.starts_with("0o") && digits_only(text.substr(2), "01234567"))
    return based_integer(text.substr(2), 8);
  if (digits_only(unsigned_text, "0123456789")) {
    const std::string_view digits = text.starts_with('+') ? unsigned_text : text;
    if (auto integer = based_integer(digits, 10)) return integer;
    return real(text);  // beyond 64 bits
  }
  if (is_real(text)) return real(text);
  return Scalar{std::string{text}};
}

bool is_name(std::string_view text) noexcept {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !text.empty() && letter(text.front()) &&
         std::ranges::all_of(text, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

}  // namespace plexus::model
