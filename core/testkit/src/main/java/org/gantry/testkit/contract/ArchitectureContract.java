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

/** The contract of architectures, checked on typical data for a network of their kind. */
final class ArchitectureContract {

  private static final int BATCH = 3;

  private ArchitectureContract() {}

  static List<ContractCheck> of(ContractSubject subject) {
    return List.of(
        new ContractCheck(
            "it builds a network for typical data, or states what it needs",
            () -> ArchitectureCase.of(subject)),
        check("its outputs have the announced shapes", subject, ArchitectureContract::checkShapes),
        check(
            "its outputs are finite, in training and in inference",
            subject,
            ArchitectureContract::checkFinite),
        check(
            "the same seed gives the same outputs", subject, ArchitectureContract::checkRepeatable),
        check(
            "in inference, a sample does not depend on the rest of its batch",
            subject,
            ArchitectureContract::checkIndependent),
        check(
            "its gradients are finite and not all zero",
            subject,
            ArchitectureContract::checkGradients),
        check(
            "its gradients agree with finite differences",
            subject,
            ArchitectureContract::checkFiniteDifferences),
        check("forward passes leave no arrays behind", subject, ArchitectureContract::checkLeaks),
        check(
            "its weights can be saved and read again", subject, ArchitectureContract::checkWeights),
        check(
            "its TorchScript module has the same outputs, or the export states why there is none",
            subject,
            ArchitectureContract::checkModule));
  }

  private interface NetworkCheck {
    void run(ArchitectureCase network) throws Exception;
  }

  private static ContractCheck check(String promise, ContractSubject subject, NetworkCheck body) {
    return new ContractCheck(
        promise,
        () -> {
          for (ArchitectureCase network : ArchitectureCase.of(subject)) {
            body.run(network);
          }
        });
  }

  private static void checkShapes(ArchitectureCase network) throws Exception {
    TensorScope.runUnrecorded(
        manager -> {
          Shape[] announced = network.announcedShapes(BATCH);
          NDList outputs =
              network.initialize(manager, DataType.FLOAT32).pass(manager, BATCH, false);
          ContractAssertions.require(
              Arrays.equals(announced, outputs.getShapes()),
              "%s announces outputs of shape %s and returns %s",
              network,
              Arrays.toString(announced),
              Arrays.toString(outputs.getShapes()));
          network.checkPorts(announced);
        });
  }

  private static void checkFinite(ArchitectureCase network) throws Exception {
    TensorScope.runUnrecorded(
        manager -> {
          ArchitectureCase.InitializedNetwork initialized =
              network.initialize(manager, DataType.FLOAT32);
          for (boolean training : new boolean[] {true, false}) {
            initialized
                .pass(manager, BATCH, training)
                .forEach(output -> ContractAssertions.requireFinite(output, network + ""));
          }
        });
  }

  private static void checkRepeatable(ArchitectureCase network) throws Exception {
    TensorScope.runUnrecorded(
        manager -> {
          ArchitectureCase.InitializedNetwork one = network.initialize(manager, DataType.FLOAT32);
          ArchitectureCase.InitializedNetwork other = network.initialize(manager, DataType.FLOAT32);
          for (boolean training : new boolean[] {true, false}) {
            NDList first = one.pass(manager, BATCH, training);
            NDList second = other.pass(manager, BATCH, training);
            for (int i = 0; i < first.size(); i++) {
              ContractAssertions.requireClose(
                  0,
                  ArrayAssertions.toDoubles(first.get(i)),
                  ArrayAssertions.toDoubles(second.get(i)),
                  "the output of %s under the same seed".formatted(network));
            }
          }
        });
  }

  private static void checkIndependent(ArchitectureCase network) throws Exception {
    TensorScope.runUnrecorded(
        manager -> {
          ArchitectureCase.InitializedNetwork initialized =
              network.initialize(manager, DataType.FLOAT32);
          initialized.pass(manager, BATCH, true);
          NDList many = initialized.pass(manager, BATCH, false);
          NDList one = initialized.pass(manager, 1, false);
          for (int i = 0; i < many.size(); i++) {
            ContractAssertions.requireClose(
                1e-3,
                ArrayAssertions.toDoubles(one.get(i)),
                ArrayAssertions.toDoubles(many.get(i).get("0:1")),
                "the output of %s for a sample in a batch".formatted(network));
          }
        });
  }

