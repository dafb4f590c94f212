package org.gantry.plugin.codepredictor;

import static org.gantry.component.ComponentKind.ENCODER;
import static org.gantry.component.ComponentKind.GENERATOR;
import static org.gantry.component.ComponentKind.TOPOLOGY;

import ai.djl.ndarray.NDArray;
import org.gantry.component.Component;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.topology.Topology;

/**
 * The feed-forward projection of iGAN: a predictor P learns, for each image x, the code from which
 * a trained generator G makes it. It minimises
 *
 * <pre>
 * L_P = |G(P(x)) − x|²,
 * </pre>
 *
 * <p>the sum of squares over the values of an image, averaged over the batch. G stays as it is; the
 * recipe takes it from a stage or a run. The topology is not a game, so a loss adds nothing. For a
 * prior in [-1, 1], the predictor should be bounded too, as with {@code output: tanh} of {@code
 * mlp}.
 *
 * <p>The run can still make samples of codes. It also makes the code of an image, from which {@code
 * gantry project} starts its search, and the reconstruction of an image.
 */
@Component(
    kind = TOPOLOGY,
    name = "code-predictor",
    summary = "A predictor of the codes from which a trained generator makes given images",
    paper = "arXiv:1609.03552, section 3.1")
final class CodePredictorTopology implements Topology {

  private static final String IMAGE = DatasetField.IMAGE;
  private static final String LATENT = "latent";

  @Override
  public void wire(Graph graph) {
    Signal real = graph.real(IMAGE);
    Signal latent = graph.latent(LATENT);
    Network generator =
        graph.network("generator", GENERATOR).takes(LATENT, latent).gives(IMAGE, real);
    generator.freeze();
    Network predictor = graph.network("encoder", ENCODER).takes(IMAGE, real).gives(LATENT, latent);
    Signal code = predictor.apply(real).get(LATENT);
    Signal projected = generator.apply(code).get(IMAGE);
    graph.minimise(
        predictor.player(),
        "projection",
        1,
        graph.map("projection", CodePredictorTopology::squaredDistance, projected, real));
    Signal made = generator.apply(latent).get(IMAGE);
    graph.use("generator", graph.typed(ValueType.IMAGE, made));
    graph.use("code", code);
    graph.use("projection", graph.typed(ValueType.IMAGE, projected), real);
  }

  /**
   * The sum of squared differences of an image, averaged over the batch.
   *
   * @param made shape (batch, ...)
   * @param wanted the same shape
   * @return a scalar
   */
  static NDArray squaredDistance(NDArray made, NDArray wanted) {
    return made.sub(wanted).square().sum().div(made.getShape().get(0));
  }
}
