package org.gantry.component;

/**
 * Thrown by a component that cannot do its work in the place it was given, such as a convolutional
 * network on data that are no images. The host adds where in the recipe this happened and which
 * installed components would fit.
 */
public final class UnusableComponentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates a misfit.
   *
   * @param message what was expected and what was found, as one sentence for the recipe's author
   */
  public UnusableComponentException(String message) {
    super(message);
  }
}
