package org.gantry.testkit.contract;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gantry.export.ExportException;
import org.gantry.tensor.Autograd;
import org.gantry.testkit.Numbers;

/** What every architecture promises, in the usual places for a network of its kind. */
final class ArchitectureContract {

  private static final int BATCH = 3;

  private ArchitectureContract() {}

  static List<Check> of(Subject subject) {
    return List.of(
        new Check(
            "it builds a network for usual data, and says of others why not",
            () -> BuiltNetwork.places(subject)),
        check("its outputs have the shapes that it announces", subject, Mode::shapes),
        check("what it gives is finite, in training and in use", subject, Mode::finite),
        check("the same seed gives the same outputs", subject, Mode::repeatable),
        check("in use, a sample does not depend on its neighbours", subject, Mode::independent),
        check("its gradients are finite and not all zero", subject, Mode::gradients),
        check("its gradients are those of finite differences", subject, Mode::slopes),
        check("passes leave no arrays behind", subject, Mode::leaks),
        check("its weights can be read back", subject, Mode::weights),
        check(
            "as a TorchScript module it gives the same, or it says why it cannot be one",
            subject,
            Mode::module));
  }

  private interface Body {
    void run(BuiltNetwork network) throws Exception;
  }

  private static Check check(String promise, Subject subject, Body body) {
    return new Check(
        promise,
        () -> {
          for (BuiltNetwork network : BuiltNetwork.places(subject)) {
            body.run(network);
          }
        });
  }

  /** The checks, on one network in one place. */
  private static final class Mode {

    private Mode() {}

    static void shapes(BuiltNetwork network) throws Exception {
      Trial.unrecorded(
          manager -> {
            Shape[] announced = network.announced(BATCH);
            NDList outputs =
                network.initialized(manager, DataType.FLOAT32).pass(manager, BATCH, false);
            Expect.that(
                Arrays.equals(announced, outputs.getShapes()),
                "%s announces %s and gives %s",
                network,
                Arrays.toString(announced),
                Arrays.toString(outputs.getShapes()));
            network.checkPorts(announced);
          });
    }

    static void finite(BuiltNetwork network) throws Exception {
      Trial.unrecorded(
          manager -> {
            BuiltNetwork.Live live = network.initialized(manager, DataType.FLOAT32);
            for (boolean training : new boolean[] {true, false}) {
              live.pass(manager, BATCH, training)
                  .forEach(output -> Expect.finite(output, network + ""));
            }
          });
    }

    static void repeatable(BuiltNetwork network) throws Exception {
      Trial.unrecorded(
          manager -> {
            BuiltNetwork.Live one = network.initialized(manager, DataType.FLOAT32);
            BuiltNetwork.Live other = network.initialized(manager, DataType.FLOAT32);
            for (boolean training : new boolean[] {true, false}) {
              NDList first = one.pass(manager, BATCH, training);
              NDList second = other.pass(manager, BATCH, training);
              for (int i = 0; i < first.size(); i++) {
                Expect.close(
                    0,
                    Numbers.doubles(first.get(i)),
                    Numbers.doubles(second.get(i)),
                    "what %s gives under the same seed".formatted(network));
              }
            }
          });
    }

    static void independent(BuiltNetwork network) throws Exception {
      Trial.unrecorded(
          manager -> {
            BuiltNetwork.Live live = network.initialized(manager, DataType.FLOAT32);
            live.pass(manager, BATCH, true);
            NDList many = live.pass(manager, BATCH, false);
            NDList one = live.pass(manager, 1, false);
            for (int i = 0; i < many.size(); i++) {
              Expect.close(
                  1e-3,
                  Numbers.doubles(one.get(i)),
                  Numbers.doubles(many.get(i).get("0:1")),
                  "what %s gives for a sample beside others".formatted(network));
            }
          });
    }

