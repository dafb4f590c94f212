package org.gantry.cli.embedded;

import java.util.function.Supplier;
import org.gantry.cli.console.ErrorReport;
import org.gantry.embedded.GantryException;
import org.gantry.embedded.GantryProblem;
import org.gantry.host.TensorEngine;
import org.gantry.host.support.ContextClassLoaders;

/** Calls of programs: they run as commands do, and fail with the texts of commands. */
final class EmbeddedCalls {

  private EmbeddedCalls() {}

  /**
   * Runs code under the class loader of the launcher, where libraries find their services.
   *
   * @throws GantryException if the code fails
   */
  static <T> T call(Supplier<T> code) {
    try {
      return ContextClassLoaders.of(TensorEngine.class, code::get);
    } catch (GantryException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new GantryException(
          ErrorReport.of(e).parts().stream()
              .map(p -> new GantryProblem(p.where(), p.message(), p.expected(), p.fix()))
              .toList(),
          e);
    }
  }
}
