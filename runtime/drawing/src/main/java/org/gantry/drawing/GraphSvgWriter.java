package org.gantry.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.gantry.charts.SvgText;
import org.gantry.charts.TextWidth;
import org.gantry.training.Node;
import org.gantry.training.NodeType;

/** Writes a picture as SVG without scripts, style sheets and references to other files. */
final class GraphSvgWriter {

  private static final double MARGIN = 24;
  private static final double HEAD = 40;
  private static final double LEGEND_LINE = 24;
  private static final double SWATCH = 14;
  private static final String INK = "#1f2933";
  private static final String FAINT = "#52606d";
  private static final String EDGE = "#6b7785";

  private final StringBuilder out = new StringBuilder();

  private GraphSvgWriter() {}

  static String of(GraphDrawing drawing, GraphLayout layout) {
    GraphSvgWriter form = new GraphSvgWriter();
    form.picture(drawing, layout);
    return form.out.toString();
  }

  private void picture(GraphDrawing drawing, GraphLayout layout) {
    String title = "Training graph of " + drawing.title();
    double least = TextWidth.of(title, 18, true);
    double width = Math.max(Math.max(layout.width(), least), 420);
    List<List<NodeType>> legend = legend(drawing.nodes(), width);
    double height = HEAD + layout.height() + MARGIN + legend.size() * LEGEND_LINE;
    String size = SvgText.number(width + 2 * MARGIN) + " " + SvgText.number(height + 2 * MARGIN);
    out.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 %s" width="%s" height="%s" \
        font-family="%s">
        <title>%s</title>
        <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" \
        markerHeight="7" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" fill="%s"/></marker></defs>
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        """
            .formatted(
                size,
                SvgText.number(width + 2 * MARGIN),
                SvgText.number(height + 2 * MARGIN),
                TextWidth.FONT_FAMILY,
                SvgText.escape(title),
                EDGE));
    text(MARGIN, MARGIN + 18, 18, true, INK, title);
    out.append(
        "<g transform=\"translate(%s %s)\">\n"
            .formatted(
                SvgText.number(MARGIN + (width - layout.width()) / 2),
                SvgText.number(MARGIN + HEAD)));
    layout.frames().forEach(this::frame);
    layout.routes().forEach(this::route);
    layout.boxes().forEach(this::box);
    out.append("</g>\n");
    swatches(legend, MARGIN + HEAD + layout.height() + MARGIN);
    out.append("</svg>\n");
  }

  private void frame(GraphLayout.PlayerFrame frame) {
    out.append(
        """
        <rect x="%s" y="%s" width="%s" height="%s" rx="8" fill="#f3f9f5" stroke="#9fcbb0" \
        stroke-dasharray="5 3"/>
        """
            .formatted(
                SvgText.number(frame.x()),
                SvgText.number(frame.y()),
                SvgText.number(frame.width()),
                SvgText.number(frame.height())));
    text(
        frame.x() + 14,
        frame.y() + frame.height() - 12,
        NodeCard.TextStyle.HEADING.size,
        true,
        INK,
        GraphLayout.caption(frame.player()));
  }

  private void route(GraphLayout.EdgeRoute route) {
    String path =
        route.points().stream()
            .map(p -> SvgText.number(p.x()) + " " + SvgText.number(p.y()))
            .collect(Collectors.joining("L", "M", ""));
    out.append(
        """
        <path d="%s" data-from="%d" data-to="%d" fill="none" stroke="%s" stroke-width="1.3" \
        stroke-linejoin="round" marker-end="url(#arrow)"/>
        """
            .formatted(path, route.from(), route.to(), EDGE));
  }

  private void box(GraphLayout.PlacedCard box) {
    NodeCard card = box.card();
    Node node = card.node();
    NodeColours paint = NodeColours.of(node.type());
    double round = node.type() == NodeType.NETWORK ? 3 : 9;
    out.append(
        """
        <g data-node="%d"><title>%s</title>
        <rect x="%s" y="%s" width="%s" height="%s" rx="%s" fill="%s" stroke="%s" stroke-width="%s"/>
        """
            .formatted(
                node.id(),
                SvgText.escape(
                    "%s %s, from %s in %s"
                        .formatted(
                            NodeLabels.typeName(node),
                            node.name(),
                            node.contributor().label(),
                            node.contributor().bundle())),
                SvgText.number(box.x()),
                SvgText.number(box.y()),
                SvgText.number(card.width()),
                SvgText.number(card.height()),
                SvgText.number(round),
                paint.fill(),
                paint.stroke(),
                node.type() == NodeType.NETWORK ? "2" : "1.2"));
    for (int i = 0; i < card.lines().size(); i++) {
      NodeCard.CardLine line = card.lines().get(i);
      String ink = line.style() == NodeCard.TextStyle.SMALL ? FAINT : INK;
      text(
          box.x() + 12,
          box.y() + card.baseline(i),
          line.style().size,
          line.style().bold,
          ink,
          line.text());
    }
    out.append("</g>\n");
  }

  /** Returns the types that occur, in rows that fit into the width of the picture. */
  private static List<List<NodeType>> legend(List<Node> nodes, double width) {
    List<List<NodeType>> lines = new ArrayList<>();
    double left = 0;
    for (NodeType type : NodeType.values()) {
      if (nodes.stream().noneMatch(n -> n.type() == type)) {
        continue;
      }
      if (lines.isEmpty() || left < entryWidth(type)) {
        lines.add(new ArrayList<>());
        left = width;
      }
      lines.get(lines.size() - 1).add(type);
      left -= entryWidth(type);
    }
    return lines;
  }

  private static double entryWidth(NodeType type) {
    return SWATCH + 7 + TextWidth.of(NodeColours.of(type).meaning(), 11, false) + 20;
  }

  private void swatches(List<List<NodeType>> lines, double top) {
    double y = top;
    for (List<NodeType> line : lines) {
      double x = MARGIN;
      for (NodeType type : line) {
        NodeColours paint = NodeColours.of(type);
        out.append(
            """
            <rect x="%s" y="%s" width="%s" height="%s" rx="3" fill="%s" stroke="%s"/>
            """
                .formatted(
                    SvgText.number(x),
                    SvgText.number(y),
                    SvgText.number(SWATCH),
                    SvgText.number(SWATCH),
                    paint.fill(),
                    paint.stroke()));
        text(x + SWATCH + 7, y + 11, 11, false, INK, paint.meaning());
        x += entryWidth(type);
      }
      y += LEGEND_LINE;
    }
  }

  private void text(
      double x, double y, double size, boolean bold, String colour, String characters) {
    out.append(
        "<text x=\"%s\" y=\"%s\" font-size=\"%s\"%s fill=\"%s\" xml:space=\"preserve\">%s</text>\n"
            .formatted(
                SvgText.number(x),
                SvgText.number(y),
                SvgText.number(size),
                bold ? " font-weight=\"bold\"" : "",
                colour,
                SvgText.escape(characters)));
  }
}
