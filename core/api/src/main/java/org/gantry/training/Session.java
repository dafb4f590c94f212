package org.gantry.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.export.NetworkExport;
import org.gantry.export.ScriptForm;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.ComputeDevice;
import org.gantry.tensor.FloatPrecision;
import org.gantry.tensor.HeldMemory;
import org.gantry.tensor.Kernel;
import org.gantry.watchdog.SampleBatch;

/**
 * A running training: its parameters, the state of its optimizers and regularizers, and the
 * position in its random streams. One thread at a time may use a session. Several sessions can
 * train in one process.
 */
public final class Session implements AutoCloseable {

  private final ComputeDevice device;
  private final WorkerPlan workers;
  private final NDManager manager;
  private final Autograd autograd;
  private final StepPlan plan;
  private final SessionState state;
  private final Evaluator evaluator;
  private final StepExchange exchange;
  private final InferenceView inference;
  private Map<String, Double> gradientNorms = Map.of();
  private List<String> notTransferred = List.of();

  private Session(TrainingGraph graph, ComputeDevice device, WorkerPlan workers) {
    this.device = device;
    this.workers = workers;
    manager = device.newManager();
    autograd = new Autograd(manager);
    plan = graph.plan();
    state = new SessionState(graph, manager);
    state.weights().forEach(weights -> compile(weights.role()));
    evaluator =
        new Evaluator(state, autograd, plan.drawsPerStep(), WorkerShard.of(workers.group()));
    exchange = new StepExchange(workers, state);
    inference = new InferenceView(state, evaluator);
  }

  private void compile(NetworkRole role) {
    FloatPrecision precision = state.graph().composition().precision();
    role.compile(manager, ScriptForm.fastest(role.block(), device, precision));
  }

  /** Opens a session on the processor; see {@link #open(TrainingGraph, ComputeDevice)}. */
  public static Session open(TrainingGraph graph) {
    return open(graph, ComputeDevice.CPU);
  }

  /**
   * Opens a session at step 0, with initialised parameters. Networks with a source of weights start
   * from those.
   *
   * @param device where the session computes; {@link ComputeDevice#isAvailable available}
   * @return closed by the caller
   * @throws CompositionException if a source of weights cannot be read or does not fit
   */
  public static Session open(TrainingGraph graph, ComputeDevice device) {
    return open(graph, device, WorkerPlan.SINGLE);
  }

