package org.gantry.drawing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayerConstraint;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.util.NullElkProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;
import org.gantry.training.Node;
import org.gantry.training.NodeType;

/**
 * The positions of all parts of a picture. Every node lies below its inputs. The terms of a player
 * lie together in a frame.
 *
 * @param width the width of the picture, in pixels
 * @param height the height of the picture, in pixels
 * @param boxes the nodes
 * @param frames the players
 * @param routes the edges
 */
record GraphLayout(
    double width,
    double height,
    List<PlacedCard> boxes,
    List<PlayerFrame> frames,
    List<EdgeRoute> routes) {

  private static final double FRAME_SIDE = 14;
  private static final double FRAME_FOOT = 34;

  /** The box of a node; x and y are its left top corner. */
  record PlacedCard(NodeCard card, double x, double y) {}

  /** The frame around the terms of a player. */
  record PlayerFrame(String player, double x, double y, double width, double height) {}

  /** The line from one node to another, with its corners. */
  record EdgeRoute(int from, int to, List<LayoutPoint> points) {}

  /** A point in the picture. */
  record LayoutPoint(double x, double y) {}

  static GraphLayout of(List<Node> nodes) {
    // ELK clones default values with functions that must be registered once.
    LayoutMetaDataService.initElkReflect();
    NodeLabels labels = new NodeLabels(nodes);
    ElkNode picture = ElkGraphUtil.createGraph();
    picture
        .setProperty(LayeredOptions.DIRECTION, Direction.DOWN)
        .setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL)
        .setProperty(LayeredOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN)
        .setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX)
        .setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.PREFER_NODES)
        .setProperty(LayeredOptions.RANDOM_SEED, 1)
        .setProperty(LayeredOptions.THOROUGHNESS, 20)
        .setProperty(LayeredOptions.PADDING, new ElkPadding(0))
        .setProperty(LayeredOptions.SPACING_NODE_NODE, 28.0)
        .setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 44.0)
        .setProperty(LayeredOptions.SPACING_EDGE_NODE, 16.0)
        .setProperty(LayeredOptions.SPACING_EDGE_EDGE, 12.0)
        .setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, 10.0)
        .setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 14.0);

    Map<String, ElkNode> frames = new LinkedHashMap<>();
    List<NodeCard> cards = new ArrayList<>();
    List<ElkNode> boxes = new ArrayList<>();
    for (Node node : nodes) {
      ElkNode parent =
          node.type() == NodeType.TERM
              ? frames.computeIfAbsent(node.role(), p -> frame(picture))
              : picture;
      NodeCard card = NodeCard.of(node, labels);
      ElkNode box = ElkGraphUtil.createNode(parent);
      box.setDimensions(card.width(), card.height());
      cards.add(card);
      boxes.add(box);
    }
    Map<ElkEdge, int[]> edges = new LinkedHashMap<>();
    for (Node node : nodes) {
      for (int input : readOnce(node)) {
        ElkEdge edge = ElkGraphUtil.createSimpleEdge(boxes.get(input), boxes.get(node.id()));
        edges.put(edge, new int[] {input, node.id()});
      }
    }
    new LayeredLayoutProvider().layout(picture, new NullElkProgressMonitor());
    return collect(picture, cards, boxes, frames, edges);
  }

  /** Returns the caption at the bottom of a player's frame, where no line enters it. */
  static String caption(String player) {
    return "minimised by the " + player;
  }

  private static Set<Integer> readOnce(Node node) {
    return new TreeSet<>(node.inputs());
  }

  private static ElkNode frame(ElkNode picture) {
    ElkNode frame = ElkGraphUtil.createNode(picture);
    frame
        .setProperty(LayeredOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN)
        .setProperty(
            LayeredOptions.PADDING, new ElkPadding(FRAME_SIDE, FRAME_SIDE, FRAME_FOOT, FRAME_SIDE))
        .setProperty(LayeredOptions.LAYERING_LAYER_CONSTRAINT, LayerConstraint.LAST);
    return frame;
  }

  private static GraphLayout collect(
      ElkNode picture,
      List<NodeCard> cards,
      List<ElkNode> boxes,
      Map<String, ElkNode> frames,
      Map<ElkEdge, int[]> edges) {
    List<PlacedCard> placed = new ArrayList<>();
    for (int i = 0; i < cards.size(); i++) {
      LayoutPoint corner = corner(boxes.get(i));
      placed.add(new PlacedCard(cards.get(i), corner.x(), corner.y()));
    }
    List<PlayerFrame> players = new ArrayList<>();
    frames.forEach(
        (player, f) ->
            players.add(new PlayerFrame(player, f.getX(), f.getY(), f.getWidth(), f.getHeight())));
    List<EdgeRoute> routes = new ArrayList<>();
    edges.forEach((edge, ends) -> routes.add(new EdgeRoute(ends[0], ends[1], points(edge))));
    return new GraphLayout(
        picture.getWidth(),
        picture.getHeight(),
        List.copyOf(placed),
        List.copyOf(players),
        List.copyOf(routes));
  }

  /**
   * Returns the position of a box in the picture. ELK counts from the corner of the enclosing box.
   */
  private static LayoutPoint corner(ElkNode node) {
    if (node.getParent() == null) {
      return new LayoutPoint(0, 0);
    }
    LayoutPoint outer = corner(node.getParent());
    return new LayoutPoint(outer.x() + node.getX(), outer.y() + node.getY());
  }

  private static List<LayoutPoint> points(ElkEdge edge) {
    LayoutPoint origin = corner(edge.getContainingNode());
    List<LayoutPoint> points = new ArrayList<>();
    for (ElkEdgeSection section : edge.getSections()) {
      points.add(point(origin, section.getStartX(), section.getStartY()));
      section.getBendPoints().forEach(b -> points.add(point(origin, b.getX(), b.getY())));
      points.add(point(origin, section.getEndX(), section.getEndY()));
    }
    return List.copyOf(points);
  }

  private static LayoutPoint point(LayoutPoint origin, double x, double y) {
    return new LayoutPoint(origin.x() + x, origin.y() + y);
  }
}
