package org.gantry.torchscript;

import java.util.List;
import java.util.Set;
import org.gantry.torchscript.ScriptNode.SyntaxType;

/** How often loops repeat. */
final class LoopBounds {

  /** What the length of a list or of an axis counts for. */
  private static final double LENGTH = 1000;

  private static final int DEPTH = 20;

  private static final Set<String> LENGTHS = Set.of("len", "torch.len", "torch.size");

  private static final Set<String> RANGES =
      Set.of(
          "range", "torch.__range_length", "min", "ops.prim.min", "int", "torch.sub", "torch.add");

  private static final Set<String> OPERATIONS = Set.of("+", "-", "//");

  private final LocalScope scope;

  LoopBounds(LocalScope scope) {
    this.scope = scope;
  }

  /** How often a loop over a value repeats; infinite if the script does not show it. */
  double repeats(ScriptNode iterated) {
    if (iterated.is(SyntaxType.LIST)) {
      return iterated.children().size();
    } else if (iterated.is(SyntaxType.CALL) && iterated.child(0).path().equals("range")) {
      return bound(iterated, 0);
    }
    return LENGTH;
  }

  private double bound(ScriptNode node, int depth) {
    if (depth > DEPTH) {
      return Double.POSITIVE_INFINITY;
    } else if (node.is(SyntaxType.NUMBER)) {
      return Math.abs(Double.parseDouble(node.text()));
    } else if (node.is(SyntaxType.NAME)) {
      ScriptNode value = scope.value(node.text());
      return value == null ? Double.POSITIVE_INFINITY : bound(value, depth + 1);
    } else if (node.is(SyntaxType.OPERATION) && OPERATIONS.contains(node.text())) {
      return sum(node.children(), depth);
    } else if (node.is(SyntaxType.CALL)) {
      String path = node.child(0).path();
      List<ScriptNode> arguments = node.children().subList(1, node.children().size());
      return LENGTHS.contains(path)
          ? LENGTH
          : RANGES.contains(path) ? sum(arguments, depth) : Double.POSITIVE_INFINITY;
    }
    return Double.POSITIVE_INFINITY;
  }

  private double sum(List<ScriptNode> parts, int depth) {
    return parts.stream().mapToDouble(part -> bound(part, depth + 1)).sum();
  }
}
