package org.gantry.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Node;
import org.gantry.training.NodeType;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class GraphDrawingTest {

  private final List<Node> nodes = PenaltyGraph.nodes();
  private final GraphDrawing drawing = new GraphDrawing("digits & <more>", nodes);

  @Test
  void boxesDoNotOverlapAndStayInThePicture() {
    GraphLayout layout = GraphLayout.of(nodes);
    assertEquals(nodes.size(), layout.boxes().size());
    for (GraphLayout.PlacedCard a : layout.boxes()) {
      assertTrue(a.x() >= 0 && a.x() + a.card().width() <= layout.width() + 0.5, a.toString());
      assertTrue(a.y() >= 0 && a.y() + a.card().height() <= layout.height() + 0.5, a.toString());
      for (GraphLayout.PlacedCard b : layout.boxes()) {
        boolean apart =
            a.equals(b)
                || a.x() + a.card().width() < b.x()
                || b.x() + b.card().width() < a.x()
                || a.y() + a.card().height() < b.y()
                || b.y() + b.card().height() < a.y();
        assertTrue(apart, a + " overlaps " + b);
      }
    }
  }

  @Test
  void textFitsItsBox() {
    for (GraphLayout.PlacedCard box : GraphLayout.of(nodes).boxes()) {
      NodeCard card = box.card();
      for (int i = 0; i < card.lines().size(); i++) {
        assertTrue(card.lines().get(i).width() + 24 <= card.width() + 1e-9, card.toString());
        assertTrue(card.baseline(i) < card.height(), card.toString());
      }
    }
  }

  @Test
  void longNamesAreTruncatedToTheWidestBox() {
    Node longNamed = renamed(nodes.get(0), "a-very-long-name-for-one-node".repeat(5));
    NodeCard card = NodeCard.of(longNamed, new NodeLabels(nodes));
    assertTrue(card.width() <= 290, card.toString());
    assertTrue(card.lines().get(0).text().endsWith("…"));
  }

  @Test
  void linesRunDownToTheReaderWithoutCrossingOtherBoxes() {
    GraphLayout layout = GraphLayout.of(nodes);
    for (GraphLayout.EdgeRoute route : layout.routes()) {
      GraphLayout.PlacedCard from = layout.boxes().get(route.from());
      GraphLayout.PlacedCard to = layout.boxes().get(route.to());
      GraphLayout.LayoutPoint first = route.points().get(0);
      GraphLayout.LayoutPoint last = route.points().get(route.points().size() - 1);
      assertEquals(from.y() + from.card().height(), first.y(), 0.01);
      assertTrue(first.x() >= from.x() && first.x() <= from.x() + from.card().width());
      assertEquals(to.y(), last.y(), 0.01);
      assertTrue(last.x() >= to.x() && last.x() <= to.x() + to.card().width());
      for (int i = 1; i < route.points().size(); i++) {
        GraphLayout.LayoutPoint a = route.points().get(i - 1);
        GraphLayout.LayoutPoint b = route.points().get(i);
        for (GraphLayout.PlacedCard box : layout.boxes()) {
          boolean crosses =
              Math.max(a.x(), b.x()) > box.x() + 0.5
                  && Math.min(a.x(), b.x()) < box.x() + box.card().width() - 0.5
                  && Math.max(a.y(), b.y()) > box.y() + 0.5
                  && Math.min(a.y(), b.y()) < box.y() + box.card().height() - 0.5;
          assertFalse(crosses, route + " crosses " + box);
        }
      }
    }
  }

  @Test
  void termsOfAPlayerLieInItsFrameBelowEverythingElse() {
    GraphLayout layout = GraphLayout.of(nodes);
    assertEquals(
        List.of("discriminator", "generator"),
        layout.frames().stream().map(GraphLayout.PlayerFrame::player).toList());
    for (GraphLayout.PlayerFrame frame : layout.frames()) {
      for (GraphLayout.PlacedCard box : layout.boxes()) {
        Node node = box.card().node();
        boolean inside =
            box.x() > frame.x()
                && box.x() + box.card().width() < frame.x() + frame.width()
                && box.y() > frame.y()
                && box.y() + box.card().height() < frame.y() + frame.height();
        boolean own = node.type() == NodeType.TERM && node.role().equals(frame.player());
        assertEquals(own, inside, node.name());
        assertTrue(own || node.type() == NodeType.TERM || box.y() < frame.y(), node.name());
      }
    }
  }

  @Test
  void svgIsWellFormedAndShowsEveryNodeAndEdge() throws Exception {
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(drawing.svg().getBytes(StandardCharsets.UTF_8)));
    Set<String> shown = new HashSet<>();
    NodeList groups = svg.getElementsByTagName("g");
    for (int i = 0; i < groups.getLength(); i++) {
      Element group = (Element) groups.item(i);
      if (group.hasAttribute("data-node")) {
        Node node = nodes.get(Integer.parseInt(group.getAttribute("data-node")));
        shown.add(node.name());
        assertTrue(group.getTextContent().contains(node.contributor().bundle()), node.name());
        assertTrue(group.getTextContent().contains(NodeLabels.heading(node)), node.name());
      }
    }
    assertEquals(nodes.size(), shown.size());
    List<String> edges = new ArrayList<>();
    NodeList paths = svg.getElementsByTagName("path");
    for (int i = 0; i < paths.getLength(); i++) {
      Element path = (Element) paths.item(i);
      if (path.hasAttribute("data-from")) {
        edges.add(path.getAttribute("data-from") + ">" + path.getAttribute("data-to"));
      }
    }
    assertEquals(expectedEdges(), Set.copyOf(edges));
  }

  @Test
  void jsonHasEveryNodeWithItsShapesAndBundleAndEveryEdge() throws Exception {
    JsonNode json = new ObjectMapper().readTree(drawing.json());
    assertEquals("digits & <more>", json.get("recipe").asText());
    assertEquals(nodes.size(), json.get("nodes").size());
    JsonNode judge = json.get("nodes").get(4);
    assertEquals("network", judge.get("type").asText());
    assertEquals("discriminator", judge.get("role").asText());
    assertEquals("features", judge.get("outputs").get(1).get("port").asText());
    assertEquals("[64,512,4,4]", judge.get("outputs").get(1).get("shape").toString());
    assertEquals("org.gantry.plugin.dcgan 0.1.0", judge.get("contributor").get("bundle").asText());
    Set<String> edges = new HashSet<>();
    json.get("edges").forEach(e -> edges.add(e.get("from").asInt() + ">" + e.get("to").asInt()));
    assertEquals(expectedEdges(), edges);
  }

  @Test
  void dotHasALinePerNodeAndEdgeAndQuotesNames() {
    String dot = drawing.dot();
    assertTrue(dot.startsWith("digraph \"digits & <more>\" {"), dot);
    assertEquals(nodes.size(), dot.lines().filter(l -> l.strip().matches("n\\d+ \\[.*")).count());
    assertEquals(
        expectedEdges().size(),
        dot.lines().filter(l -> l.strip().matches("n\\d+ -> n\\d+;")).count());
    assertTrue(
        new GraphDrawing("a \"quoted\" \\ name", nodes)
            .dot()
            .startsWith("digraph \"a \\\"quoted\\\" \\\\ name\""));
  }

  @Test
  void componentsAmongOptionsAreDrawnWithTheirOption() throws Exception {
    ComponentOrigin inner = nodes.get(0).contributor();
    ComponentOrigin outer =
        new ComponentOrigin(
            "dataset",
            "classes",
            "1.0.0",
            "acme.data 1.0.0",
            List.of(),
            List.of(),
            "",
            Map.of("of", inner));
    List<Node> wrapped = new ArrayList<>(nodes);
    wrapped.set(0, contributed(nodes.get(0), outer));
    GraphDrawing drawn = new GraphDrawing("digits", wrapped);

    assertTrue(drawn.svg().contains("of: dataset/digits"), drawn.svg());
    assertTrue(drawn.dot().contains("of: dataset/digits"), drawn.dot());
    JsonNode contributor =
        new ObjectMapper().readTree(drawn.json()).get("nodes").get(0).get("contributor");
    assertEquals("dataset/digits", contributor.at("/parts/of/component").asText());
  }

  @Test
  void graphWithoutNodesIsAnEmptyPicture() {
    GraphDrawing empty = new GraphDrawing("nothing", List.of());
    assertTrue(empty.svg().endsWith("</svg>\n"));
  }

  private Set<String> expectedEdges() {
    Set<String> edges = new HashSet<>();
    for (Node node : nodes) {
      node.inputs().forEach(i -> edges.add(i + ">" + node.id()));
    }
    return edges;
  }

  private static Node contributed(Node node, ComponentOrigin origin) {
    return new PlainNode(
        node.id(),
        node.type(),
        node.name(),
        node.inputs(),
        node.shapes(),
        node.ports(),
        node.role(),
        node.weight(),
        origin);
  }

  private static Node renamed(Node node, String name) {
    ComponentOrigin origin = node.contributor();
    return new PlainNode(
        node.id(),
        node.type(),
        name,
        node.inputs(),
        node.shapes(),
        node.ports(),
        node.role(),
        node.weight(),
        origin);
  }
}
