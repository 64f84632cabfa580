#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace plexus::math {

/// What lies around a map: zeros, so that the outputs are as many as the inputs (divided by the
/// stride, or times it); or nothing.
enum class Padding { same, valid };

/// SAME, VALID. Throws Error: config, for another word.
Padding padding(std::string_view name);

/// One axis of a convolution: which input each output sees through each tap of a filter.
struct TapTable {
  std::int64_t inputs = 0, outputs = 0, taps = 0;
  std::vector<std::int64_t> sources = {};  // (outputs, taps); kNone where there is no input

  static constexpr std::int64_t kNone = -1;

  [[nodiscard]] std::int64_t source(std::int64_t output, std::int64_t tap) const {
    return sources[static_cast<std::size_t>(output * taps + tap)];
  }
};

/// Output p sees input p stride + u − low through tap u. SAME pads by max((P − 1) stride + taps −
/// X, 0) zeros, of which `low`, half of them rounded down, lie before the X inputs, and P is
/// ⌈X / stride⌉. There may be no outputs at all.
TapTable convolution_taps(std::int64_t inputs, std::int64_t taps, std::int64_t stride,
                          Padding padding);

/// Output p sees input (p + u − low) / stride through tap u, if that is an integer: inputs with
/// stride − 1 zeros between them, and zeros around. The filter is not flipped.
/// SAME gives X stride outputs, VALID max(taps − stride, 0) more.
TapTable deconvolution_taps(std::int64_t inputs, std::int64_t taps, std::int64_t stride,
                            Padding padding);

/// Convolution, or deconvolution, of maps (B, height, width, channels) by filters K (rows, columns,
/// channels in, channels out), and its two adjoints. With S and T the sources of rows and columns:
///
///   y[b,p,q,o]  = Σ_uvc x[b, S(p,u), T(q,v), c] K[u,v,c,o]
///   dK[u,v,c,o] = Σ_bpq x[b, S(p,u), T(q,v), c] g[b,p,q,o]
///   dx[b,i,j,c] = Σ_pquvo g[b,p,q,o] K[u,v,c,o], where S(p,u) = i and T(q,v) = j
///
/// Sample by sample, by the products of core/kernels: one order of summation, whatever the
/// instruction set and the batch. Nothing is allocated after construction.
/// Threads: one at a time, as it has scratch.
class Convolution {
 public:
  Convolution(TapTable rows, TapTable cols, std::int64_t channels_in, std::int64_t channels_out);

  [[nodiscard]] const TapTable& rows() const noexcept { return rows_; }
  [[nodiscard]] const TapTable& cols() const noexcept { return cols_; }

  void transmit(std::span<const float> x, std::span<const float> K, std::span<float> y);
  /// dK, with x + shift for x: what lies around the map stays 0.
  void correlate(std::span<const float> x, float shift, std::span<const float> g,
                 std::span<float> dK);
  /// dx.
  void send_back(std::span<const float> g, std::span<const float> K, std::span<float> dx);

 private:
  [[nodiscard]] std::size_t x_size() const;
  [[nodiscard]] std::int64_t positions() const { return rows_.outputs * cols_.outputs; }
  [[nodiscard]] std::int64_t terms() const { return rows_.taps * cols_.taps * in_; }
  template <class Visit>
  void each_tap(Visit visit) const;
  void gather(const float* x, float shift);
  void scatter(float* dx) const;

  TapTable rows_, cols_;
  std::int64_t in_, out_;
  std::vector<float> patches_;  // (positions, terms): what one sample's outputs see
};

}  // namespace plexus::math
