package org.gantry.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.export.NetworkExport;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.HeldMemory;
import org.gantry.tensor.InPlaceCopy;
import org.gantry.training.Evaluator.Moment;
import org.gantry.training.GraphNode.NodeOperation;
import org.gantry.training.GraphNode.NodeOutput;
import org.gantry.watchdog.SampleBatch;

/**
 * One training under way: the parameters, what optimizers and regularizers keep, and the position
 * in the random streams. Used by one thread at a time; several sessions can train in one process.
 */
public final class Session implements AutoCloseable {

  /** One player: its networks' weights side by side, its optimizer, and what that keeps. */
  private record PlayerState(
      String name,
      List<NetworkWeights> networks,
      NDList parameters,
      BoundComponent<Optimizer> optimizer,
      Map<String, NDList> slots) {}

  private final TrainingGraph graph;
  private final List<StepPlanner.PlannedPhase> phases;
  private final NDManager root;
  private final Autograd autograd;
  private final InPlaceCopy inPlace;
  private final ParameterStore parameters;
  private final Evaluator evaluator;
  private final InferenceView use;
  private final Map<NetworkRole, NetworkWeights> weights = new LinkedHashMap<>();
  private final Map<String, PlayerState> players = new LinkedHashMap<>();
  private final Map<CarriedState, Double> carried = new LinkedHashMap<>();
  private final Map<String, Double> gradients = new LinkedHashMap<>();
  private final int drawsPerStep;
  private List<String> notTransferred = List.of();
  private long steps;

  private Session(TrainingGraph graph) {
    this.graph = graph;
    phases = StepPlanner.plan(graph);
    drawsPerStep = 1 + phases.get(phases.size() - 1).draw();
    root = Engine.getEngine("PyTorch").newBaseManager();
    autograd = new Autograd(root);
    inPlace = new InPlaceCopy(root);
    parameters = NetworkWeights.training(root);
    for (NetworkRole role : graph.networks()) {
      weights.put(role, new NetworkWeights(role, root, graph.clock().streams(), inPlace));
    }
    for (String player : graph.players()) {
      players.put(player, player(player));
    }
    graph.states().forEach(s -> carried.put(s, s.initial()));
    evaluator = new Evaluator(graph, weights, autograd);
    use = new InferenceView(graph, weights, parameters, evaluator, inPlace, root);
  }

  /** Allocates and initialises everything, at step 0. */
  public static Session open(TrainingGraph graph) {
    return new Session(TrainingGraph.build(graph.composition()));
  }

  private PlayerState player(String name) {
    List<NetworkWeights> networks =
        weights.values().stream().filter(w -> w.role().player().equals(name)).toList();
    NDList together = new NDList();
    networks.forEach(w -> together.addAll(w.trainable()));
    BoundComponent<Optimizer> optimizer = graph.composition().optimizers().apply(name);
    Map<String, NDList> slots = new LinkedHashMap<>();
    for (String slot : optimizer.component().slots()) {
      NDList arrays = new NDList();
      together.forEach(p -> arrays.add(root.zeros(p.getShape(), p.getDataType())));
      slots.put(slot, arrays);
    }
    return new PlayerState(name, networks, together, optimizer, slots);
  }

  /** How many steps have been done. */
  public long steps() {
    return steps;
  }

  /**
   * The Euclidean norm of all of a player's gradients together at its last update, by player; a
   * player who trains nothing is not there. Empty before the first step, and where the last step
   * did not measure them.
   */
  public Map<String, Double> gradientNorms() {
    return Collections.unmodifiableMap(gradients);
  }

  // ---- A step
  // ------------------------------------------------------------------------------------

  /** What is looked at in the gradients of a step. */
  public enum GradientCheck {
    /** Nothing; only to measure what care costs, for what is no number then spreads. */
    NONE,
    /** Whether they are finite. */
    FINITE,
    /** How large they are, which {@link #gradients} then tells, and whether they are finite. */
    NORM
  }

  /** Does one step, and measures its gradients; see {@link #step(GradientCheck)}. */
  public Map<String, Double> step() {
    return step(GradientCheck.NORM);
  }

  /**
   * Does one step: every phase of the plan. Care changes no bit of it.
   *
   * @return the terms, by {@code player/term}, then the watched values, in a fixed order
   * @throws NonFiniteException if a term or a gradient is not finite, before the update of its
   *     player
   */
  public Map<String, Double> step(GradientCheck care) {
    boolean recording = Autograd.setRecording(true);
    try (NDManager step = root.newSubManager()) {
      gradients.clear();
      return HeldMemory.holdWhile(() -> run(step, care));
    } finally {
      Autograd.setRecording(recording);
    }
  }

