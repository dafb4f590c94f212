package org.gantry.training;

import java.util.List;
import java.util.Optional;

/**
 * A composition that does not fit. The message is a sentence for the recipe's author; origins tell
 * which components are at odds, the one to change first.
 */
public final class CompositionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<ComponentOrigin> origins;
  private final transient Optional<MissingComponent> missing;

  /**
   * What a component would have to offer instead, so that a host can name the installed ones that
   * do.
   *
   * @param kind the kind of component
   * @param takes the input ports that it is given
   * @param gives the output ports that are read from it
   */
  public record MissingComponent(String kind, List<String> takes, List<String> gives) {}

  /** Creates an exception about one or more components, the one to change first. */
  public CompositionException(
      String message, List<ComponentOrigin> origins, Optional<MissingComponent> missing) {
    super(message);
    this.origins = List.copyOf(origins);
    this.missing = missing;
  }

  /** The components at odds, the one to change first. */
  public List<ComponentOrigin> origins() {
    return origins;
  }

  /** What would fit in place of the first origin, where that can be said by kind and ports. */
  public Optional<MissingComponent> missing() {
    return missing;
  }
}
