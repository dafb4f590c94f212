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
import org.gantry.testkit.ArrayAssertions;

/** What every architecture promises, in the usual places for a network of its kind. */
final class ArchitectureContract {

  private static final int BATCH = 3;

  private ArchitectureContract() {}

  static List<ContractCheck> of(ContractSubject subject) {
    return List.of(
        new ContractCheck(
            "it builds a network for usual data, and says of others why not",
            () -> ArchitectureCase.places(subject)),
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

  private interface NetworkCheck {
    void run(ArchitectureCase network) throws Exception;
  }

  private static ContractCheck check(String promise, ContractSubject subject, NetworkCheck body) {
    return new ContractCheck(
        promise,
        () -> {
          for (ArchitectureCase network : ArchitectureCase.places(subject)) {
            body.run(network);
          }
        });
  }

  /** The checks, on one network in one place. */
  private static final class Mode {

    private Mode() {}

    static void shapes(ArchitectureCase network) throws Exception {
      TensorScope.runUnrecorded(
          manager -> {
            Shape[] announced = network.announced(BATCH);
            NDList outputs =
                network.initialized(manager, DataType.FLOAT32).pass(manager, BATCH, false);
            ContractAssertions.require(
                Arrays.equals(announced, outputs.getShapes()),
                "%s announces %s and gives %s",
                network,
                Arrays.toString(announced),
                Arrays.toString(outputs.getShapes()));
            network.checkPorts(announced);
          });
    }

    static void finite(ArchitectureCase network) throws Exception {
      TensorScope.runUnrecorded(
          manager -> {
            ArchitectureCase.InitializedNetwork live =
                network.initialized(manager, DataType.FLOAT32);
            for (boolean training : new boolean[] {true, false}) {
              live.pass(manager, BATCH, training)
                  .forEach(output -> ContractAssertions.requireFinite(output, network + ""));
            }
          });
    }

    static void repeatable(ArchitectureCase network) throws Exception {
      TensorScope.runUnrecorded(
          manager -> {
            ArchitectureCase.InitializedNetwork one =
                network.initialized(manager, DataType.FLOAT32);
            ArchitectureCase.InitializedNetwork other =
                network.initialized(manager, DataType.FLOAT32);
            for (boolean training : new boolean[] {true, false}) {
              NDList first = one.pass(manager, BATCH, training);
              NDList second = other.pass(manager, BATCH, training);
              for (int i = 0; i < first.size(); i++) {
                ContractAssertions.requireClose(
                    0,
                    ArrayAssertions.toDoubles(first.get(i)),
                    ArrayAssertions.toDoubles(second.get(i)),
                    "what %s gives under the same seed".formatted(network));
              }
            }
          });
    }

    static void independent(ArchitectureCase network) throws Exception {
      TensorScope.runUnrecorded(
          manager -> {
            ArchitectureCase.InitializedNetwork live =
                network.initialized(manager, DataType.FLOAT32);
            live.pass(manager, BATCH, true);
            NDList many = live.pass(manager, BATCH, false);
            NDList one = live.pass(manager, 1, false);
            for (int i = 0; i < many.size(); i++) {
              ContractAssertions.requireClose(
                  1e-3,
                  ArrayAssertions.toDoubles(one.get(i)),
                  ArrayAssertions.toDoubles(many.get(i).get("0:1")),
                  "what %s gives for a sample beside others".formatted(network));
            }
          });
    }

    static void gradients(ArchitectureCase network) throws Exception {
      TensorScope.runRecorded(
          manager -> {
            ArchitectureCase.InitializedNetwork live =
                network.initialized(manager, DataType.FLOAT32);
            NDList trained = live.trained();
            ContractAssertions.require(
                !trained.isEmpty(), "%s has no parameter that trains", network);
            trained.forEach(p -> p.setRequiresGradient(true));
            try (Autograd autograd = new Autograd(manager)) {
              NDArray sum = live.squares(manager, BATCH);
              NDList gradients = autograd.gradients(manager, sum, trained);
              gradients.forEach(
                  g -> ContractAssertions.requireFinite(g, "a gradient of " + network));
              ContractAssertions.require(
                  gradients.stream().anyMatch(g -> g.countNonzero().getLong() > 0),
                  "no parameter of %s gets a gradient",
                  network);
            }
          });
    }

    static void slopes(ArchitectureCase network) throws Exception {
      network.slopes(BATCH).requireAgreement();
    }

    static void leaks(ArchitectureCase network) throws Exception {
      TensorScope.runUnrecorded(
          manager -> {
            ArchitectureCase.InitializedNetwork live =
                network.initialized(manager, DataType.FLOAT32);
            ParameterStore store = new ParameterStore(manager, false);
            pass(live, store, manager);
            int arrays = manager.getManagedArrays().size();
            for (int i = 0; i < 3; i++) {
              pass(live, store, manager);
            }
            int more = manager.getManagedArrays().size() - arrays;
            ContractAssertions.require(
                more == 0, "three passes of %s leave %d arrays with its parameters", network, more);
          });
    }

    static void weights(ArchitectureCase network) throws Exception {
      TensorScope.runUnrecorded(
          manager -> {
            ArchitectureCase.InitializedNetwork live =
                network.initialized(manager, DataType.FLOAT32);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            live.export().writeWeights(file);
            Map<String, NDArray> read = new HashMap<>();
            NDList.decode(manager, file.toByteArray()).forEach(a -> read.put(a.getName(), a));
            for (Pair<String, Parameter> entry : live.block().getParameters()) {
              NDArray array = read.get(entry.getKey());
              ContractAssertions.require(
                  array != null, "%s lacks %s in a file", network, entry.getKey());
              ContractAssertions.requireClose(
                  0,
                  ArrayAssertions.toDoubles(entry.getValue().getArray()),
                  ArrayAssertions.toDoubles(array),
                  "%s of %s in a file".formatted(entry.getKey(), network));
            }
          });
    }

    static void module(ArchitectureCase network) throws Exception {
      TensorScope.runUnrecorded(
          manager -> {
            ArchitectureCase.InitializedNetwork live =
                network.initialized(manager, DataType.FLOAT32);
            // Running statistics are to be others than at the start.
            live.pass(manager, BATCH, true);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            try {
              live.export().writeModule(Map.of(), file);
            } catch (ExportException e) {
              ContractAssertions.require(
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
              ContractAssertions.require(
                  here.size() == there.size(),
                  "%s has %d outputs, and %d as a module",
                  network,
                  here.size(),
                  there.size());
              for (int i = 0; i < here.size(); i++) {
                ContractAssertions.requireClose(
                    1e-4,
                    ArrayAssertions.toDoubles(here.get(i)),
                    ArrayAssertions.toDoubles(there.get(i)),
                    "what %s gives as a module".formatted(network));
              }
            }
          });
    }

    private static void pass(
        ArchitectureCase.InitializedNetwork live, ParameterStore store, NDManager manager) {
      try (NDManager step = manager.newSubManager()) {
        live.block().forward(store, live.network().inputs(step, BATCH, DataType.FLOAT32), true);
      }
    }
  }
}
