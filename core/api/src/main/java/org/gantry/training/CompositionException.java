package org.gantry.training;

import java.util.List;
import java.util.Optional;
import org.gantry.component.UnusableComponentException;

/**
 * A composition whose components do not fit together. The message is a sentence for the recipe's
 * author.
 */
public final class CompositionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<ComponentOrigin> origins;
  private final transient Optional<MissingComponent> missing;

  /**
   * The ports that a fitting component would have. A host can name the installed components that
   * have them.
   *
   * @param kind the kind of component
   * @param role the role that it would have
   * @param takes the input ports that the topology feeds
   * @param gives the output ports that components read
   */
  public record MissingComponent(
      String kind, String role, List<String> takes, List<String> gives) {}

  /**
   * Creates an exception.
   *
   * @param origins the components that do not fit, the one to change first
   * @param missing the ports that a component in place of the first one would need, if known
   */
  public CompositionException(
      String message, List<ComponentOrigin> origins, Optional<MissingComponent> missing) {
    super(message);
    this.origins = List.copyOf(origins);
    this.missing = missing;
  }

  CompositionException(String message, List<ComponentOrigin> origins) {
    this(message, origins, Optional.empty());
  }

  CompositionException(String message, List<ComponentOrigin> origins, Throwable cause) {
    this(message, origins);
    initCause(cause);
  }

  /** Names the component that cannot be used, which is the first origin. */
  static CompositionException of(UnusableComponentException unusable, ComponentOrigin... origins) {
    return new CompositionException(
        origins[0].label() + " does not fit: " + unusable.getMessage(), List.of(origins), unusable);
  }

  /** The components that do not fit, the one to change first. */
  public List<ComponentOrigin> origins() {
    return origins;
  }

  /** The ports that a component in place of the first origin would need, if known. */
  public Optional<MissingComponent> missing() {
    return missing;
  }
}
