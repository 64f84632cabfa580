#pragma once

// Loops that run a text over all synapses. `Text::at(k, switches…, outer products…, values of
// W_ij…)`.

#include <array>
#include <cmath>
#include <cstdint>

#include "plexus/core/kernels/active.h"
#include "plexus/core/kernels/arguments.h"
#include "plexus/core/kernels/compiled.h"
#include "plexus/core/kernels/outer_tile.h"
#include "plexus/core/kernels/product.h"

namespace plexus::detail {

/// Makes a factor's values where they are not the compartment's own.
[[gnu::always_inline]] inline void prepare_factor(const BoundFactor& f) {
  if (f.values == f.source) return;
  for (std::int64_t i = 0; i < f.size; ++i) f.values[i] = f.source[i] * f.scale + f.shift;
}

[[gnu::always_inline]] inline void prepare_factors(const Call& call) {
  for (const BoundOuter& outer : call.outers) {
    prepare_factor(outer.pre);
    prepare_factor(outer.post);
  }
}

/// A text with kOuters outer products.
template <class Text, class K, int kOuters, class A, auto... S>
struct Synapses;
template <class Text, class K, int kOuters, Access... A, auto... S>
struct Synapses<Text, K, kOuters, Accesses<A...>, S...> {
  static constexpr std::size_t kArguments = sizeof...(A);
  static constexpr auto kIndices = std::make_index_sequence<kArguments>{};
  static constexpr auto kOuterIndices =
      std::make_index_sequence<static_cast<std::size_t>(kOuters)>{};
  using Values = std::array<const float*, static_cast<std::size_t>(kOuters)>;
  using Row = std::array<float, static_cast<std::size_t>(kOuters)>;

  template <std::size_t... O>
  [[gnu::always_inline]] static Values posts(const Call& call, std::index_sequence<O...>) {
    return {call.outers[O].post.values...};
  }
  template <std::size_t... O>
  [[gnu::always_inline]] static Values pres(const Call& call, std::index_sequence<O...>) {
    return {call.outers[O].pre.values...};
  }
  template <std::size_t... O>
  [[gnu::always_inline]] static Row row(const Values& x, std::int64_t i,
                                        std::index_sequence<O...>) {
    return {x[O][i]...};
  }

  /// Synapse (i, j) of one sample; p: row i of the arguments.
  template <std::size_t... O>
  [[gnu::always_inline]] static void at(const K& k, float* const* p, const Row& x, const Values& y,
                                        std::int64_t j, std::index_sequence<O...>) {
    at_unit<Text, S...>(k, Accesses<A...>{}, kIndices, p, j, (x[O] * y[O][j])...);
  }

  /// Row i of one sample.
  [[gnu::always_inline]] static void run_row(const Call& call, const K& k, const Values& x,
                                             const Values& y, std::int64_t i) {
    float* p[kArguments];
    row_of<kArguments>(call, i, p);
    const Row own = row(x, i, kOuterIndices);
    PLEXUS_VECTORISE
    for (std::int64_t j = 0; j < call.cols; ++j) at(k, p, own, y, j, kOuterIndices);
  }
};

/// Every row in turn.
template <class Text, class K, int kOuters, class A, auto... S>
struct SynapseLoop {
  using Of = Synapses<Text, K, kOuters, A, S...>;

  [[gnu::always_inline]] static void run(const Call& call, const Step& step) {
    const K k = constants_of<K>(call, step);
    spread_scalars(call);
    prepare_factors(call);
    if (call.batch == 1) {
      const auto x = Of::pres(call, Of::kOuterIndices), y = Of::posts(call, Of::kOuterIndices);
      for (std::int64_t i = call.first; i < call.rows_end(); ++i) Of::run_row(call, k, x, y, i);
    } else {
      run_batch(call, k, Of::kOuterIndices);
    }
  }

