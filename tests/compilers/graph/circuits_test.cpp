// Three circuits of the reference's museum: their dependencies (A1), and when their chains see what
// (A3).

#include <gmock/gmock.h>

#include "plexus/compilers/graph/dependency_graph.h"
#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/model.h"
#include "plexus/plexus.h"

namespace plexus {
namespace {

using testing::UnorderedElementsAre;

class MuseumCircuit : public testing::Test {
 protected:
  void load(const std::string& name) {
    model::Diagnostics diagnostics;
    model_ = model::load_model(PLEXUS_SOURCE_DIR "/tests/golden/circuits/" + name + ".yaml",
                               {.read_data = false}, diagnostics);
    ASSERT_NE(model_, nullptr) << diagnostics.print();
    EXPECT_EQ(diagnostics.print(), "");
  }

  /// "from -> compartment -> to" of every dependency among the calls of a process, but for resets.
  std::vector<std::string> edges(const std::string& process) {
    Process* const found = model_->context().find_process(process);
    EXPECT_NE(found, nullptr) << process;
    if (found == nullptr) return {};
    const auto& order = found->plan().order;
    std::vector<const Method*> calls;  // each once
    for (const Method* m : order)
      if (m->name() != "reset" && std::ranges::find(calls, m) == calls.end()) calls.push_back(m);
    const DependencyGraph graph = dependency_graph(calls, process);
    std::vector<std::string> all;
    for (const Dependency& e : graph.edges)
      all.push_back(graph.calls[e.from]->label() + " -> " + e.written->label() + " -> " +
                    graph.calls[e.to]->label());
    return all;
  }

  /// Of an explanation, what is said of wires and of outputs.
  std::string lint(const std::string& process) {
    const std::string text = model_->context().find_process(process)->explain();
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at) + 1;
      const std::string line = text.substr(at, end - at);
      at = end;
      if (line.find(" <- ") != std::string::npos ||
          line.find("read by no call") != std::string::npos)
        kept += line.substr(line.find_first_not_of(' '));
    }
    return kept;
  }

  std::unique_ptr<model::Model> model_;
};

TEST_F(MuseumCircuit, OfBcmCellsHasTheseDependencies) {
  load("bcm_orientation_short");

  EXPECT_THAT(edges("present"),
              UnorderedElementsAre("lgn.advance_state -> lgn.zF -> W.advance_state",
                                   "W.advance_state -> W.outputs -> cell.advance_state",
                                   "lgn.advance_state -> lgn.zF -> W.evolve",
                                   "cell.advance_state -> cell.zF -> W.evolve",
                                   "W.evolve -> W.weights -> W.advance_state",
                                   "cell.advance_state -> cell.zF -> L.advance_state",
                                   "L.advance_state -> L.outputs -> cell.advance_state"));
}

TEST_F(MuseumCircuit, OfDiehlAndCookHasTheseDependencies) {
  load("diehl_cook_digits_short");

  EXPECT_THAT(edges("forward"),
              UnorderedElementsAre("z0.advance_state -> z0.outputs -> W1.advance_state",
                                   "z1i.advance_state -> z1i.s -> W1ie.advance_state",
                                   "z1e.advance_state -> z1e.s -> W1ei.advance_state",
                                   "W1.advance_state -> W1.outputs -> z1e.advance_state",
                                   "W1ie.advance_state -> W1ie.outputs -> z1e.advance_state",
                                   "W1ei.advance_state -> W1ei.outputs -> z1i.advance_state",
                                   "z0.advance_state -> z0.outputs -> tr0.advance_state",
                                   "z1e.advance_state -> z1e.s -> tr1.advance_state",
                                   "z1e.advance_state -> z1e.s -> spikes.advance_state",
                                   "tr0.advance_state -> tr0.trace -> W1.evolve",
                                   "z0.advance_state -> z0.outputs -> W1.evolve",
                                   "tr1.advance_state -> tr1.trace -> W1.evolve",
                                   "z1e.advance_state -> z1e.s -> W1.evolve",
                                   "W1.evolve -> W1.weights -> W1.advance_state"));
}

