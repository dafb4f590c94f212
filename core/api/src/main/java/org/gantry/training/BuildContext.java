package org.gantry.training;

import java.util.HashMap;
import java.util.Map;
import org.gantry.component.UnusableComponentException;
import org.gantry.tensor.RandomStreams;

/** What the parts of a graph under construction share: names, streams and the contributor. */
final class BuildContext {

  private final Composition composition;
  private final StreamClock clock;
  private final Map<String, Integer> names = new HashMap<>();
  private ComponentOrigin contributor;

  BuildContext(Composition composition) {
    this.composition = composition;
    this.clock = new StreamClock(new RandomStreams(composition.seed()));
    this.contributor = composition.topology().origin();
  }

  Composition composition() {
    return composition;
  }

  StreamClock clock() {
    return clock;
  }

  /** The component that edits the graph at the moment. */
  ComponentOrigin contributor() {
    return contributor;
  }

  /**
   * Runs the part of a component. The component becomes the contributor of every node that it adds.
   *
   * @throws CompositionException if the component does not fit
   */
  void contribute(ComponentOrigin origin, Runnable part) {
    ComponentOrigin before = contributor;
    contributor = origin;
    try {
      part.run();
    } catch (UnusableComponentException e) {
      throw CompositionException.of(e, origin);
    } catch (CompositionException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "%s (%s) failed while the graph was built: %s"
              .formatted(origin.label(), origin.bundle(), e),
          e);
    } finally {
      contributor = before;
    }
  }

  /** The name, with a number appended if the graph has it already. */
  String uniqueName(String name) {
    int count = countName(name);
    return count == 1 ? name : name + "-" + count;
  }

  /** Counts how often a name was given, this time included. */
  int countName(String name) {
    return names.merge(name, 1, Integer::sum);
  }
}
