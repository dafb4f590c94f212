package org.gantry.drawing;

import org.gantry.training.Node;

/**
 * How boxes of a type are painted, in light colours that keep apart in grey and for the
 * colour-blind.
 *
 * @param fill inside
 * @param stroke around
 * @param meaning what the legend says
 */
record Paint(String fill, String stroke, String meaning) {

  static Paint of(Node.NodeType type) {
    return switch (type) {
      case DATA -> new Paint("#dcebfa", "#2f6db5", "real data");
      case NOISE -> new Paint("#ebe4f7", "#7a5bb5", "random draw");
      case SCALAR -> new Paint("#efece3", "#8a8270", "scheduled or carried scalar");
      case NETWORK -> new Paint("#ffe3b3", "#b8690a", "network");
      case FUNCTION -> new Paint("#ffffff", "#7d8997", "function");
      case GRADIENT -> new Paint("#fbdde8", "#b83a6b", "gradient");
      case TERM -> new Paint("#d9f0e0", "#2b8250", "term");
    };
  }
}
