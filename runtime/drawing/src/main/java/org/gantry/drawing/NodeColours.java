package org.gantry.drawing;

import org.gantry.training.NodeType;

/**
 * How boxes of a type are painted, in light colours that keep apart in grey and for the
 * colour-blind.
 *
 * @param fill inside
 * @param stroke around
 * @param meaning what the legend says
 */
record NodeColours(String fill, String stroke, String meaning) {

  static NodeColours of(NodeType type) {
    return switch (type) {
      case DATA -> new NodeColours("#dcebfa", "#2f6db5", "real data");
      case NOISE -> new NodeColours("#ebe4f7", "#7a5bb5", "random draw");
      case SCALAR -> new NodeColours("#efece3", "#8a8270", "scheduled or carried scalar");
      case NETWORK -> new NodeColours("#ffe3b3", "#b8690a", "network");
      case FUNCTION -> new NodeColours("#ffffff", "#7d8997", "function");
      case GRADIENT -> new NodeColours("#fbdde8", "#b83a6b", "gradient");
      case TERM -> new NodeColours("#d9f0e0", "#2b8250", "term");
    };
  }
}
