package org.gantry.plugin.adam;

import static org.gantry.testkit.Numbers.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.optimizer.Decay;
import org.gantry.optimizer.Update;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TensorTest
final class AdamTest {

  private static final Adam.Options PLAIN =
      new Adam.Options(0.1, 0.5, 0.999, 1e-8, Decay.CONSTANT, 1);

  @BeforeEach
  void updatesAreNotRecorded() {
    Autograd.recording(false);
  }

  @Test
  void itKeepsTwoMeansPerParameter() {
    assertEquals(List.of("m", "v"), new Adam(PLAIN).slots());
  }

  @Test
  void threeUpdatesGiveTheNumbersWorkedOutByHand(NDManager manager) {
    Player player = new Player(manager, PLAIN, new double[] {1});

    player.update(0, 0.3);
    assertClose(1e-12, player.parameters.head(), 0.9000000033333332);

    player.update(0, -0.2);
    assertClose(1e-12, player.parameters.head(), 0.9130756697947614);

    player.update(0, 0.5);
    assertClose(1e-12, player.parameters.head(), 0.8368268903431787);
  }

  @Test
  void manyUpdatesFollowThePlainFormula(NDManager manager) {
    RandomGenerator random = new RandomStreams(3).at("test");
    Player player = new Player(manager, PLAIN, new double[] {0.7});
    double parameter = 0.7;
    double m = 0;
    double v = 0;
    for (int count = 1; count <= 50; count++) {
      double g = random.nextGaussian();
      m = 0.5 * m + 0.5 * g;
      v = 0.999 * v + 0.001 * g * g;
      double correctedM = m / (1 - Math.pow(0.5, count));
      double correctedV = v / (1 - Math.pow(0.999, count));
      parameter -= 0.1 * correctedM / (Math.sqrt(correctedV) + 1e-8);
      player.update(0, g);
    }

    assertClose(1e-12, player.parameters.head(), parameter);
  }

  @Test
  void theSlotsOfACheckpointContinueWhereTheyWere(NDManager manager) {
    Player whole = new Player(manager, PLAIN, new double[] {1});
    Player first = new Player(manager, PLAIN, new double[] {1});
    whole.update(0, 0.3);
    whole.update(0, -0.2);
    first.update(0, 0.3);

    Player second = new Player(manager, PLAIN, first.parameters.head().toDoubleArray());
    for (String slot : List.of("m", "v")) {
      second.slots.get(slot).head().addi(first.slots.get(slot).head());
    }
    second.count = 1;
    second.update(0, -0.2);

    assertClose(0, second.parameters.head(), whole.parameters.head().toDoubleArray());
  }

  @Test
  void theRateFallsWithTheProgress(NDManager manager) {
    Adam.Options decaying = new Adam.Options(0.1, 0.5, 0.999, 1e-8, Decay.LINEAR, 0.5);
    Player plain = new Player(manager, PLAIN, new double[] {0});
    Player early = new Player(manager, decaying, new double[] {0});
    Player late = new Player(manager, decaying, new double[] {0});

    plain.update(0.9, 1);
    early.update(0.4, 1);
    late.update(0.9, 1);

    double whole = plain.parameters.head().toDoubleArray()[0];
    assertClose(1e-12, early.parameters.head(), whole);
    assertClose(1e-12, late.parameters.head(), whole / 5);
  }

  @Test
  void theRateIsScaledByWhatTheUpdateSays(NDManager manager) {
    Player plain = new Player(manager, PLAIN, new double[] {0});
    Player scaled = new Player(manager, PLAIN, new double[] {0});

    plain.update(0, 1);
    scaled.updateScaled(0.25, 1);

    assertClose(1e-12, scaled.parameters.head(), plain.parameters.head().toDoubleArray()[0] / 4);
  }

  @Test
  void aParameterWithoutGradientStaysWhereItIs(NDManager manager) {
    Player player = new Player(manager, PLAIN, new double[] {1, -2});

    player.update(0, 0, 0);
    player.update(0, 0, 0);

    assertClose(0, player.parameters.head(), 1, -2);
  }

  @Test
  void parametersOfEveryShapeMoveAsTheFormulaSaysInFloat32(NDManager manager) {
    RandomGenerator random = new RandomStreams(7).at("test");
    double[] start = random.doubles(6, -1, 1).toArray();
    Player player = new Player(manager, PLAIN, start);
    NDList parameters =
        new NDList(
            manager.create(start).reshape(2, 3).toType(DataType.FLOAT32, true),
            manager.create((float) start[0]));
    parameters.forEach(parameter -> parameter.setRequiresGradient(true));
    Map<String, NDList> slots = slots(player.optimizer, parameters);
    for (int count = 1; count <= 20; count++) {
      double[] gradient = random.doubles(6, -1, 1).toArray();
      player.update(0, gradient);
      try (NDManager step = manager.newSubManager()) {
        NDList gradients =
            new NDList(
                step.create(gradient).reshape(2, 3).toType(DataType.FLOAT32, true),
                step.create((float) gradient[0]));
        player.optimizer.update(new Update(parameters, gradients, slots, count, 0, 1));
      }
    }

    double[] expected = player.parameters.head().toDoubleArray();
    assertClose(1e-5, parameters.get(0), expected);
    assertClose(1e-5, parameters.get(1), expected[0]);
  }

  @Test
  void updatesLeaveNoArraysBehind(NDManager manager) {
    Player player = new Player(manager, PLAIN, new double[] {1, -2});
    player.update(0, 0.3, 0.1);
    int arrays = manager.getManagedArrays().size();

    for (int i = 0; i < 5; i++) {
      player.update(0, 0.3, 0.1);
    }

    assertEquals(arrays, manager.getManagedArrays().size());
  }

  private static Map<String, NDList> slots(Adam optimizer, NDList parameters) {
    Map<String, NDList> slots = new HashMap<>();
    for (String name : optimizer.slots()) {
      NDList zeros = new NDList();
      parameters.forEach(parameter -> zeros.add(parameter.zerosLike()));
      slots.put(name, zeros);
    }
    return slots;
  }

  /** One player with one parameter of float64. */
  private static final class Player {

    private final NDManager manager;
    private final Adam optimizer;
    private final NDList parameters;
    private final Map<String, NDList> slots;
    private long count;

    Player(NDManager manager, Adam.Options options, double[] start) {
      this.manager = manager;
      optimizer = new Adam(options);
      parameters = new NDList(manager.create(start));
      parameters.head().setRequiresGradient(true);
      slots = slots(optimizer, parameters);
    }

    void update(double progress, double... gradient) {
      update(progress, 1, gradient);
    }

    void updateScaled(double scale, double... gradient) {
      update(0, scale, gradient);
    }

    private void update(double progress, double scale, double[] gradient) {
      try (NDManager step = manager.newSubManager()) {
        NDList gradients = new NDList(step.create(gradient));
        optimizer.update(new Update(parameters, gradients, slots, ++count, progress, scale));
      }
    }
  }
}