    static void gradients(BuiltNetwork network) throws Exception {
      Trial.recorded(
          manager -> {
            BuiltNetwork.Live live = network.initialized(manager, DataType.FLOAT32);
            NDList trained = live.trained();
            Expect.that(!trained.isEmpty(), "%s has no parameter that trains", network);
            trained.forEach(p -> p.setRequiresGradient(true));
            try (Autograd autograd = new Autograd(manager)) {
              NDArray sum = live.squares(manager, BATCH);
              NDList gradients = autograd.gradients(manager, sum, trained);
              gradients.forEach(g -> Expect.finite(g, "a gradient of " + network));
              Expect.that(
                  gradients.stream().anyMatch(g -> g.countNonzero().getLong() > 0),
                  "no parameter of %s gets a gradient",
                  network);
            }
          });
    }

    static void slopes(BuiltNetwork network) throws Exception {
      network.slopes(BATCH).check();
    }

    static void leaks(BuiltNetwork network) throws Exception {
      Trial.unrecorded(
          manager -> {
            BuiltNetwork.Live live = network.initialized(manager, DataType.FLOAT32);
            ParameterStore store = new ParameterStore(manager, false);
            pass(live, store, manager);
            int arrays = manager.getManagedArrays().size();
            for (int i = 0; i < 3; i++) {
              pass(live, store, manager);
            }
            int more = manager.getManagedArrays().size() - arrays;
            Expect.that(
                more == 0, "three passes of %s leave %d arrays with its parameters", network, more);
          });
    }

    static void weights(BuiltNetwork network) throws Exception {
      Trial.unrecorded(
          manager -> {
            BuiltNetwork.Live live = network.initialized(manager, DataType.FLOAT32);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            live.export().writeWeights(file);
            Map<String, NDArray> read = new HashMap<>();
            NDList.decode(manager, file.toByteArray()).forEach(a -> read.put(a.getName(), a));
            for (Pair<String, Parameter> entry : live.block().getParameters()) {
              NDArray array = read.get(entry.getKey());
              Expect.that(array != null, "%s lacks %s in a file", network, entry.getKey());
              Expect.close(
                  0,
                  Numbers.doubles(entry.getValue().getArray()),
                  Numbers.doubles(array),
                  "%s of %s in a file".formatted(entry.getKey(), network));
            }
          });
    }

    static void module(BuiltNetwork network) throws Exception {
      Trial.unrecorded(
          manager -> {
            BuiltNetwork.Live live = network.initialized(manager, DataType.FLOAT32);
            // Running statistics are to be others than at the start.
            live.pass(manager, BATCH, true);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            try {
              live.export().writeModule(Map.of(), file);
            } catch (ExportException e) {
              Expect.that(
                  e.getMessage().startsWith(network.toString()),
                  "a refusal to be exported does not name %s: %s",
                  network,
                  e.getMessage());
              return;
            }
            try (Model model = Model.newInstance("exported", "PyTorch")) {
              model.load(new ByteArrayInputStream(file.toByteArray()));
              NDList there =
                  model
                      .getBlock()
                      .forward(
                          new ParameterStore(manager, false),
                          network.inputs(manager, BATCH, DataType.FLOAT32),
                          false);
              NDList here = live.pass(manager, BATCH, false);
              Expect.that(
                  here.size() == there.size(),
                  "%s has %d outputs, and %d as a module",
                  network,
                  here.size(),
                  there.size());
              for (int i = 0; i < here.size(); i++) {
                Expect.close(
                    1e-4,
                    Numbers.doubles(here.get(i)),
                    Numbers.doubles(there.get(i)),
                    "what %s gives as a module".formatted(network));
              }
            }
          });
    }

    private static void pass(BuiltNetwork.Live live, ParameterStore store, NDManager manager) {
      try (NDManager step = manager.newSubManager()) {
        live.block().forward(store, live.network().inputs(step, BATCH, DataType.FLOAT32), true);
      }
    }
  }
}
