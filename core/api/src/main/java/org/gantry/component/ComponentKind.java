package org.gantry.component;

/** The kinds of component that the host itself composes. The set is open: a kind is just a name. */
public final class ComponentKind {

  /** Makes samples from latent codes: {@code org.gantry.architecture.Architecture}. */
  public static final String GENERATOR = "generator";

  /** Judges samples: {@code org.gantry.architecture.Architecture}. */
  public static final String DISCRIMINATOR = "discriminator";

  /** Maps samples to latent codes: {@code org.gantry.architecture.Architecture}. */
  public static final String ENCODER = "encoder";

  /** Wires data, noise and networks: {@code org.gantry.topology.Topology}. */
  public static final String TOPOLOGY = "topology";

  /** What an adversarial pair plays for: {@code org.gantry.loss.Loss}. */
  public static final String LOSS = "loss";

  /** Edits the training graph: {@code org.gantry.regularizer.Regularizer}. */
  public static final String REGULARIZER = "regularizer";

  /** Where real samples come from: {@code org.gantry.data.Dataset}. */
  public static final String DATASET = "dataset";

  /** The distribution of latent codes: {@code org.gantry.prior.Prior}. */
  public static final String PRIOR = "prior";

  /** Moves parameters: {@code org.gantry.optimizer.Optimizer}. */
  public static final String OPTIMIZER = "optimizer";

  /** A figure of merit: {@code org.gantry.metric.Metric}. */
  public static final String METRIC = "metric";

  /** Produces output from a trained run: {@code org.gantry.sampler.Sampler}. */
  public static final String SAMPLER = "sampler";

  /** Looks out for trouble in a training: {@code org.gantry.watchdog.Watchdog}. */
  public static final String WATCHDOG = "watchdog";

  private ComponentKind() {}
}
