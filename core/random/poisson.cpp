#include "plexus/core/random/poisson.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <vector>

#include <fmt/core.h>

#include "plexus/core/error.h"
#include "plexus/core/random/draws.h"
#include "plexus/core/random/logarithm.h"

namespace plexus {
namespace {

constexpr float kFirstLargeRate = 10.0F;
constexpr float kGreatestRate = 1e9F;  // counts stay well inside int32

/// log Γ(x) in float32 for x >= 1/2: Lanczos' series with g = 7.
///
/// Lanczos (1964), SIAM J. Numer. Anal. B 1:86-96.
float log_gamma(float x) {
  constexpr std::array kCoefficients{676.520368121885099F,    -1259.13921672240287F,
                                     771.323428777653079F,    -176.615029162140599F,
                                     12.5073432786869048F,    -0.138571095265720117F,
                                     9.98436957801957086e-6F, 1.50563273514931156e-7F};
  const float z = x - 1.0F;
  float series = 1.0F;  // 0.99999999999980993 in float32
  float i = 1.0F;
  for (const float c : kCoefficients) {
    series += c / (z + i);
    i += 1.0F;
  }
  const float t = z + 7.5F;
  const float log_t = 2.014903020542265F + detail::log1p(z / 7.5F);
  const float r = ((z + 0.5F) - t / log_t) * log_t;
  return 0.9189385332046727F + r + detail::log(series);
}

/// Counts by multiplying uniforms until their product falls below exp(-rate).
///
/// Knuth (1969), The Art of Computer Programming, vol. 2. `rate_of(i)` is 0 for elements that are
/// not this method's.
template <class Rate>
void multiply_uniforms(Key key, std::span<std::int32_t> counts, const Rate& rate_of) {
  std::vector<float> log_product(counts.size(), 0.0F);
  std::ranges::fill(counts, -1);
  for (bool going = true; going;) {
    going = false;
    const auto [next, drawn] = split(key);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (!(log_product[i] > -rate_of(i))) continue;  // done, and no later factor can matter
      ++counts[i];
      log_product[i] += detail::log(uniform_at(drawn, i));
      going = true;
    }
    key = next;
  }
  // An element of rate 0 had no factor at all; its count is 0 as well.
  for (std::int32_t& count : counts) count = std::max(count, 0);
}

/// What Hörmann's method derives from a rate.
struct Envelope {
  float rate;
  float log_rate = detail::log(rate);
  float b = 0.931F + 2.53F * std::sqrt(rate);
  float a = -0.059F + 0.02483F * b;
  float inverse_alpha = 1.1239F + 1.1328F / (b - 3.4F);
  float squeeze = 0.9277F - 3.6224F / (b - 2.0F);

  explicit Envelope(float of_rate) : rate(of_rate) {}

  /// Whether the candidate count n made from (u, v) stands.
  [[nodiscard]] bool accepts(float n, float u_distance, float v) const {
    if (u_distance >= 0.07F && v <= squeeze) return true;
    if (n < 0 || (u_distance < 0.013F && v > u_distance)) return false;
    const float s = detail::log(v * inverse_alpha / (a / (u_distance * u_distance) + b));
    const float t = -rate + n * log_rate - log_gamma(n + 1.0F);
    return s <= t;
  }
};

/// Counts by transformed rejection: a ratio of uniforms under an envelope, with a squeeze.
///
/// Hörmann (1993), Insurance: Mathematics and Economics 12:39-45. `envelope_of(i)` belongs to
/// element i. All elements go on drawing until the last has accepted; the latest acceptance counts.
template <class Envelopes>
void transform_and_reject(Key key, std::span<float> counts, const Envelopes& envelope_of) {
  std::vector<bool> accepted(counts.size(), false);
  for (std::size_t missing = counts.size(); missing > 0;) {
    const Key u_key = split_at(key, 1);
    const Key v_key = split_at(key, 2);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const Envelope& e = envelope_of(i);
      const float u = uniform_at(u_key, i) - 0.5F;
      const float v = uniform_at(v_key, i);
      const float u_distance = 0.5F - std::abs(u);
      const float n = std::floor((2.0F * e.a / u_distance + e.b) * u + e.rate + 0.43F);
      if (!e.accepts(n, u_distance, v)) continue;
      counts[i] = n;
      if (!accepted[i]) --missing;
      accepted[i] = true;
    }
    key = split_at(key, 0);
  }
}

void check_rate(float rate) {
  if (rate >= 0 && rate <= kGreatestRate) return;
  throw Error(Error::Kind::config, {}, fmt::format("the rate of a Poisson draw is {}", rate),
              "rates are from 0 to 1e9");
}

}  // namespace

void fill_poisson(Key key, std::span<std::int32_t> out, float rate) {
  check_rate(rate);
  if (rate < kFirstLargeRate) {
    multiply_uniforms(key, out, [rate](std::size_t) { return rate; });
    return;
  }
  std::vector<float> counts(out.size());
  const Envelope envelope(rate);
  transform_and_reject(key, counts, [&](std::size_t) -> const Envelope& { return envelope; });
  std::ranges::transform(counts, out.begin(), [](float n) { return static_cast<std::int32_t>(n); });
}

void fill_poisson(Key key, std::span<std::int32_t> out, std::span<const float> rates) {
  assert(rates.size() == out.size() && "one rate for each count");
  std::ranges::for_each(rates, check_rate);
  multiply_uniforms(key, out,
                    [&](std::size_t i) { return rates[i] < kFirstLargeRate ? rates[i] : 0.0F; });
  const auto is_large = [](float rate) { return rate >= kFirstLargeRate; };
  if (std::ranges::none_of(rates, is_large)) return;

  // Small rates take part with the rate 1e5, as in JAX: they, too, can ask for another round.
  std::vector<Envelope> envelopes;
  envelopes.reserve(rates.size());
  for (const float rate : rates) envelopes.emplace_back(is_large(rate) ? rate : 1e5F);
  std::vector<float> counts(out.size());
  transform_and_reject(key, counts, [&](std::size_t i) -> const Envelope& { return envelopes[i]; });
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (is_large(rates[i])) out[i] = static_cast<std::int32_t>(counts[i]);
  }
}

}  // namespace plexus