  private static void checkGradients(ArchitectureCase network) throws Exception {
    TensorScope.runRecorded(
        manager -> {
          ArchitectureCase.InitializedNetwork initialized =
              network.initialize(manager, DataType.FLOAT32);
          NDList trained = initialized.trained();
          ContractAssertions.require(!trained.isEmpty(), "%s has no trainable parameter", network);
          trained.forEach(p -> p.setRequiresGradient(true));
          try (Autograd autograd = new Autograd(manager)) {
            NDArray sum = initialized.squares(manager, BATCH);
            NDList gradients = autograd.gradients(manager, sum, trained);
            gradients.forEach(g -> ContractAssertions.requireFinite(g, "a gradient of " + network));
            ContractAssertions.require(
                gradients.stream().anyMatch(g -> g.countNonzero().getLong() > 0),
                "no parameter of %s gets a gradient",
                network);
          }
        });
  }

  private static void checkFiniteDifferences(ArchitectureCase network) throws Exception {
    network.finiteDifferences(BATCH).requireAgreement();
  }

  private static void checkLeaks(ArchitectureCase network) throws Exception {
    TensorScope.runUnrecorded(
        manager -> {
          ArchitectureCase.InitializedNetwork initialized =
              network.initialize(manager, DataType.FLOAT32);
          ParameterStore store = new ParameterStore(manager, false);
          pass(initialized, store, manager);
          int arrays = manager.getManagedArrays().size();
          for (int i = 0; i < 3; i++) {
            pass(initialized, store, manager);
          }
          int more = manager.getManagedArrays().size() - arrays;
          ContractAssertions.require(
              more == 0, "three forward passes of %s leave %d arrays behind", network, more);
        });
  }

  private static void checkWeights(ArchitectureCase network) throws Exception {
    TensorScope.runUnrecorded(
        manager -> {
          ArchitectureCase.InitializedNetwork initialized =
              network.initialize(manager, DataType.FLOAT32);
          ByteArrayOutputStream file = new ByteArrayOutputStream();
          initialized.export().writeWeights(file);
          Map<String, NDArray> read = new HashMap<>();
          NDList.decode(manager, file.toByteArray()).forEach(a -> read.put(a.getName(), a));
          for (Pair<String, Parameter> entry : initialized.block().getParameters()) {
            NDArray array = read.get(entry.getKey());
            ContractAssertions.require(
                array != null, "the saved weights of %s lack %s", network, entry.getKey());
            ContractAssertions.requireClose(
                0,
                ArrayAssertions.toDoubles(entry.getValue().getArray()),
                ArrayAssertions.toDoubles(array),
                "the saved %s of %s".formatted(entry.getKey(), network));
          }
        });
  }

  private static void checkModule(ArchitectureCase network) throws Exception {
    TensorScope.runUnrecorded(
        manager -> {
          ArchitectureCase.InitializedNetwork initialized =
              network.initialize(manager, DataType.FLOAT32);
          // Changes running statistics from their initial values.
          initialized.pass(manager, BATCH, true);
          ByteArrayOutputStream file = new ByteArrayOutputStream();
          try {
            initialized.export().writeModule(Map.of(), file);
          } catch (ExportException e) {
            ContractAssertions.require(
                e.getMessage().startsWith(network.toString()),
                "the error of the export does not name %s: %s",
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
            NDList here = initialized.pass(manager, BATCH, false);
            ContractAssertions.require(
                here.size() == there.size(),
                "%s has %d outputs, but its module has %d",
                network,
                here.size(),
                there.size());
            for (int i = 0; i < here.size(); i++) {
              ContractAssertions.requireClose(
                  1e-4,
                  ArrayAssertions.toDoubles(here.get(i)),
                  ArrayAssertions.toDoubles(there.get(i)),
                  "the output of the module of %s".formatted(network));
            }
          }
        });
  }

  private static void pass(
      ArchitectureCase.InitializedNetwork initialized, ParameterStore store, NDManager manager) {
    try (NDManager step = manager.newSubManager()) {
      initialized
          .block()
          .forward(store, initialized.network().inputs(step, BATCH, DataType.FLOAT32), true);
    }
  }
}