  private Map<String, Double> run(NDManager step, GradientCheck care) {
    List<Map<GraphNode, NDList>> values = new ArrayList<>();
    Map<String, Double> reported = new LinkedHashMap<>();
    Map<String, Integer> earlier = new HashMap<>();
    for (GraphBuilder.LossTerm term : graph.terms()) {
      reported.put(term.key(), Double.NaN);
    }
    for (int index = 0; index < phases.size(); index++) {
      StepPlanner.PlannedPhase phase = phases.get(index);
      graph.clock().moveTo(steps, index);
      // What a later phase takes over can alias memory of this phase's inputs, so all of it stays.
      NDManager manager = phase.keeps() ? step : step.newSubManager();
      Map<GraphNode, NDList> own = new HashMap<>();
      values.add(own);
      for (StepPlanner.PlannedNode operation : phase.operations()) {
        NDList value =
            operation.from() >= 0
                ? values.get(operation.from()).get(operation.vertex())
                : evaluate(operation, phase, own, manager);
        if (operation.leaf()) {
          value.forEach(v -> v.setRequiresGradient(true));
        }
        own.put(operation.vertex(), value);
      }
      if (phase.player().isEmpty()) {
        look(own, reported);
      } else {
        NDList found = gradientNorms(phase, own, manager, care, reported);
        update(phase, earlier.merge(phase.player(), 1, Integer::sum) - 1, own, found);
      }
      if (manager != step) {
        manager.close();
      }
    }
    steps++;
    return reported;
  }

  private NDList evaluate(
      StepPlanner.PlannedNode operation,
      StepPlanner.PlannedPhase phase,
      Map<GraphNode, NDList> values,
      NDManager manager) {
    GraphNode vertex = operation.vertex();
    Autograd.setRecording(operation.recorded());
    vertex
        .network()
        .ifPresent(r -> weights.get(r).requireGradient(operation.trained().contains(r)));
    if (vertex.work instanceof NodeOperation.NetworkCall apply) {
      return Evaluator.apply(apply.role(), Evaluator.inputs(vertex, values), parameters, true);
    }
    return evaluator.evaluate(vertex, moment(phase.draw()), values, manager);
  }

  /** The gradients of a player's terms, which are reported. */
  private NDList gradientNorms(
      StepPlanner.PlannedPhase phase,
      Map<GraphNode, NDList> values,
      NDManager manager,
      GradientCheck care,
      Map<String, Double> reported) {
    PlayerState player = players.get(phase.player());
    List<GraphBuilder.LossTerm> terms =
        graph.terms().stream().filter(t -> t.player().equals(player.name())).toList();
    NDList sizes = new NDList();
    NDArray total = null;
    Autograd.setRecording(true);
    for (GraphBuilder.LossTerm term : terms) {
      NDArray value = values.get(term.value().vertex()).get(term.value().output());
      sizes.add(value);
      NDArray weighted = term.weight() == 1 ? value : value.mul((float) term.weight());
      total = total == null ? weighted : total.add(weighted);
    }
    player.networks().forEach(w -> w.requireGradient(true));
    if (care == GradientCheck.NONE || player.parameters().isEmpty()) {
      for (int i = 0; i < terms.size(); i++) {
        report(terms.get(i), sizes.get(i).getFloat(), phase, values, reported);
      }
      NDList found = autograd.gradients(manager, total, player.parameters());
      Autograd.setRecording(false);
      return found;
    }
    if (total != sizes.get(sizes.size() - 1)) {
      sizes.add(total);
    }
    Autograd.CheckedGradients examined =
        autograd.checkedGradients(manager, sizes, player.parameters(), care == GradientCheck.NORM);
    Autograd.setRecording(false);
    for (int i = 0; i < terms.size(); i++) {
      report(terms.get(i), examined.values().get(i), phase, values, reported);
    }
    requireFinite(player, examined);
    if (care == GradientCheck.NORM) {
      // Where all are finite, but the sum of their squares is beyond float32, it is that much.
      gradients.put(player.name(), Math.min((double) examined.norm(), Float.MAX_VALUE));
    }
    return examined.gradients();
  }

  private void report(
      GraphBuilder.LossTerm term,
      double number,
      StepPlanner.PlannedPhase phase,
      Map<GraphNode, NDList> values,
      Map<String, Double> reported) {
    String name = term.key();
    reported.put(name, number);
    if (!Double.isFinite(number)) {
      throw nonFinite(name, number, phase, values);
    }
  }

