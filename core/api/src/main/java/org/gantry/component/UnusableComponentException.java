package org.gantry.component;

/**
 * Thrown by a component that cannot work where the recipe uses it. An example is a convolutional
 * network on data that are not images. The host adds the place in the recipe and suggests installed
 * components that would work.
 */
public final class UnusableComponentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what the component expects and what it found, as one sentence for the author of
   *     the recipe
   */
  public UnusableComponentException(String message) {
    super(message);
  }
}
