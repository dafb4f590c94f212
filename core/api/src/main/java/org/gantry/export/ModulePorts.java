package org.gantry.export;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a module takes and gives, as a text that travels with it: a line for each port, such as
 * {@code takes [100] latent} or {@code gives [3,64,64] image}, with the shape of one sample.
 */
record ModulePorts(List<NetworkPort> takes, List<NetworkPort> gives) {

  /** What names of texts begin with that are written by the exporter itself. */
  static final String RESERVED = "gantry.";

  static final String NOTE = RESERVED + "ports";

  private static final Pattern LINE = Pattern.compile("(takes|gives) \\[([0-9,]*)] (.+)");

  static String text(List<NetworkPort> takes, List<NetworkPort> gives) {
    return Stream.concat(
            takes.stream().map(p -> line("takes", p)), gives.stream().map(p -> line("gives", p)))
        .collect(Collectors.joining());
  }

  private static String line(String direction, NetworkPort port) {
    String lengths =
        LongStream.of(port.shape().getShape())
            .mapToObj(Long::toString)
            .collect(Collectors.joining(","));
    return direction + " [" + lengths + "] " + port.name() + "\n";
  }

  /** Reads the text; lines that are none of its own are left out. */
  static ModulePorts of(String text) {
    return new ModulePorts(ports(text, "takes"), ports(text, "gives"));
  }

  private static List<NetworkPort> ports(String text, String direction) {
    return text.lines()
        .map(LINE::matcher)
        .filter(m -> m.matches() && m.group(1).equals(direction))
        .map(m -> new NetworkPort(m.group(3), shape(m.group(2))))
        .toList();
  }

  private static Shape shape(String lengths) {
    return new Shape(
        Stream.of(lengths.split(",", -1))
            .filter(n -> !n.isEmpty())
            .mapToLong(Long::parseLong)
            .toArray());
  }
}