TEST_F(MuseumCircuit, OfDiehlAndCookSeesItsSpikesInTheNextStep) {
  load("diehl_cook_digits_short");

  EXPECT_EQ(lint("advance"),
            "W1.inputs <- z0.outputs   (one step late: written further down)\n"
            "W1ie.inputs <- z1i.s   (one step late: written further down)\n"
            "W1ei.inputs <- z1e.s   (one step late: written further down)\n"
            "z1e.j <- W1.outputs + W1ie.outputs   (this step)\n"
            "z1i.j <- W1ei.outputs   (this step)\n"
            "tr0.inputs <- z0.outputs   (this step)\n"
            "tr1.inputs <- z1e.s   (this step)\n"
            "spikes.inputs <- z1e.s   (this step)\n"
            "written, and read by no call: W1.delayed_inputs, W1ie.delayed_inputs, "
            "W1ei.delayed_inputs, z1e.s_raw, z1e.v_thr, z1e.surrogate, z1i.s_raw, z1i.v_thr, "
            "z1i.surrogate, tr0.outputs, tr1.outputs, spikes.outputs\n");
}

TEST_F(MuseumCircuit, OfPredictiveCodingActsOnItsErrorsInTheNextStep) {
  load("pcn_digits_short");

  EXPECT_EQ(lint("advance"),
            "E2.inputs <- e2.dmu   (one step late: written further down)\n"
            "E3.inputs <- e3.dmu   (one step late: written further down)\n"
            "z1.j <- E2.outputs   (this step)\n"
            "z1.j_td <- e1.dtarget   (one step late: written further down)\n"
            "z2.j <- E3.outputs   (this step)\n"
            "z2.j_td <- e2.dtarget   (one step late: written further down)\n"
            "W1.inputs <- z0.zF   (this step)\n"
            "W2.inputs <- z1.zF   (this step)\n"
            "W3.inputs <- z2.zF   (this step)\n"
            "e1.mu <- W1.outputs   (this step)\n"
            "e1.target <- z1.z   (this step)\n"
            "e2.mu <- W2.outputs   (this step)\n"
            "e2.target <- z2.z   (this step)\n"
            "e3.mu <- W3.outputs   (this step)\n"
            "e3.target <- z3.z   (this step)\n"
            "written, and read by no call: E2.delayed_inputs, E3.delayed_inputs, z3.zF, "
            "W1.delayed_inputs, W2.delayed_inputs, W3.delayed_inputs, e1.dmu, e1.L, e1.dSigma, "
            "e2.L, e2.dSigma, e3.dtarget, e3.L, e3.dSigma\n");
}

TEST_F(MuseumCircuit, OfPredictiveCodingNamesTheStepsThatItsLearningLeavesOut) {
  load("pcn_digits_short");

  EXPECT_THAT(lint("evolve"),
              testing::StartsWith(
                  "W1.pre <- z0.zF   (as it stands: z0.advance_state is not called here)\n"
                  "W1.post <- e1.dmu   (as it stands: e1.advance_state is not called here)\n"));
}

TEST_F(MuseumCircuit, OfBcmBarsSeesItsInhibitionAtOnceFromTheSecondRoundOn) {
  load("bcm_bars_short");

  EXPECT_EQ(lint("present"),
            "W.inputs <- lgn.zF   (this step)\n"
            "cell.j <- W.outputs   (this step)\n"
            "cell.j_td <- L.outputs   (one step late: written further down)\n"
            "L.inputs <- cell.zF   (this step)\n"
            "cell.j <- W.outputs   (this step)\n"
            "cell.j_td <- L.outputs   (this step)\n"
            "L.inputs <- cell.zF   (this step)\n"
            "cell.j <- W.outputs   (this step)\n"
            "cell.j_td <- L.outputs   (this step)\n"
            "L.inputs <- cell.zF   (this step)\n"
            "cell.j <- W.outputs   (this step)\n"
            "cell.j_td <- L.outputs   (this step)\n"
            "W.post <- cell.zF   (this step)\n"
            "W.pre <- lgn.zF   (this step)\n"
            "written, and read by no call: W.delayed_inputs, L.delayed_inputs, W.post_term, "
            "W.dWeights\n");
}

}  // namespace
}  // namespace plexus
