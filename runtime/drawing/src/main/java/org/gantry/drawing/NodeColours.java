package org.gantry.drawing;

import org.gantry.training.NodeType;

/**
 * The colours of the boxes of a node type. They differ in greyscale and for colour-blind readers,
 * too.
 *
 * @param fill the colour of the area
 * @param stroke the colour of the outline
 * @param meaning the label in the legend
 */
record NodeColours(String fill, String stroke, String meaning) {

  static NodeColours of(NodeType type) {
    return switch (type) {
      case DATA -> new NodeColours("#dcebfa", "#2f6db5", "real data");
      case NOISE -> new NodeColours("#ebe4f7", "#7a5bb5", "random draw");
      case SCALAR, STATE -> new NodeColours("#efece3", "#8a8270", "scheduled or carried value");
      case NETWORK -> new NodeColours("#ffe3b3", "#b8690a", "network");
      case FUNCTION -> new NodeColours("#ffffff", "#7d8997", "function");
      case GRADIENT -> new NodeColours("#fbdde8", "#b83a6b", "gradient");
      case TERM -> new NodeColours("#d9f0e0", "#2b8250", "term");
    };
  }
}
