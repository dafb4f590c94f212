package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.component.UnusableComponentException;
import org.gantry.constraint.Constraint;
import org.gantry.constraint.ConstraintSite;
import org.gantry.constraint.PictureFrame;
import org.gantry.data.DatasetField;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.ArrayAssertions;

/**
 * The contract of constraints, checked on grey and on colour pictures of 32 x 32 pixels. Each file
 * that a constraint reads is a slope from black to white.
 */
final class ConstraintContract {

  private static final int SIDE = 32;
  private static final int PICTURES = 3;

  private ConstraintContract() {}

  static List<ContractCheck> of(ContractSubject subject) {
    return List.of(
        new ContractCheck(
            "it accepts grey or colour pictures", () -> onSupported(subject, (c, f, m) -> {})),
        new ContractCheck(
            "each picture has a finite cost of at least 0",
            () -> onSupported(subject, ConstraintContract::requireCosts)),
        new ContractCheck(
            "the cost of a picture does not depend on the others",
            () -> onSupported(subject, ConstraintContract::requireIndependence)),
        new ContractCheck(
            "the same picture has the same cost in another edit",
            () -> onSupported(subject, ConstraintContract::requireRepeatable)),
        new ContractCheck(
            "its gradients agree with finite differences", () -> checkGradients(subject)),
        new ContractCheck(
            "it leaves no arrays behind except those of its preparation",
            () -> onSupported(subject, ConstraintContract::requireNoLeak)));
  }

  /** A part of a check for pictures of one kind. */
  @FunctionalInterface
  private interface PictureCheck {
    void run(Constraint constraint, DatasetField field, NDManager manager);
  }

  private static void onSupported(ContractSubject subject, PictureCheck check) throws Exception {
    for (DatasetField field : supportedPictures(subject)) {
      TensorScope.runUnrecorded(
          manager -> check.run(subject.create(Constraint.class), field, manager));
    }
  }

  /** The fields that the constraint accepts. Fails if it accepts none of them. */
  private static List<DatasetField> supportedPictures(ContractSubject subject) throws Exception {
    List<DatasetField> supported = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (int channels : new int[] {1, 3}) {
      DatasetField field = DatasetField.image(channels, SIDE, SIDE);
      TensorScope.runUnrecorded(
          manager -> {
            try {
              subject.create(Constraint.class).prepare(site(field, manager));
              supported.add(field);
            } catch (UnusableComponentException e) {
              refusals.add(e.getMessage());
            }
          });
    }
    ContractAssertions.require(
        !supported.isEmpty(), "it refuses grey and colour pictures: %s", refusals);
    return supported;
  }

  private static ConstraintSite site(DatasetField field, NDManager manager) {
    return new ConstraintSite(
        field,
        values(field, 1),
        PictureFrame.whole(SIDE, SIDE),
        (file, channels) -> slope(channels),
        manager);
  }

  private static float[] slope(int channels) {
    float[] slope = new float[channels * SIDE * SIDE];
    for (int i = 0; i < slope.length; i++) {
      slope[i] = i % SIDE / (float) (SIDE - 1);
    }
    return slope;
  }

  /** Random pictures. */
  private static float[] values(DatasetField field, int count) {
    RandomGenerator random = new RandomStreams(7).at("pictures", count);
    float[] values = new float[count * field.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat(-0.9f, 0.9f);
    }
    return values;
  }

  private static Shape shape(DatasetField field, int count) {
    return new Shape(count).addAll(field.shape());
  }

  private static NDArray pictures(DatasetField field, NDManager manager) {
    return manager.create(values(field, PICTURES), shape(field, PICTURES));
  }

  private static double[] costs(Constraint constraint, DatasetField field, NDManager manager) {
    NDArray costs = constraint.prepare(site(field, manager)).of(pictures(field, manager));
    ContractAssertions.require(
        costs.getShape().equals(new Shape(PICTURES)),
        "the costs of %d pictures have the shape %s",
        PICTURES,
        costs.getShape());
    return ArrayAssertions.toDoubles(costs);
  }

  private static void requireCosts(Constraint constraint, DatasetField field, NDManager manager) {
    for (double cost : costs(constraint, field, manager)) {
      ContractAssertions.require(
          Double.isFinite(cost) && cost >= 0, "a picture has the cost %s", cost);
    }
  }

  private static void requireIndependence(
      Constraint constraint, DatasetField field, NDManager manager) {
    double[] together = costs(constraint, field, manager);
    for (int i = 0; i < PICTURES; i++) {
      NDArray one = pictures(field, manager).get(new NDIndex("{}:{}", i, i + 1));
      ContractAssertions.requireClose(
          1e-5,
          new double[] {together[i]},
          ArrayAssertions.toDoubles(constraint.prepare(site(field, manager)).of(one)),
          "the cost of picture %d alone".formatted(i + 1));
    }
  }

  private static void requireRepeatable(
      Constraint constraint, DatasetField field, NDManager manager) {
    ContractAssertions.requireClose(
        0,
        costs(constraint, field, manager),
        costs(constraint, field, manager),
        "the cost in a second edit");
  }

  private static void checkGradients(ContractSubject subject) throws Exception {
    for (DatasetField field : supportedPictures(subject)) {
      double[] values = new double[PICTURES * field.length()];
      float[] drawn = values(field, PICTURES);
      for (int i = 0; i < values.length; i++) {
        values[i] = drawn[i];
      }
      new FiniteDifferences(
              "the cost",
              arguments ->
                  subject
                      .create(Constraint.class)
                      .prepare(site(field, arguments.get(0).getManager()))
                      .of(arguments.get(0)),
              List.of(values),
              List.of(shape(field, PICTURES)))
          .requireAgreement();
    }
  }

  private static void requireNoLeak(Constraint constraint, DatasetField field, NDManager manager) {
    var cost = constraint.prepare(site(field, manager));
    ContractAssertions.requireNoLeak(
        manager,
        3,
        "evaluations",
        () -> {
          try (NDManager pass = manager.newSubManager()) {
            cost.of(pictures(field, pass)).toFloatArray();
          }
        });
  }
}
