package org.gantry.serving.internal.model;

import java.util.Optional;
import java.util.function.Consumer;
import org.gantry.host.support.ErrorText;
import org.gantry.serving.ModelLocation;

/** A model under its name, with the newest networks that could be opened. */
public final class ServedModel implements AutoCloseable {

  /** What looking for newer networks led to. */
  public enum ReloadResult {
    /** There are no newer ones. */
    UNCHANGED,
    /** Newer ones are served. */
    REPLACED,
    /** Newer ones are damaged; the earlier ones are still served. */
    FAILED
  }

  private final ModelLocation location;
  private final PassListener passes;
  private final Consumer<String> log;
  private volatile ModelGeneration current;
  private volatile Optional<String> problem = Optional.empty();
  private String seen;

  private ServedModel(ModelLocation location, PassListener passes, Consumer<String> log) {
    this.location = location;
    this.passes = passes;
    this.log = log;
    // The version comes first: a checkpoint that is written meanwhile is found later.
    seen = location.version();
    current = ModelGeneration.open(location.name(), location::open, passes);
    report();
  }

  /**
   * Opens a model.
   *
   * @param passes learns of each pass
   * @param log receives notes about the networks
   * @throws RuntimeException if there are no intact networks
   */
  public static ServedModel open(
      ModelLocation location, PassListener passes, Consumer<String> log) {
    return new ServedModel(location, passes, log);
  }

  private void report() {
    log.accept(
        "%s is served from %s, step %d, %s"
            .formatted(name(), location.label(), current.step(), current.weights()));
    current.notes().forEach(note -> log.accept("note: " + name() + ": " + note));
  }

  /** Returns the name in addresses. */
  public String name() {
    return location.name();
  }

  /** Returns why the newest networks are not served; empty if they are. */
  public Optional<String> problem() {
    return problem;
  }

  /** Returns the number of computations that wait. */
  public int queueLength() {
    return current.queueLength();
  }

  /** Leases the networks for one request. */
  public ModelLease lease() {
    while (true) {
      ModelGeneration networks = current;
      if (networks.lease()) {
        return new ModelLease(networks);
      }
      if (networks == current) {
        throw new OverloadException("the server is stopping");
      }
    }
  }

  /**
   * Serves newer networks, if there are any. Requests in flight keep those that they lease. A
   * version that could not be opened is not tried again.
   */
  public synchronized ReloadResult reload() {
    String version;
    try {
      version = location.version();
    } catch (RuntimeException e) {
      return failed(e);
    }
    if (version.equals(seen)) {
      return problem.isPresent() ? ReloadResult.FAILED : ReloadResult.UNCHANGED;
    }
    ModelGeneration next;
    try {
      next = ModelGeneration.open(name(), location::openNewest, passes);
    } catch (RuntimeException | OutOfMemoryError e) {
      seen = version;
      return failed(e);
    }
    seen = version;
    problem = Optional.empty();
    ModelGeneration before = current;
    current = next;
    before.retire();
    report();
    return ReloadResult.REPLACED;
  }

  private ReloadResult failed(Throwable failure) {
    String reason = ErrorText.message(failure);
    if (!problem.equals(Optional.of(reason))) {
      log.accept(
          "note: %s: newer networks are not served: %s; those of step %d stay in service"
              .formatted(name(), reason, current.step()));
    }
    problem = Optional.of(reason);
    return ReloadResult.FAILED;
  }

  /** Refuses further leases, and frees the networks once none is left. */
  @Override
  public synchronized void close() {
    current.retire();
  }
}
