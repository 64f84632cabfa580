#include "plexus/core/kernels/active.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace plexus::detail {
namespace {

/// No branch: whether a unit is active cannot be foretold.
std::int64_t list_from(std::int64_t i, const float* x, std::int64_t n, std::uint32_t* units,
                       std::int64_t count) noexcept {
  for (; i < n; ++i) {
    units[count] = static_cast<std::uint32_t>(i);
    count += x[i] != 0 ? 1 : 0;
  }
  return count;
}

std::int64_t list_baseline(const float* x, std::int64_t n, std::uint32_t* units) noexcept {
  return list_from(0, x, n, units, 0);
}

#if defined(__x86_64__)

/// For each mask of eight lanes, the numbers of its set lanes, a byte each.
constexpr auto kLanesOfMask = [] {
  std::array<std::uint64_t, 256> table{};
  for (std::uint64_t mask = 0; mask < 256; ++mask) {
    int place = 0;
    for (std::uint64_t lane = 0; lane < 8; ++lane)
      if ((mask >> lane & 1U) != 0) table[mask] |= lane << (8 * place++);
  }
  return table;
}();

/// Which of eight units from `x` on are active.
PLEXUS_TARGET_AVX2 [[gnu::always_inline]] inline std::uint32_t active_of_eight(const float* x) {
  const __m256 active = _mm256_cmp_ps(_mm256_loadu_ps(x), _mm256_setzero_ps(), _CMP_NEQ_UQ);
  return static_cast<std::uint32_t>(_mm256_movemask_ps(active));
}

/// Lists those of units i … i + 7. Returns the end of the list.
PLEXUS_TARGET_AVX2 [[gnu::always_inline]] inline std::uint32_t* list_eight(std::int64_t i,
                                                                           std::uint32_t mask,
                                                                           std::uint32_t* to) {
  const __m128i lanes = _mm_cvtsi64_si128(static_cast<long long>(kLanesOfMask[mask]));
  const __m256i first = _mm256_set1_epi32(static_cast<int>(i));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to),
                      _mm256_add_epi32(first, _mm256_cvtepu8_epi32(lanes)));
  return to + _mm_popcnt_u32(mask);
}

PLEXUS_TARGET_AVX2 std::int64_t list_avx2(const float* x, std::int64_t n,
                                          std::uint32_t* units) noexcept {
  std::uint32_t* to = units;
  std::int64_t i = 0;
  for (; i + 32 <= n; i += 32) {  // stretches without spikes are common, and passed over as one
    const std::uint32_t masks[] = {active_of_eight(x + i), active_of_eight(x + i + 8),
                                   active_of_eight(x + i + 16), active_of_eight(x + i + 24)};
    if ((masks[0] | masks[1] | masks[2] | masks[3]) == 0) continue;
    for (int v = 0; v < 4; ++v) to = list_eight(i + 8 * v, masks[v], to);
  }
  for (; i + 8 <= n; i += 8) to = list_eight(i, active_of_eight(x + i), to);
  return list_from(i, x, n, units, to - units);
}

PLEXUS_TARGET_AVX512 std::int64_t list_avx512(const float* x, std::int64_t n,
                                              std::uint32_t* units) noexcept {
  std::uint32_t* to = units;
  __m512i next = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  for (std::int64_t i = 0; i < n; i += 16) {
    const auto within = static_cast<__mmask16>(n - i >= 16 ? 0xFFFFU : (1U << (n - i)) - 1U);
    const __m512 values = _mm512_maskz_loadu_ps(within, x + i);
    const __mmask16 active = _mm512_cmp_ps_mask(values, _mm512_setzero_ps(), _CMP_NEQ_UQ);
    // To a register and stored whole: compressing into memory is many times slower.
    _mm512_storeu_si512(to, _mm512_maskz_compress_epi32(active, next));
    to += _mm_popcnt_u32(active);
    next = _mm512_add_epi32(next, _mm512_set1_epi32(16));
  }
  return to - units;
}

#endif

}  // namespace

ForEachSet<ListKernel> list_kernels() {
#if defined(__x86_64__)
  return {{&list_baseline, &list_avx2, &list_avx512}};
#else
  return {{&list_baseline, &list_baseline, &list_baseline}};
#endif
}

std::int64_t list_active(const float* x, std::int64_t n, std::uint32_t* units) noexcept {
  return list_kernels().best()(x, n, units);
}

}  // namespace plexus::detail
