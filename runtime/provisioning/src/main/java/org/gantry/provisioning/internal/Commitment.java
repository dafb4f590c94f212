package org.gantry.provisioning.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.gantry.components.Components;
import org.gantry.provisioning.Plan.Moving;
import org.gantry.provisioning.ProvisioningException;

/**
 * Makes a planned change: for the state folder, then for the running framework; and takes it back
 * if what came in does not work.
 *
 * @param state is changed first
 * @param live is brought to it
 * @param components those of the running host
 * @param limit how long a plugin may take to be tried
 */
record Commitment(
    StateFolder state, LivePlugins live, Supplier<Components> components, Duration limit) {

  /**
   * Carries out a plan; to be called by one at a time.
   *
   * @param third whether plugins that do not come with the product run in this process
   */
  int carryOut(Draft draft, boolean third) throws IOException {
    if (!draft.startsFromRuins() && state.current() != draft.from()) {
      throw new ProvisioningException(
          false, "somebody else has changed the plugins meanwhile", "Ask for it again.", null);
    }
    for (Map.Entry<String, Path> jar : draft.jars().entrySet()) {
      state.store(jar.getValue(), jar.getKey());
    }
    for (String hash : draft.released()) {
      state.release(hash);
    }
    int number = draft.target().isPresent() ? draft.target().get() : state.add(draft.after());
    state.pointTo(number);
    live.become(draft.after(), third);
    Optional<String> trouble = third ? troubleWith(draft.in()) : Optional.empty();
    if (trouble.isPresent() && !draft.startsFromRuins()) {
      takeBack(draft, number, third);
      throw new ProvisioningException(
          false, trouble.get(), "Everything is as it was before.", null);
    }
    return state.tidy();
  }

  private void takeBack(Draft draft, int number, boolean third) throws IOException {
    state.pointTo(draft.from());
    if (draft.target().isEmpty()) {
      state.drop(number);
    }
    for (Moving moving : draft.in()) {
      // What is not installed is in no quarantine either: another attempt is a new one.
      state.release(moving.sha256());
    }
    live.become(state.lock(draft.from()), third);
  }

  private Optional<String> troubleWith(List<Moving> in) {
    Map<String, String> problems = live.problems();
    for (Moving moving : in) {
      String problem = problems.get(moving.name() + " " + moving.version());
      Optional<String> trouble =
          problem != null ? Optional.of(problem) : health(moving.name(), moving.version());
      if (trouble.isPresent()) {
        return trouble;
      }
    }
    return Optional.empty();
  }

  /** What is wrong with a plugin that has started; empty if nothing is. */
  Optional<String> health(String name, String version) {
    return new Health(components.get(), limit).of(name, version);
  }
}