 private:
  /// Tile by tile: the sums over the batch first, then the text.
  template <std::size_t... O>
  [[gnu::always_inline]] static void run_batch(const Call& call, const K& k,
                                               std::index_sequence<O...>) {
    float* const panels[] = {
        (call.scratch +
         static_cast<std::int64_t>(O) * outer_scratch(call.batch, call.pre, call.cols))...};
    (pack(call, call.outers[O], panels[O]), ...);
    for (std::int64_t i = call.first; i < call.rows_end(); i += kOuterRows)
      for (std::int64_t j = 0; j < call.cols; j += kOuterCols) {
        const std::int64_t rows = std::min(kOuterRows, call.rows_end() - i);
        const std::int64_t cols = std::min(kOuterCols, call.cols - j);
        (sum_tile(call, panels[O], i, j, rows, cols), ...);
        for (std::int64_t r = 0; r < rows; ++r) {
          float* p[Of::kArguments];
          row_of<Of::kArguments>(call, i + r, p);
          const float* const sums[] = {(panels[O] + r * kOuterCols)...};
          PLEXUS_VECTORISE
          for (std::int64_t c = 0; c < cols; ++c)
            at_unit<Text, S...>(k, A{}, Of::kIndices, p, j + c, sums[O][c]...);
        }
      }
  }

  /// The tile, then x and y in panels.
  [[gnu::always_inline]] static void pack(const Call& call, const BoundOuter& outer, float* to) {
    float* const x = to + kOuterRows * kOuterCols;
    pack_panels(outer.pre.values, call.batch, call.pre, kOuterRows, x);
    pack_panels(outer.post.values, call.batch, call.cols, kOuterCols,
                x + packed_size(call.batch, call.pre, kOuterRows));
  }

  [[gnu::always_inline]] static void sum_tile(const Call& call, float* panel, std::int64_t i,
                                              std::int64_t j, std::int64_t rows,
                                              std::int64_t cols) {
    const float* const x = panel + kOuterRows * kOuterCols;
    const float* const y = x + packed_size(call.batch, call.pre, kOuterRows);
    call.sum_tile({.x = x + i * call.batch,
                   .x_stride = kOuterRows,
                   .y = y + j * call.batch,
                   .y_stride = kOuterCols,
                   .batch = call.batch,
                   .rows = rows,
                   .cols = cols,
                   .sums = panel});
  }
};

/// Rows whose pre-synaptic unit spikes, and in the others the columns whose post-synaptic unit
/// does. Exact where the text leaves a synapse as it is if all its products are 0.
template <class Text, class K, int kOuters, class A, auto... S>
struct ActiveLoop {
  using Of = Synapses<Text, K, kOuters, A, S...>;

  [[gnu::always_inline]] static void run(const Call& call, const Step& step) {
    const K k = constants_of<K>(call, step);
    spread_scalars(call);
    prepare_factors(call);
    const auto x = Of::pres(call, Of::kOuterIndices), y = Of::posts(call, Of::kOuterIndices);
    const std::int64_t rows = call.active_rows != nullptr ? call.active_rows->count : 0;
    for (std::int64_t r = 0; r < rows; ++r) Of::run_row(call, k, x, y, call.active_rows->units[r]);

    const std::int64_t cols = call.active_cols != nullptr ? call.active_cols->count : 0;
    if (cols == 0) return;
    std::int64_t done = 0;  // rows of the list that are passed
    for (std::int64_t i = 0; i < call.pre; ++i) {
      if (done < rows && call.active_rows->units[done] == i) {
        ++done;
        continue;
      }
      float* p[Of::kArguments];
      row_of<Of::kArguments>(call, i, p);
      const auto own = Of::row(x, i, Of::kOuterIndices);
      for (std::int64_t c = 0; c < cols; ++c)
        Of::at(k, p, own, y, call.active_cols->units[c], Of::kOuterIndices);
    }
  }
};

/// The update of W, and with each row just updated the product y = x W of the step to come: W is
/// read and written once. For a text that updates W and writes nothing else, and for one sample.
template <class Text, class K, int kOuters, class A, auto... S>
struct MergedLoop;
template <class Text, class K, int kOuters, Access... A, auto... S>
struct MergedLoop<Text, K, kOuters, Accesses<A...>, S...> {
  using Of = Synapses<Text, K, kOuters, Accesses<A...>, S...>;
  static constexpr std::size_t kRows = 8;

