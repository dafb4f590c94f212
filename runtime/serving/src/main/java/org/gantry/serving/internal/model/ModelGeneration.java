package org.gantry.serving.internal.model;

import ai.djl.ndarray.NDManager;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.gantry.data.Dataset;
import org.gantry.runs.samples.SampleSource;
import org.gantry.runs.translation.PictureTranslator;
import org.gantry.runs.translation.TranslationUses;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.TrainedModel;
import org.gantry.serving.ModelLocation.OpenedModel;
import org.gantry.training.BoundComponent;

/**
 * Networks that are served until newer ones replace them. Requests lease them, and the last one to
 * return retired networks frees them.
 */
public final class ModelGeneration {

  /** The largest side of a picture that is translated as a whole, as that of the command line. */
  private static final int TILE = 1024;

  /** The most rows of requests in a pass, which limits how long others wait for it. */
  private static final int ROWS = 256;

  /** How long the networks may take to be opened. */
  private static final Duration OPENING = Duration.ofHours(1);

  private final PassQueue queue;
  private final OpenedModel opened;
  private final List<ModelUse> uses;
  private final Set<String> joinable = new LinkedHashSet<>();
  private final Map<String, PictureTranslator> translators = new LinkedHashMap<>();
  private int leases;
  private boolean retired;

  private ModelGeneration(PassQueue queue, OpenedModel opened) {
    this.queue = queue;
    this.opened = opened;
    uses = opened.source().uses();
    for (ModelUse use : uses) {
      if (RowProbe.hasIndependentRows(opened.source(), use)) {
        joinable.add(use.name());
      }
    }
    try (NDManager manager = opened.source().newManager()) {
      TrainedModel model = opened.source().trainedModel(manager, opened.source().seed());
      for (ModelUse use : TranslationUses.of(uses)) {
        translators.put(use.name(), new PictureTranslator(model, use, TILE));
      }
    }
  }

  /**
   * Opens networks, on the thread that will compute with them.
   *
   * @param name the name of the model
   * @throws RuntimeException if they cannot be opened
   */
  static ModelGeneration open(String name, Supplier<OpenedModel> opener, PassListener listener) {
    PassQueue queue = new PassQueue(name, ROWS, listener);
    try {
      return queue.compute(
          () -> {
            OpenedModel opened = opener.get();
            try {
              return new ModelGeneration(queue, opened);
            } catch (RuntimeException | Error e) {
              opened.source().close();
              throw e;
            }
          },
          RequestDeadline.in(OPENING));
    } catch (RuntimeException | Error e) {
      queue.close();
      throw e;
    }
  }

  /** Leases the networks; false if they are retired. */
  synchronized boolean lease() {
    if (!retired) {
      leases++;
    }
    return !retired;
  }

  /** Ends a lease. */
  synchronized void giveBack() {
    leases--;
    freeIfUnused();
  }

  /** Refuses further leases, and frees the networks once they are no longer leased. */
  synchronized void retire() {
    retired = true;
    freeIfUnused();
  }

  private void freeIfUnused() {
    if (retired && leases == 0) {
      // The thread that computes with the networks frees them, and then ends.
      queue.finish(opened.source()::close);
    }
  }

  /** What the user should know about the networks, as sentences. */
  public List<String> notes() {
    return opened.notes();
  }

  /** What the networks can make. */
  public List<ModelUse> uses() {
    return uses;
  }

  /** Whether requests for a use share passes. */
  public boolean isJoinable(ModelUse use) {
    return joinable.contains(use.name());
  }

  /** The number of training steps behind the weights. */
  public long step() {
    return opened.source().step();
  }

  /** The seed of the run. */
  public long seed() {
    return opened.source().seed();
  }

  /** The weights, as a noun phrase. */
  public String weights() {
    return opened.source().weights();
  }

  /** The number of computations that wait. */
  int queueLength() {
    return queue.length();
  }

  /** The networks as one request sees them. */
  public SampleSource forRequest(RequestDeadline deadline) {
    return new RequestSource(opened.source(), queue, joinable, deadline);
  }

  /**
   * Translates pictures by a use.
   *
   * @param model the networks as one request sees them
   */
  public Optional<PictureTranslator> translator(ModelUse use, TrainedModel model) {
    return Optional.ofNullable(translators.get(use.name())).map(found -> found.withModel(model));
  }

  /** The networks as one request sees them; closing them does nothing. */
  private record RequestSource(
      SampleSource source, PassQueue queue, Set<String> joinable, RequestDeadline deadline)
      implements SampleSource {

    @Override
    public List<ModelUse> uses() {
      return source.uses();
    }

    @Override
    public TrainedModel trainedModel(NDManager manager, long seed) {
      return new BatchedModel(
          source.trainedModel(manager, seed), queue, joinable::contains, deadline);
    }

    @Override
    public NDManager newManager() {
      return source.newManager();
    }

    @Override
    public BoundComponent<Sampler> sampler() {
      return source.sampler();
    }

    @Override
    public Dataset imitatedData(String use) {
      return source.imitatedData(use);
    }

    @Override
    public long seed() {
      return source.seed();
    }

    @Override
    public long step() {
      return source.step();
    }

    @Override
    public String weights() {
      return source.weights();
    }

    @Override
    public void close() {
      // The generation closes the networks.
    }
  }
}
