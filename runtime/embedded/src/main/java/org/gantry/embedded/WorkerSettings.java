package org.gantry.embedded;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a process takes part in a training with several workers. All workers have the same settings,
 * except for the host.
 *
 * @param run the folder of the run, which every worker can read and worker 0 can write
 * @param host the address of this machine for the other workers; sockets are bound to it alone
 * @param secret known to the workers alone; from {@link #createSecret}
 * @param strategy {@code all-reduce}, {@code averaging} or {@code multi-discriminator}
 * @param interval the number of steps between two averages of weights, or between two swaps of
 *     discriminators; without a meaning for {@code all-reduce}
 * @param limit after how long a worker that does not answer counts as lost
 * @param notices gets sentences for the user, such as about a worker that is slow
 */
public record WorkerSettings(
    Path run,
    String host,
    String secret,
    String strategy,
    int interval,
    Duration limit,
    Consumer<String> notices) {

  /** Checks that everything is there. */
  public WorkerSettings {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(secret, "secret");
    Objects.requireNonNull(strategy, "strategy");
    Objects.requireNonNull(limit, "limit");
    Objects.requireNonNull(notices, "notices");
    if (interval < 1) {
      throw new IllegalArgumentException("the interval of workers must be at least 1");
    }
  }

  /** Creates a random secret of 64 hexadecimal digits. */
  public static String createSecret() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
