// The circuit of orientation.yaml, composed in C++: BCM cells become selective to the orientation
// of edges in natural images.
//
//     orientation DATA_FOLDER [PRESENTATIONS] [OUTPUT_FOLDER]

#include <filesystem>
#include <string>

#include <plexus/plexus.h>

using namespace plexus;

int main(int argc, char** argv) {
  const std::filesystem::path folder = argc > 1 ? argv[1] : "examples/data";
  const int presentations = argc > 2 ? std::stoi(argv[2]) : 20000;
  const std::filesystem::path output = argc > 3 ? argv[3] : "runs/orientation_cpp";
  const Tensor patches = read_array(folder / "natural/patches_13x13.npy");

  Context circuit("orientation", {.seed = 1});
  auto& lgn = circuit.add<RateCell>("lgn", {.n_units = 169, .tau_m = 0, .act_fx = "identity"});
  auto& W = circuit.add<BCMSynapse>("W", {.shape = {169, 25},
                                          .weight_init = init::uniform(-0.05, 0.05),
                                          .tau_w = 1000,
                                          .tau_theta = 100,
                                          .theta0 = 1});
  auto& L = circuit.add<StaticSynapse>(
      "L", {.shape = {25, 25}, .weight_init = init::constant(-0.1).hollow()});
  auto& cell = circuit.add<RateCell>("cell", {.n_units = 25, .tau_m = 0, .act_fx = "relu"});

  lgn.zF >> W.inputs;  // a wire: no copy, the input *is* the output's storage
  cell.zF >> L.inputs;
  W.outputs >> cell.j;
  L.outputs >> cell.j_td;
  lgn.zF >> W.pre;
  cell.zF >> W.post;

  auto& inhibit = circuit.process("inhibit") >> L.advance_state >> cell.advance_state;
  auto& present = circuit.process("present") >> L.reset >> lgn.advance_state >> W.advance_state >>
                  cell.advance_state >> inhibit >> inhibit >> inhibit >> W.evolve;
  auto& reset =
      circuit.command("reset");  // every component's reset, ordered by the dependency graph

  reset.run();
  Recording recording;
  recording.append("W.weights", W.weights.value());
  const Key shuffle =
      fold_in(fold_in(Key::from_seed(1), 0xFFFFFFFF), 0);  // as the model file shuffles
  for (const auto i : permutation(shuffle, static_cast<std::size_t>(presentations))) {
    lgn.j.set(patches.row(i), 0.0769230769F);
    present.run({.dt = 1});
  }
  recording.append("W.weights", W.weights.value());

  std::filesystem::create_directories(output);
  recording.save(output / "recording.npz");
  write_mosaic(output / "fields.png", W.weights.values(), 169, 25, {13, 13});
  fmt::print("{}\nreceptive fields: {}\n", W, (output / "fields.png").string());
}
