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
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.export.ExportException;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.NativeEngine;
import org.gantry.testkit.ArrayAssertions;

/** The contract of architectures, checked on typical data for a network of their kind. */
final class ArchitectureContract {

  private static final int BATCH = 3;

  private ArchitectureContract() {}

  static List<ContractCheck> of(ContractSubject subject) {
    List<ContractCheck> checks = new ArrayList<>(checks(subject));
    if (subject.kind().equals(ComponentKind.CONDITION)) {
      // No derivative exists with respect to labels and words, because they are whole numbers.
      checks.removeIf(check -> check.promise().startsWith("its gradients"));
    }
    return checks;
  }

  private static List<ContractCheck> checks(ContractSubject subject) {
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
        new ContractCheck(
            "its gradients agree with finite differences",
            () -> {
              for (ArchitectureCase architecture : ArchitectureCase.of(subject)) {
                architecture.finiteDifferences(BATCH).requireAgreement();
              }
            }),
        check("forward passes leave no arrays behind", subject, ArchitectureContract::checkLeaks),
        check(
            "its weights can be saved and read again", subject, ArchitectureContract::checkWeights),
        check(
            "its TorchScript module has the same outputs, or the export states why there is none",
            subject,
            ArchitectureContract::checkModule));
  }

  private interface NetworkCheck {
    void run(InitializedNetwork network) throws Exception;
  }

  private static ContractCheck check(String promise, ContractSubject subject, NetworkCheck body) {
    return new ContractCheck(
        promise,
        () -> {
          for (ArchitectureCase architecture : ArchitectureCase.of(subject)) {
            TensorScope.runUnrecorded(
                manager -> body.run(architecture.initialize(manager, DataType.FLOAT32)));
          }
        });
  }

  private static void checkShapes(InitializedNetwork network) {
    Shape[] announced = network.architecture().announcedShapes(BATCH);
    Shape[] actual = network.forward(BATCH, false).getShapes();
    ContractAssertions.require(
        Arrays.equals(announced, actual),
        "%s announces outputs of shape %s and returns %s",
        network,
        Arrays.toString(announced),
        Arrays.toString(actual));
    network.architecture().checkPorts(announced);
  }

  private static void checkFinite(InitializedNetwork network) {
    for (boolean training : new boolean[] {true, false}) {
      for (NDArray output : network.forward(BATCH, training)) {
        ContractAssertions.requireFinite(output, "an output of " + network);
      }
    }
  }

  private static void checkRepeatable(InitializedNetwork network) {
    InitializedNetwork again =
        network.architecture().initialize(network.manager(), DataType.FLOAT32);
    for (boolean training : new boolean[] {true, false}) {
      requireClose(
          0,
          network.forward(BATCH, training),
          again.forward(BATCH, training),
          "the output of %s under the same seed".formatted(network));
    }
  }

  private static void checkIndependent(InitializedNetwork network) {
    network.forward(BATCH, true);
    NDList batch = new NDList();
    network.forward(BATCH, false).forEach(output -> batch.add(output.get("0:1")));
    requireClose(
        1e-3,
        network.forward(1, false),
        batch,
        "the output of %s for a sample in a batch".formatted(network));
  }

  private static void checkGradients(InitializedNetwork network) {
    NDList parameters = network.trainableParameters();
    if (parameters.isEmpty()) {
      throw new NotApplicableException("it has no weights to train");
    }
    parameters.forEach(parameter -> parameter.setRequiresGradient(true));
    boolean recording = Autograd.setRecording(true);
    try (Autograd autograd = new Autograd(network.manager())) {
      NDList gradients = autograd.gradients(network.manager(), network.squares(BATCH), parameters);
      gradients.forEach(g -> ContractAssertions.requireFinite(g, "a gradient of " + network));
      ContractAssertions.require(
          gradients.stream().anyMatch(g -> g.countNonzero().getLong() > 0),
          "no parameter of %s gets a gradient",
          network);
    } finally {
      Autograd.setRecording(recording);
    }
  }

  private static void checkLeaks(InitializedNetwork network) {
    ParameterStore store = new ParameterStore(network.manager(), false);
    ContractAssertions.requireNoLeak(
        network.manager(),
        3,
        "forward passes of " + network,
        () -> {
          try (NDManager step = network.manager().newSubManager()) {
            NDList inputs = network.architecture().inputs(step, BATCH, DataType.FLOAT32);
            network.block().forward(store, inputs, true);
          }
        });
  }

  private static void checkWeights(InitializedNetwork network) throws IOException {
    if (network.block().getParameters().isEmpty()) {
      return;
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    network.export().writeWeights(file);
    Map<String, NDArray> read = new HashMap<>();
    NDList.decode(network.manager(), file.toByteArray()).forEach(a -> read.put(a.getName(), a));
    for (Pair<String, Parameter> entry : network.block().getParameters()) {
      NDArray array = read.get(entry.getKey());
      ContractAssertions.require(
          array != null, "the saved weights of %s lack %s", network, entry.getKey());
      ContractAssertions.requireClose(
          0,
          ArrayAssertions.toDoubles(entry.getValue().getArray()),
          ArrayAssertions.toDoubles(array),
          "the saved %s of %s".formatted(entry.getKey(), network));
    }
  }

  private static void checkModule(InitializedNetwork network) throws Exception {
    // Changes running statistics from their initial values.
    network.forward(BATCH, true);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      network.export().writeModule(Map.of(), file);
    } catch (ExportException e) {
      ContractAssertions.require(
          e.getMessage().startsWith(network.toString()),
          "the error of the export does not name %s: %s",
          network,
          e.getMessage());
      return;
    }
    try (Model model = Model.newInstance("exported", NativeEngine.NAME)) {
      model.load(new ByteArrayInputStream(file.toByteArray()));
      ParameterStore store = new ParameterStore(network.manager(), false);
      NDList inputs = network.architecture().inputs(network.manager(), BATCH, DataType.FLOAT32);
      NDList actual = model.getBlock().forward(store, inputs, false);
      NDList expected = network.forward(BATCH, false);
      ContractAssertions.require(
          expected.size() == actual.size(),
          "%s has %d outputs, but its module has %d",
          network,
          expected.size(),
          actual.size());
      requireClose(1e-4, expected, actual, "the output of the module of " + network);
    }
  }

  private static void requireClose(double tolerance, NDList expected, NDList actual, String what) {
    for (int i = 0; i < expected.size(); i++) {
      ContractAssertions.requireClose(
          tolerance,
          ArrayAssertions.toDoubles(expected.get(i)),
          ArrayAssertions.toDoubles(actual.get(i)),
          what);
    }
  }
}
