package org.gantry.export;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The ports of a module, and their text form in its file. Each port is a line with the shape of one
 * sample, such as {@code takes [100] latent} or {@code gives [3,64,64] image}.
 */
record ModulePorts(List<NetworkPort> takes, List<NetworkPort> gives) {

  /** The prefix of notes that the exporter itself writes. */
  static final String RESERVED = "gantry.";

  static final String NOTE = RESERVED + "ports";

  /** The elements of one sample; more need gigabytes. */
  private static final double MAX_ELEMENTS = 1 << 28;

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

  /** Reads the text, and ignores other lines. */
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
    long[] axes =
        Stream.of(lengths.split(",", -1))
            .filter(n -> !n.isEmpty())
            .mapToLong(Long::parseLong)
            .toArray();
    double elements = LongStream.of(axes).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (elements > MAX_ELEMENTS) {
      throw new NumberFormatException("a port has the shape [" + lengths + "]");
    }
    return new Shape(axes);
  }
}
