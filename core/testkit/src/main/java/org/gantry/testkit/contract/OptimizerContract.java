package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.optimizer.Optimizer;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.ArrayAssertions;

/** The contract of optimizers. */
final class OptimizerContract {

  private static final int UPDATES = 20;

  private static final double[] START = {0.7, -0.4, 1.3, -1.1, 0.2, 0.9};

  private OptimizerContract() {}

  static List<ContractCheck> of(ContractSubject subject) {
    return List.of(
        new ContractCheck(
            "its slots have distinct names", () -> checkSlots(subject.create(Optimizer.class))),
        check("it descends on a convex function", subject, OptimizerContract::checkDescent),
        check(
            "a zero parameter with a zero gradient stays zero",
            subject,
            OptimizerContract::checkZeros),
        check(
            "it multiplies its learning rate by the scale of the update",
            subject,
            OptimizerContract::checkScale),
        check(
            "a parameter of any shape is updated as it would be alone",
            subject,
            OptimizerContract::checkShapes),
        check(
            "float32 agrees with float64 to five digits",
            subject,
            OptimizerContract::checkPrecision),
        check(
            "its whole state is in its slots, so that a training can resume",
            subject,
            OptimizerContract::checkResumption),
        check("updates leave no arrays behind", subject, OptimizerContract::checkLeaks));
  }

  private interface OptimizerCheck {
    void run(NDManager manager, ContractSubject subject);
  }

  private static ContractCheck check(String promise, ContractSubject subject, OptimizerCheck body) {
    return new ContractCheck(
        promise, () -> TensorScope.runUnrecorded(manager -> body.run(manager, subject)));
  }

  private static void checkSlots(Optimizer optimizer) {
    List<String> slots = optimizer.slots();
    ContractAssertions.require(
        new HashSet<>(slots).size() == slots.size(),
        "two of its slots have the same name: %s",
        slots);
  }

  private static void checkDescent(NDManager manager, ContractSubject subject) {
    OptimizerHarness harness =
        new OptimizerHarness(manager, subject.create(Optimizer.class), START);
    double before = halfSquaredNorm(harness);
    for (int i = 0; i < UPDATES; i++) {
      harness.update(0, ArrayAssertions.toDoubles(harness.parameter(0)));
    }
    ContractAssertions.require(
        halfSquaredNorm(harness) < before,
        "%d updates change half the squared norm from %s to %s",
        UPDATES,
        before,
        halfSquaredNorm(harness));
  }

  private static double halfSquaredNorm(OptimizerHarness harness) {
    return Arrays.stream(ArrayAssertions.toDoubles(harness.parameter(0))).map(p -> p * p / 2).sum();
  }

  private static void checkZeros(NDManager manager, ContractSubject subject) {
    OptimizerHarness harness = new OptimizerHarness(manager, subject.create(Optimizer.class), 0, 0);
    harness.update(0, 0, 0);
    harness.update(0, 0, 0);
    ContractAssertions.requireClose(
        0, new double[2], ArrayAssertions.toDoubles(harness.parameter(0)), "the parameter");
  }

  private static void checkScale(NDManager manager, ContractSubject subject) {
    OptimizerHarness plain =
        new OptimizerHarness(manager, subject.create(Optimizer.class), new double[START.length]);
    OptimizerHarness scaled =
        new OptimizerHarness(manager, subject.create(Optimizer.class), new double[START.length]);
    plain.update(0, List.of(START));
    scaled.update(0, 0.25, List.of(START));
    double[] quarter =
        Arrays.stream(ArrayAssertions.toDoubles(plain.parameter(0)))
            .map(move -> move / 4)
            .toArray();
    ContractAssertions.requireClose(
        1e-12,
        quarter,
        ArrayAssertions.toDoubles(scaled.parameter(0)),
        "a quarter of the first move");
  }

  private static void checkShapes(NDManager manager, ContractSubject subject) {
    NDArray matrix = manager.create(START).reshape(2, 3);
    NDArray scalar = manager.create(START[0]);
    OptimizerHarness together =
        new OptimizerHarness(manager, subject.create(Optimizer.class), matrix, scalar);
    OptimizerHarness first =
        new OptimizerHarness(
            manager, subject.create(Optimizer.class), manager.create(START).reshape(2, 3));
    OptimizerHarness second =
        new OptimizerHarness(manager, subject.create(Optimizer.class), manager.create(START[0]));
    RandomGenerator random = gradients();
    for (int i = 0; i < UPDATES; i++) {
      double[] ofMatrix = random.doubles(START.length, -1, 1).toArray();
      double[] ofScalar = random.doubles(1, -1, 1).toArray();
      together.update(0, List.of(ofMatrix, ofScalar));
      first.update(0, ofMatrix);
      second.update(0, ofScalar);
    }
    ContractAssertions.require(
        together.parameter(0).getShape().equals(new Shape(2, 3)),
        "an update changes the shape of a parameter");
    ContractAssertions.requireClose(
        1e-12,
        ArrayAssertions.toDoubles(first.parameter(0)),
        ArrayAssertions.toDoubles(together.parameter(0)),
        "a matrix that is updated together with a scalar");
    ContractAssertions.requireClose(
        1e-12,
        ArrayAssertions.toDoubles(second.parameter(0)),
        ArrayAssertions.toDoubles(together.parameter(1)),
        "a scalar that is updated together with a matrix");
  }

  private static void checkPrecision(NDManager manager, ContractSubject subject) {
    OptimizerHarness wide = new OptimizerHarness(manager, subject.create(Optimizer.class), START);
    OptimizerHarness narrow =
        new OptimizerHarness(
            manager,
            subject.create(Optimizer.class),
            manager.create(START).toType(DataType.FLOAT32, false));
    RandomGenerator random = gradients();
    for (int i = 0; i < UPDATES; i++) {
      double[] gradient = random.doubles(START.length, -1, 1).toArray();
      wide.update(0, gradient);
      narrow.update(0, gradient);
    }
    ContractAssertions.requireClose(
        1e-5,
        ArrayAssertions.toDoubles(wide.parameter(0)),
        ArrayAssertions.toDoubles(narrow.parameter(0)),
        "the parameter in float32");
  }

  private static void checkResumption(NDManager manager, ContractSubject subject) {
    OptimizerHarness whole = new OptimizerHarness(manager, subject.create(Optimizer.class), START);
    RandomGenerator random = gradients();
    for (int i = 0; i < UPDATES; i++) {
      whole.update(0.25, random.doubles(START.length, -1, 1).toArray());
    }
    OptimizerHarness resumed = whole.resumeWith(subject.create(Optimizer.class));
    for (int i = 0; i < UPDATES; i++) {
      double[] gradient = random.doubles(START.length, -1, 1).toArray();
      whole.update(0.5, gradient);
      resumed.update(0.5, gradient);
    }
    ContractAssertions.requireClose(
        0,
        ArrayAssertions.toDoubles(whole.parameter(0)),
        ArrayAssertions.toDoubles(resumed.parameter(0)),
        "the parameter of a resumed training");
  }

  private static void checkLeaks(NDManager manager, ContractSubject subject) {
    OptimizerHarness harness =
        new OptimizerHarness(manager, subject.create(Optimizer.class), START);
    ContractAssertions.requireNoLeak(manager, UPDATES, "updates", () -> harness.update(0, START));
  }

  private static RandomGenerator gradients() {
    return new RandomStreams(7).at("gradients");
  }
}