  /**
   * Opens the session of one of several workers; see {@link #open(TrainingGraph, ComputeDevice)}.
   * Every worker needs an equal graph. The workers start from the same weights, and a step waits
   * for the others where the plan exchanges values.
   *
   * @param workers the other workers, and what the session exchanges with them
   */
  public static Session open(TrainingGraph graph, ComputeDevice device, WorkerPlan workers) {
    Session session = openUntrained(graph, device, workers);
    try {
      session.state.weights().forEach(network -> InitialWeights.load(network, session.state));
      return session;
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  /**
   * Opens a session in the state that {@link #save} wrote. Sources of weights are not read.
   *
   * @param folder the state
   * @return closed by the caller
   * @throws IOException if a file is missing, is corrupt or does not match the graph; the message
   *     names the file
   */
  public static Session resume(TrainingGraph graph, Path folder) throws IOException {
    Session session = openUntrained(graph, ComputeDevice.CPU, WorkerPlan.SINGLE);
    try {
      session.restore(folder);
      return session;
    } catch (IOException | RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  private static Session openUntrained(
      TrainingGraph graph, ComputeDevice device, WorkerPlan workers) {
    Session session = new Session(TrainingGraph.build(graph.composition()), device, workers);
    if (graph.composition().precision() == FloatPrecision.BF16
        && session.networkForms().values().stream().noneMatch(form -> form.contains("bf16"))) {
      session.close();
      throw new CompositionException(
          "no network can compute in bf16, because each has a layer that works in float32 alone; use float32",
          List.of());
    }
    return session;
  }

  /**
   * How trainings compute each network, by role: {@code one call}, with {@code bf16} or {@code
   * channels last} where they apply, or {@code layer by layer}.
   */
  public Map<String, String> networkForms() {
    Map<String, String> forms = new LinkedHashMap<>();
    for (NetworkWeights network : state.weights()) {
      forms.put(
          network.role().role(),
          network
              .role()
              .form()
              .map(form -> form.label().isEmpty() ? "one call" : "one call, " + form.label())
              .orElse("layer by layer"));
    }
    return forms;
  }

  /** The device on which the session computes. */
  public ComputeDevice device() {
    return device;
  }

  /** The workers that the session trains with. */
  public WorkerPlan workers() {
    return workers;
  }

  /** Whether all workers have the same generators after the completed steps. */
  public boolean isAligned() {
    return workers.isAligned(state.completedSteps(), state.graph().composition().steps());
  }

  /** The number of completed steps. */
  public long completedSteps() {
    return state.completedSteps();
  }

  /**
   * The Euclidean norm of all gradients of a player at its last update, by player. A player without
   * trainable parameters is absent. Empty before the first step, and after a step that did not
   * measure the norm.
   */
  public Map<String, Double> gradientNorms() {
    return gradientNorms;
  }

  /** Executes one step and measures its gradients; see {@link #step(GradientCheck)}. */
  public Map<String, Double> step() {
    return step(GradientCheck.NORM);
  }

  /**
   * Executes one step: every phase of the plan. The check does not change any bit of the result.
   *
   * @return the terms, by {@code player/term}, then the watched values, in a fixed order
   * @throws NonFiniteException if a term or a checked gradient is not finite, before the update of
   *     its player
   */
  public Map<String, Double> step(GradientCheck check) {
    return step(check, StepTimer.NONE);
  }

  /**
   * Executes one step as {@link #step(GradientCheck)} does, and measures its parts.
   *
   * @param timer learns how long they take, on the calling thread
   */
  public Map<String, Double> step(GradientCheck check, StepTimer timer) {
    return step(check, timer, ValueListener.NONE);
  }

  /**
   * Executes one step as {@link #step(GradientCheck, StepTimer)} does, and shows its values.
   *
   * @param listener sees the values of all nodes that the phases evaluate, on the calling thread
   */
  public Map<String, Double> step(GradientCheck check, StepTimer timer, ValueListener listener) {
    TrainingStep step =
        new TrainingStep(state, plan, evaluator, autograd, exchange, check, timer, listener);
    gradientNorms = Collections.unmodifiableMap(step.gradientNorms());
    inference.weightsChange();
    Kernel.executeAsWritten();
    boolean recording = Autograd.setRecording(true);
    try (NDManager values = manager.newSubManager()) {
      return HeldMemory.holdWhile(() -> step.run(values));
    } finally {
      Autograd.setRecording(recording);
    }
  }

  /**
   * The networks for inference, with averaged weights where a regularizer keeps them. Valid until
   * the next step, or until the session is closed.
   *
   * @param manager owns the outputs of the networks
   * @param seed keys the random streams
   */
  public TrainedModel trainedModel(NDManager manager, long seed) {
    return inference.trainedModel(manager, seed);
  }

  /**
   * Draws generated samples with the current weights, and as many real samples. It covers every
   * network whose output is a fake of the same shape as the real example of its pair. Neither the
   * session nor its random streams change.
   *
   * @param manager owns the samples
   * @return one entry for each network, in the order of the pairs; empty for batches of one sample
   */
  public List<SampleBatch> samples(NDManager manager) {
    return inference.samples(manager);
  }

  /**
   * A network to write to a file, with averaged weights where a regularizer keeps them. Valid until
   * the next step, or until the session is closed.
   *
   * @param role one of the graph's roles
   * @return its inputs are the ports that the architecture takes, in the architecture's order
   * @throws IllegalArgumentException if the graph has no such role
   */
  public NetworkExport export(String role) {
    return inference.export(role);
  }

  /**
   * All networks behind one use as one network to write to a file, such as a generator together
   * with the network that encodes its condition. Valid as long as {@link #export}.
   *
   * @param use one of the graph's uses
   * @return its inputs are those of the use, in order
   * @throws IllegalArgumentException if the graph has no such use
   * @throws org.gantry.export.ExportException if the use computes more than networks do
   */
  public NetworkExport exportUse(String use) {
    return inference.exportUse(use);
  }

  /**
   * Opens a session on another graph that continues this one. It transfers everything that both
   * graphs have under the same name: weights and averages, optimizer slots, carried scalars, and
   * the step with its position in every random stream. Additions of the other graph start as at
   * step 0, but an added average starts from the current weights. With an equal graph the next step
   * gives the same bits.
   *
   * @param next any graph, usually of a composition that differs in a regularizer or two; another
   *     seed gives other batches and draws from here on
   * @return closed by the caller; this session stays unchanged
   */
  public Session recompose(TrainingGraph next) {
    Session session = openUntrained(next, device, workers);
    try {
      for (NetworkWeights network : session.state.weights()) {
        if (state.weights(network.role().role()).isEmpty()) {
          InitialWeights.load(network, session.state);
        }
      }
      session.notTransferred = WeightTransfer.transfer(state, session.state);
      return session;
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  /**
   * What {@link #recompose} did not transfer to this session, as clauses such as {@code the
   * discriminator starts from its initial weights because its shapes differ}. Empty if it
   * transferred everything.
   */
  public List<String> notTransferred() {
    return notTransferred;
  }

  /**
   * Writes all state that the training needs to continue: per network {@code ROLE.safetensors} with
   * the weights and, if there is an average, {@code ROLE.average.safetensors}; per player {@code
   * PLAYER.optimizer.safetensors}; {@code session.safetensors} with the step and the carried
   * scalars; and, if arrays are carried, {@code session.arrays.safetensors}.
   *
   * @param folder exists and is empty
   */
  public void save(Path folder) throws IOException {
    new SessionFiles(folder, state).save();
  }

  /**
   * Restores the state that {@link #save} wrote.
   *
   * @throws IOException if a file is missing, is corrupt or does not match the graph; the message
   *     names the file
   */
  public void restore(Path folder) throws IOException {
    inference.weightsChange();
    new SessionFiles(folder, state).restore();
  }

  @Override
  public void close() {
    manager.close();
  }
}
