package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.Autograd.CheckedGradients;
import org.gantry.training.StepTimer.Activity;
import org.gantry.training.StepTimer.StepPart;

/** One training step: evaluates the phases of the plan in order, and updates their players. */
final class TrainingStep {

  private final TrainingGraph graph;
  private final SessionState state;
  private final StepPlan plan;
  private final Evaluator evaluator;
  private final Autograd autograd;
  private final StepExchange exchange;
  private final GradientCheck check;
  private final StepTimer timer;
  private final ValueListener listener;
  private final long step;
  private final List<EvaluationPass> passes = new ArrayList<>();
  private final Map<String, Integer> updates = new HashMap<>();
  private final Map<String, Double> reported = new LinkedHashMap<>();
  private final Map<String, Double> gradientNorms = new LinkedHashMap<>();

  TrainingStep(
      SessionState state,
      StepPlan plan,
      Evaluator evaluator,
      Autograd autograd,
      StepExchange exchange,
      GradientCheck check,
      StepTimer timer,
      ValueListener listener) {
    this.graph = state.graph();
    this.state = state;
    this.plan = plan;
    this.evaluator = evaluator;
    this.autograd = autograd;
    this.exchange = exchange;
    this.check = check;
    this.timer = timer;
    this.listener = listener;
    this.step = state.completedSteps();
    graph.terms().forEach(t -> reported.put(t.key(), Double.NaN));
  }

  /** The norm of each player's gradients, where the check measures it. */
  Map<String, Double> gradientNorms() {
    return gradientNorms;
  }

  /**
   * Executes the step.
   *
   * @param manager owns the values that a later phase reuses
   * @return the terms, then the watched values
   */
  Map<String, Double> run(NDManager manager) {
    List<StepPhase> phases = plan.phasesAndObservation();
    for (int index = 0; index < phases.size(); index++) {
      StepPhase phase = phases.get(index);
      // A value that a later phase reuses can alias memory of this phase's inputs, so all stays.
      NDManager owner = phase.keepsValues() ? manager : manager.newSubManager();
      EvaluationPass pass = evaluator.beginPhase(phase, index, owner);
      phase.nodes().forEach(planned -> evaluate(planned, phase, pass));
      passes.add(pass);
      long evaluated = System.nanoTime();
      if (phase.player().isEmpty()) {
        observe(pass);
        timer.took(part(Activity.OBSERVATION, phase), System.nanoTime() - evaluated);
      } else {
        NDList gradients = exchange(phase, gradients(phase, pass, owner), owner);
        long differentiated = System.nanoTime();
        timer.took(part(Activity.GRADIENTS, phase), differentiated - evaluated);
        update(phase, pass, gradients);
        timer.took(part(Activity.UPDATE, phase), System.nanoTime() - differentiated);
      }
      if (owner != manager) {
        owner.close();
      }
    }
    exchange.averageScalars(step + 1, reported);
    state.moveToStep(step + 1);
    return reported;
  }

  private void evaluate(PhaseNode planned, StepPhase phase, EvaluationPass pass) {
    long start = System.nanoTime();
    pass.execute(planned, passes);
    timer.took(
        new StepPart(Activity.EVALUATION, phase.player(), Optional.of(planned.node())),
        System.nanoTime() - start);
    if (!planned.reused()) {
      listener.evaluated(planned.node(), pass.values(planned.graphNode()));
    }
  }

  private static StepPart part(Activity activity, StepPhase phase) {
    return new StepPart(activity, phase.player(), Optional.empty());
  }

