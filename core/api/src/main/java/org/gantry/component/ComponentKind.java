package org.gantry.component;

/**
 * The names of the kinds of component that the host composes. {@code org.gantry.kind.KindTable}
 * says what each of them is. A plugin can add kinds, see {@link KindInterface}.
 */
public final class ComponentKind {

  /** Makes samples from latent codes: {@code org.gantry.architecture.Architecture}. */
  public static final String GENERATOR = "generator";

  /** Scores samples: {@code org.gantry.architecture.Architecture}. */
  public static final String DISCRIMINATOR = "discriminator";

  /** Maps samples to latent codes: {@code org.gantry.architecture.Architecture}. */
  public static final String ENCODER = "encoder";

  /**
   * Turns a label, a text or another wish into numbers that networks take: {@code
   * org.gantry.architecture.Architecture}.
   */
  public static final String CONDITION = "condition";

  /** Wires data, noise and networks: {@code org.gantry.topology.Topology}. */
  public static final String TOPOLOGY = "topology";

  /** States what each player minimises: {@code org.gantry.loss.Loss}. */
  public static final String LOSS = "loss";

  /** Edits the training graph: {@code org.gantry.regularizer.Regularizer}. */
  public static final String REGULARIZER = "regularizer";

  /** Provides real samples: {@code org.gantry.data.Dataset}. */
  public static final String DATASET = "dataset";

  /** Draws latent codes: {@code org.gantry.prior.Prior}. */
  public static final String PRIOR = "prior";

  /** Updates parameters: {@code org.gantry.optimizer.Optimizer}. */
  public static final String OPTIMIZER = "optimizer";

  /** Measures samples: {@code org.gantry.metric.Metric}. */
  public static final String METRIC = "metric";

  /** Produces output from a trained run: {@code org.gantry.sampler.Sampler}. */
  public static final String SAMPLER = "sampler";

  /** Detects trouble during training: {@code org.gantry.watchdog.Watchdog}. */
  public static final String WATCHDOG = "watchdog";

  /** Says what an edited picture should be like: {@code org.gantry.constraint.Constraint}. */
  public static final String CONSTRAINT = "constraint";

  private ComponentKind() {}
}