  private void update(
      StepPlanner.PlannedPhase phase,
      int earlier,
      Map<GraphNode, NDList> values,
      NDList gradients) {
    PlayerState player = players.get(phase.player());
    long count = steps * updatesPerStep(player.name()) + earlier + 1;
    player
        .optimizer()
        .component()
        .update(
            new ParameterUpdate(
                player.parameters(),
                gradients,
                player.slots(),
                count,
                Math.min(1, (double) steps / graph.composition().steps()),
                scale(phase, values)));
    for (NetworkWeights network : player.networks()) {
      network.role().actions().forEach(a -> a.action().accept(network.trainable()));
      network
          .role()
          .averaging()
          .ifPresent(a -> a.rule().moveAverage(network.average(), network.trainable(), count));
    }
  }

  /** What the player's learning rate is multiplied by. */
  private double scale(StepPlanner.PlannedPhase phase, Map<GraphNode, NDList> values) {
    double scale = 1;
    for (NodeOutput factor : graph.rates(phase.player())) {
      double number = values.get(factor.vertex()).get(factor.output()).getFloat();
      if (!Double.isFinite(number)) {
        throw nonFinite(phase.player() + "/rate", number, phase, values);
      }
      scale *= number;
    }
    return scale;
  }

  private void requireFinite(PlayerState player, Autograd.CheckedGradients examined) {
    if (Double.isFinite(examined.norm())) {
      return;
    }
    int index = 0;
    for (NetworkWeights network : player.networks()) {
      for (String parameter : network.trainableNames()) {
        if (anyNonFinite(examined.gradients().get(index++))) {
          throw new NonFiniteException(
              steps,
              player.name() + "/gradient",
              examined.norm(),
              "the gradient of " + network.role().role() + "/" + parameter,
              network.role().origin());
        }
      }
    }
  }

  /** Looks for the first node that went wrong, in the order of evaluation. */
  private NonFiniteException nonFinite(
      String term, double number, StepPlanner.PlannedPhase phase, Map<GraphNode, NDList> values) {
    GraphNode culprit =
        phase.operations().stream()
            .map(StepPlanner.PlannedNode::vertex)
            .filter(v -> values.get(v).stream().anyMatch(Session::anyNonFinite))
            .findFirst()
            .orElseThrow();
    return new NonFiniteException(steps, term, number, culprit.name, culprit.contributor);
  }

  private static boolean anyNonFinite(NDArray array) {
    boolean recording = Autograd.setRecording(false);
    try (NDArray infinite = array.isInfinite();
        NDArray missing = array.isNaN();
        NDArray either = infinite.logicalOr(missing);
        NDArray any = either.any()) {
      return any.getBoolean();
    } finally {
      Autograd.setRecording(recording);
    }
  }

  private int updatesPerStep(String player) {
    return graph.composition().updates().getOrDefault(player, 1);
  }

  private void look(Map<GraphNode, NDList> values, Map<String, Double> reported) {
    Autograd.setRecording(false);
    for (GraphBuilder.WatchedValue watch : graph.watches()) {
      reported.put(
          watch.name(),
          (double) values.get(watch.value().vertex()).get(watch.value().output()).getFloat());
    }
    Map<CarriedState, Double> next = new HashMap<>();
    for (CarriedState state : graph.states()) {
      List<NDArray> signals =
          state.inputs().stream().map(i -> values.get(i.vertex()).get(i.output())).toList();
      next.put(state, state.rule().nextValue(carried.get(state), signals));
    }
    carried.putAll(next);
  }

  // ---- Use
  // ---------------------------------------------------------------------------------------

  /**
   * The networks for use, with averaged weights where a regularizer keeps them. Valid until the
   * session is closed or does its next step.
   *
   * @param manager owns what the networks return
   * @param seed keys the random streams
   */
  public TrainedModel trained(NDManager manager, long seed) {
    return new TrainedNetworks(graph, weights, use.store(moment(0)), manager, seed);
  }

  /**
   * What each network makes right now that plays against real data, by the weights that train, and
   * as much real data: of every network whose output is a fake of the same shape as the real
   * example of its pair. The session is left as it was, and so are its random streams.
   *
   * @param manager owns what is computed
   * @return in the order of the pairs, one a network; empty for batches of one sample
   */
  public List<SampleBatch> samples(NDManager manager) {
    return use.samples(moment(0), manager);
  }

  /**
   * A network to be written to a file, with averaged weights where a regularizer keeps them. Valid
   * until the session is closed or does its next step.
   *
   * @param role one of the graph's roles
   * @return its inputs are the ports that the architecture takes, in the architecture's order
   */
  public NetworkExport export(String role) {
    return use.export(role, moment(0));
  }