  static constexpr std::size_t index_of_weights() {
    constexpr Access all[] = {A...};
    std::size_t a = 0;
    while (a < sizeof...(A) && all[a] != Access::update) ++a;
    return a;
  }
  static constexpr std::size_t kWeights = index_of_weights();
  static constexpr bool possible =
      (0 + ... + (is_stored(A) ? 1 : 0)) == 1 && kWeights < sizeof...(A);

  [[gnu::always_inline]] static void run(const Call& call, const Step& step) {
    const K k = constants_of<K>(call, step);
    spread_scalars(call);
    prepare_factors(call);
    const auto x = Of::pres(call, Of::kOuterIndices), y = Of::posts(call, Of::kOuterIndices);
    for (std::int64_t chunk = call.first; chunk < call.rows_end(); chunk += kRowChunk) {
      float* const sum = chunk == call.first ? call.product_y : call.scratch;
      std::fill_n(sum, call.cols, 0.0F);
      const std::int64_t end = std::min(chunk + kRowChunk, call.rows_end());
      std::int64_t i = chunk;
      for (; i + static_cast<std::int64_t>(kRows) <= end; i += kRows)
        strip(call, k, x, y, i, sum, std::make_index_sequence<kRows>{});
      for (; i < end; ++i) strip(call, k, x, y, i, sum, std::make_index_sequence<1>{});
      if (chunk != call.first)
        for (std::int64_t j = 0; j < call.cols; ++j) call.product_y[j] += sum[j];
    }
    for (std::int64_t j = 0; j < call.cols; ++j) call.product_y[j] += 0.0F;  // no -0
  }

 private:
  using Pointers = std::array<float*, sizeof...(A)>;
  using Loaded = std::array<float, sizeof...(A)>;

  template <std::size_t... I>
  [[gnu::always_inline]] static Pointers pointers(const Call& call, std::int64_t i,
                                                  std::index_sequence<I...>) {
    return {(call.arguments[I] + i * call.row_strides[I])...};
  }
  template <std::size_t... I>
  [[gnu::always_inline]] static Loaded load(const Pointers& p, std::int64_t j,
                                            std::index_sequence<I...>) {
    return {(is_input(A) ? p[I][j] : 0.0F)...};
  }
  template <std::size_t... I, std::size_t... O>
  [[gnu::always_inline]] static void apply(const K& k, const typename Of::Row& x,
                                           const typename Of::Values& y, std::int64_t j, Loaded& v,
                                           std::index_sequence<I...>, std::index_sequence<O...>) {
    Text::at(k, std::integral_constant<decltype(S), S>{}..., (x[O] * y[O][j])...,
             as_argument<A>(v[I])...);
  }
  template <std::size_t... I>
  [[gnu::always_inline]] static void store(const Pointers& p, std::int64_t j, const Loaded& v,
                                           std::index_sequence<I...>) {
    ((is_stored(A) ? void(p[I][j] = v[I]) : void()), ...);
  }

  /// Rows i, i + 1, …: all are loaded before any is stored.
  template <std::size_t... R>
  [[gnu::always_inline]] static void strip(const Call& call, const K& k,
                                           const typename Of::Values& x,
                                           const typename Of::Values& y, std::int64_t i, float* sum,
                                           std::index_sequence<R...>) {
    const Pointers p[] = {pointers(call, i + static_cast<std::int64_t>(R), Of::kIndices)...};
    const typename Of::Row own[] = {
        Of::row(x, i + static_cast<std::int64_t>(R), Of::kOuterIndices)...};
    const float next[] = {call.product_x[i + static_cast<std::int64_t>(R)]...};
    PLEXUS_VECTORISE
    for (std::int64_t j = 0; j < call.cols; ++j) {
      Loaded v[] = {load(p[R], j, Of::kIndices)...};
      float acc = sum[j];
      (apply(k, own[R], y, j, v[R], Of::kIndices, Of::kOuterIndices), ...);
      ((acc = __builtin_fmaf(next[R], v[R][kWeights], acc)), ...);
      (store(p[R], j, v[R], Of::kIndices), ...);
      sum[j] = acc;
    }
  }
};

}  // namespace plexus::detail
