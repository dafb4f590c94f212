package org.gantry.architecture;

import java.util.List;
import java.util.stream.Stream;

/**
 * The ports of a network. Its block takes the inputs that a topology feeds, in the order of {@code
 * takes}, then of {@code accepts}.
 *
 * @param takes the input ports that a topology must feed
 * @param accepts the input ports that a topology may feed
 * @param gives the output ports, in the order of the block's outputs
 */
public record NetworkPorts(List<String> takes, List<String> accepts, List<String> gives) {

  private static final String OPTIONAL = "?";

  /** Copies the lists. */
  public NetworkPorts {
    takes = List.copyOf(takes);
    accepts = List.copyOf(accepts);
    gives = List.copyOf(gives);
  }

  /**
   * The ports that an annotation declares.
   *
   * @param takes the input ports; the name of an optional port ends in a question mark
   */
  public static NetworkPorts declared(List<String> takes, List<String> gives) {
    return new NetworkPorts(
        takes.stream().filter(port -> !port.endsWith(OPTIONAL)).toList(),
        takes.stream()
            .filter(port -> port.endsWith(OPTIONAL))
            .map(port -> port.substring(0, port.length() - OPTIONAL.length()))
            .toList(),
        gives);
  }

  /** All input ports, first those that must be fed. */
  public List<String> inputs() {
    return Stream.concat(takes.stream(), accepts.stream()).toList();
  }

  /** Whether a topology can feed exactly these ports. */
  public boolean canTake(List<String> fed) {
    return fed.containsAll(takes) && inputs().containsAll(fed);
  }
}