  /** Computes the gradients of a player's terms, and reports the terms. */
  private NDList gradients(StepPhase phase, EvaluationPass pass, NDManager owner) {
    PlayerState player = state.player(phase.player());
    List<LossTerm> terms = graph.terms(player.name());
    NDList values = new NDList();
    NDArray total = null;
    Autograd.setRecording(true);
    for (LossTerm term : terms) {
      values.add(pass.value(term.scalar()));
      NDArray weighted = term.node().operation().evaluate(term.node(), pass).get(0);
      total = total == null ? weighted : total.add(weighted);
    }
    player.networks().forEach(w -> w.requireGradient(true));
    if (check == GradientCheck.NONE || player.parameters().isEmpty()) {
      for (int i = 0; i < terms.size(); i++) {
        report(terms.get(i), values.get(i).getFloat(), phase, pass);
      }
      NDList gradients = autograd.gradients(owner, total, player.parameters());
      Autograd.setRecording(false);
      return gradients;
    }
    if (total != values.get(values.size() - 1)) {
      values.add(total);
    }
    boolean measured = check == GradientCheck.NORM;
    CheckedGradients checked =
        autograd.checkedGradients(owner, values, player.parameters(), measured);
    Autograd.setRecording(false);
    for (int i = 0; i < terms.size(); i++) {
      report(terms.get(i), checked.values().get(i), phase, pass);
    }
    NonFiniteSearch.requireFinite(step, player, checked);
    if (measured) {
      // If all elements are finite but the sum of their squares exceeds float32, the norm does too.
      gradientNorms.put(player.name(), Math.min((double) checked.norm(), Float.MAX_VALUE));
    }
    return checked.gradients();
  }

  /** The mean of all workers' gradients, if they exchange gradients. */
  private NDList exchange(StepPhase phase, NDList gradients, NDManager owner) {
    if (!exchange.averagesGradients(state.player(phase.player()))) {
      return gradients;
    }
    List<String> keys = graph.terms(phase.player()).stream().map(LossTerm::key).toList();
    NDList averaged = exchange.averageGradients(owner, gradients, keys, reported);
    gradientNorms.computeIfPresent(
        phase.player(), (player, own) -> Math.min(StepExchange.norm(averaged), Float.MAX_VALUE));
    return averaged;
  }

  private void report(LossTerm term, double number, StepPhase phase, EvaluationPass pass) {
    reported.put(term.key(), number);
    if (!Double.isFinite(number)) {
      throw NonFiniteSearch.behindTerm(step, term.key(), number, phase, pass);
    }
  }

  private void update(StepPhase phase, EvaluationPass pass, NDList gradients) {
    PlayerState player = state.player(phase.player());
    int inStep = updates.merge(player.name(), 1, Integer::sum);
    long count = step * graph.composition().updatesOf(player.name()) + inStep;
    double progress = Math.min(1, (double) step / graph.composition().steps());
    player.update(gradients, count, progress, learningRateFactor(phase, pass));
    exchange.exchangeWeights(player, step + 1);
    for (NetworkWeights network : player.networks()) {
      network.role().actions().forEach(a -> a.action().accept(network.trainable()));
      network
          .role()
          .averaging()
          .ifPresent(a -> a.rule().moveAverage(network.average(), network.trainable(), count));
    }
  }

  /** The product of all factors of the player's learning rate. */
  private double learningRateFactor(StepPhase phase, EvaluationPass pass) {
    double product = 1;
    for (NodeOutput factor : graph.rateFactors(phase.player())) {
      double number = pass.value(factor).getFloat();
      if (!Double.isFinite(number)) {
        throw NonFiniteSearch.behindTerm(step, phase.player() + "/rate", number, phase, pass);
      }
      product *= number;
    }
    return product;
  }

  /** Reports the watched values, and computes the carried values of the next step. */
  private void observe(EvaluationPass pass) {
    Autograd.setRecording(false);
    for (WatchedValue watch : graph.watches()) {
      reported.put(watch.name(), (double) pass.value(watch.value()).getFloat());
    }
    Map<GraphScalarState, Double> next = new HashMap<>();
    for (GraphScalarState carried : graph.states()) {
      List<NDArray> signals = carried.inputs().stream().map(pass::value).toList();
      next.put(carried, carried.rule().nextValue(state.carried(carried), signals));
    }
    Map<GraphTensorState, NDArray> nextArrays = new LinkedHashMap<>();
    for (GraphTensorState carried : graph.arrays()) {
      List<NDArray> signals = carried.inputs().stream().map(pass::value).toList();
      NDArray value = pass.valueOf(carried);
      NDArray changed = carried.rule().nextValue(value, signals);
      if (!changed.getShape().equals(carried.shape())) {
        throw new IllegalStateException(
            "the rule of the state %s of %s gives the shape %s instead of %s"
                .formatted(
                    carried.name(),
                    carried.contributor().label(),
                    changed.getShape(),
                    carried.shape()));
      }
      nextArrays.put(carried, changed);
    }
    state.carry(next);
    state.carryArrays(nextArrays);
  }
}
