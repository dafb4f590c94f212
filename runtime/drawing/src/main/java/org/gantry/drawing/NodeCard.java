package org.gantry.drawing;

import java.util.ArrayList;
import java.util.List;
import org.gantry.charts.TextWidth;
import org.gantry.training.Node;
import org.gantry.training.NodeType;

/**
 * The box of a node with its text.
 *
 * @param node the node
 * @param lines the text, from top to bottom
 * @param width the width, in pixels
 * @param height the height, in pixels
 */
record NodeCard(Node node, List<CardLine> lines, double width, double height) {

  private static final double SIDE = 12;
  private static final double EDGE = 8;
  private static final double MIN_WIDTH = 120;
  private static final double MAX_WIDTH = 290;

  /** The font of a line. */
  enum TextStyle {
    /** The name of the node. */
    HEADING(13, true),
    /** Its outputs. */
    BODY(11, false),
    /** Its contributor. */
    SMALL(9, false);

    final double size;
    final boolean bold;

    TextStyle(double size, boolean bold) {
      this.size = size;
      this.bold = bold;
    }

    double leading() {
      return size + 5;
    }
  }

  /**
   * A line of text.
   *
   * @param text truncated to the width of the box
   * @param style the font
   */
  record CardLine(String text, TextStyle style) {

    double width() {
      return TextWidth.of(text, style.size, style.bold);
    }
  }

  static NodeCard of(Node node, NodeLabels labels) {
    List<CardLine> lines = new ArrayList<>();
    lines.add(line(NodeLabels.heading(node), TextStyle.HEADING));
    if (node.type() == NodeType.TERM) {
      lines.add(line("weight " + NodeLabels.weight(node.weight()), TextStyle.BODY));
    } else {
      labels.gradientLines(node).forEach(l -> lines.add(line(l, TextStyle.BODY)));
      NodeLabels.outputs(node).forEach(l -> lines.add(line(l, TextStyle.BODY)));
    }
    lines.add(line(node.contributor().label(), TextStyle.SMALL));
    lines.add(line(node.contributor().bundle(), TextStyle.SMALL));
    node.contributor()
        .allParts()
        .forEach((path, part) -> lines.add(line(path + ": " + part.label(), TextStyle.SMALL)));
    double minWidth = node.type() == NodeType.TERM ? captionWidth(node.role()) : MIN_WIDTH;
    double width = lines.stream().mapToDouble(CardLine::width).max().orElse(0) + 2 * SIDE;
    double height = lines.stream().mapToDouble(l -> l.style().leading()).sum() + 2 * EDGE;
    return new NodeCard(node, List.copyOf(lines), Math.ceil(Math.max(minWidth, width)), height);
  }

  /** Returns the minimum width of a term: that of the caption of its frame. */
  private static double captionWidth(String player) {
    return new CardLine(GraphLayout.caption(player), TextStyle.HEADING).width();
  }

  private static CardLine line(String text, TextStyle style) {
    return new CardLine(
        TextWidth.truncate(text, style.size, style.bold, MAX_WIDTH - 2 * SIDE), style);
  }

  /** Returns the distance from the top of the box to the baseline of a line, in pixels. */
  double baseline(int line) {
    double above =
        lines.subList(0, line).stream().mapToDouble(l -> l.style().leading()).sum() + EDGE;
    return above + lines.get(line).style().size;
  }
}
