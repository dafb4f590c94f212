package org.gantry.drawing;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Node;
import org.gantry.training.NodeType;

/** The graph of an unconditional game with instance noise and a gradient penalty. */
final class PenaltyGraph {

  private static final Shape IMAGE = new Shape(64, 1, 28, 28);
  private static final Shape SCALAR = new Shape();

  private final List<Node> nodes = new ArrayList<>();

  private PenaltyGraph() {}

  static List<Node> nodes() {
    PenaltyGraph graph = new PenaltyGraph();
    graph.build();
    return List.copyOf(graph.nodes);
  }

  private void build() {
    ComponentOrigin data = origin("dataset", "digits");
    ComponentOrigin prior = origin("prior", "normal");
    ComponentOrigin maker = origin("generator", "dcgan");
    ComponentOrigin judge = origin("discriminator", "dcgan");
    ComponentOrigin noise = origin("regularizer", "instance-noise");
    ComponentOrigin penalty = origin("regularizer", "gradient-penalty");
    ComponentOrigin loss = origin("loss", "non-saturating");
    int image = add(NodeType.DATA, "image", "", data, IMAGE);
    int sigma = add(NodeType.SCALAR, "instance-noise-sigma", "", noise, SCALAR);
    int draw = add(NodeType.NOISE, "instance-noise", "", noise, IMAGE);
    int real = add(NodeType.FUNCTION, "noisy", "", noise, IMAGE, image, draw, sigma);
    int realScore = judge("discriminator", judge, real);
    int latent = add(NodeType.NOISE, "latent", "", prior, new Shape(64, 100));
    int fake = nodes.size();
    nodes.add(
        new PlainNode(
            fake,
            NodeType.NETWORK,
            "generator",
            List.of(latent),
            List.of(IMAGE),
            List.of("image"),
            "generator",
            1,
            maker));
    int second = add(NodeType.NOISE, "instance-noise-2", "", noise, IMAGE);
    int blurred = add(NodeType.FUNCTION, "noisy-2", "", noise, IMAGE, fake, second, sigma);
    int fakeScore = judge("discriminator-2", judge, blurred);
    int lossOfJudge =
        add(NodeType.FUNCTION, "discriminator-3", "", loss, SCALAR, realScore, fakeScore);
    int share = add(NodeType.NOISE, "share", "", penalty, new Shape(64, 1, 1, 1));
    int between = add(NodeType.FUNCTION, "between", "", penalty, IMAGE, image, fake, share);
    int third = add(NodeType.NOISE, "instance-noise-3", "", noise, IMAGE);
    int noisy = add(NodeType.FUNCTION, "noisy-3", "", noise, IMAGE, between, third, sigma);
    int betweenScore = judge("discriminator-4", judge, noisy);
    int slope = add(NodeType.GRADIENT, "gradient", "", penalty, IMAGE, betweenScore, between);
    int excess = add(NodeType.FUNCTION, "excess", "", penalty, SCALAR, slope);
    int lossOfMaker = add(NodeType.FUNCTION, "generator-2", "", loss, SCALAR, fakeScore);
    term("discriminator/gradient-penalty", "discriminator", 10, penalty, excess);
    term("discriminator/main", "discriminator", 1, loss, lossOfJudge);
    term("generator/main", "generator", 1, loss, lossOfMaker);
  }

  private int add(
      NodeType type,
      String name,
      String role,
      ComponentOrigin origin,
      Shape shape,
      Integer... inputs) {
    nodes.add(
        new PlainNode(
            nodes.size(), type, name, List.of(inputs), List.of(shape), List.of(), role, 1, origin));
    return nodes.size() - 1;
  }

  private int judge(String name, ComponentOrigin origin, int input) {
    nodes.add(
        new PlainNode(
            nodes.size(),
            NodeType.NETWORK,
            name,
            List.of(input),
            List.of(new Shape(64, 1), new Shape(64, 512, 4, 4)),
            List.of("score", "features"),
            "discriminator",
            1,
            origin));
    return nodes.size() - 1;
  }

  private void term(String name, String player, double weight, ComponentOrigin origin, int input) {
    nodes.add(
        new PlainNode(
            nodes.size(),
            NodeType.TERM,
            name,
            List.of(input),
            List.of(SCALAR),
            List.of(),
            player,
            weight,
            origin));
  }

  private static ComponentOrigin origin(String kind, String name) {
    return new ComponentOrigin(
        kind,
        name,
        "1.0.0",
        "org.gantry.plugin." + name + " 0.1.0",
        List.of(),
        List.of(),
        "digits.yaml:3:1");
  }
}