  /** Now, for a phase that has drawn so many batches before its own. */
  private Moment moment(long draw) {
    return new Moment(steps, steps * drawsPerStep + draw, carried);
  }

  // ---- Changing what is trained
  // -----------------------------------------------------------------

  /**
   * A session on another graph that goes on where this one stands. Whatever both graphs know by the
   * same name is carried over: the weights of roles and their averages, what optimizers keep for
   * them, carried scalars, the step and with it the place in every random stream. What the other
   * graph adds begins as it would at the first step; an average that it adds begins at the weights.
   * With an equal graph the next step gives the same bits.
   *
   * @param next any graph, as a rule of a composition that differs in a regularizer or two; another
   *     seed gives other batches and draws from here on
   * @return to be closed by the caller; this session stays as it was
   */
  public Session recompose(TrainingGraph next) {
    Session session = open(next);
    boolean recording = Autograd.setRecording(false);
    try {
      WeightTransfer carrying = new WeightTransfer(inPlace);
      for (NetworkWeights into : session.weights.values()) {
        same(into, weights.values())
            .ifPresentOrElse(
                from -> carrying.transferWeights(from, into), () -> carrying.noteNew(into));
      }
      weights.values().stream()
          .filter(from -> same(from, session.weights.values()).isEmpty())
          .forEach(carrying::noteRemoved);
      for (PlayerState into : session.players.values()) {
        Map<String, NDArray> kept = new HashMap<>();
        players.values().forEach(p -> kept.putAll(slots(p)));
        carrying.transferSlots(into.name(), kept, slots(into));
      }
      Map<String, Double> scalars = new HashMap<>();
      carried.forEach((state, value) -> scalars.put(state.name(), value));
      session.carried.replaceAll((state, value) -> scalars.getOrDefault(state.name(), value));
      session.steps = steps;
      session.notTransferred = carrying.notTransferred();
      return session;
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    } finally {
      Autograd.setRecording(recording);
    }
  }

  private static Optional<NetworkWeights> same(
      NetworkWeights network, Collection<NetworkWeights> among) {
    return among.stream().filter(w -> w.role().role().equals(network.role().role())).findFirst();
  }

  /**
   * What could not be carried over when this session was recomposed from another, as clauses, such
   * as {@code the discriminator begins at its initial weights, for its shapes are others}; empty if
   * all was.
   */
  public List<String> notTransferred() {
    return notTransferred;
  }

  // ---- Keeping
  // -----------------------------------------------------------------------------------

  /**
   * Writes all that is needed to continue: per network {@code ROLE.safetensors} with the weights
   * and, if there is one, {@code ROLE.average.safetensors}; per player {@code
   * PLAYER.optimizer.safetensors}; and {@code session.safetensors} with the step and the carried
   * scalars.
   *
   * @param folder exists and is empty
   */
  public void save(Path folder) throws IOException {
    SessionFiles files = new SessionFiles(folder, root, inPlace);
    for (NetworkWeights network : weights.values()) {
      files.write(network);
    }
    for (PlayerState player : players.values()) {
      files.write(player.name() + ".optimizer", slots(player));
    }
    files.writeScalars("session", scalars());
  }

  /**
   * Puts the session where it was when the folder was saved.
   *
   * @throws IOException if a file is missing, cut short, or does not match the graph, saying which
   */
  public void restore(Path folder) throws IOException {
    SessionFiles files = new SessionFiles(folder, root, inPlace);
    for (NetworkWeights network : weights.values()) {
      files.read(network);
    }
    for (PlayerState player : players.values()) {
      files.read(player.name() + ".optimizer", slots(player));
    }
    Map<String, Double> scalars = files.readScalars("session", scalars());
    steps = (long) (double) scalars.get("steps");
    for (CarriedState state : graph.states()) {
      carried.put(state, scalars.get("state/" + state.name()));
    }
  }

  private static Map<String, NDArray> slots(PlayerState player) {
    Map<String, NDArray> named = new LinkedHashMap<>();
    player
        .slots()
        .forEach(
            (slot, arrays) -> {
              int index = 0;
              for (NetworkWeights network : player.networks()) {
                for (String name : network.trainableNames()) {
                  named.put(network.role().role() + "/" + name + "/" + slot, arrays.get(index++));
                }
              }
            });
    return named;
  }

  private Map<String, Double> scalars() {
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("steps", (double) steps);
    carried.forEach((state, value) -> scalars.put("state/" + state.name(), value));
    return scalars;
  }

  @Override
  public void close() {
    root.close();
  }
}
