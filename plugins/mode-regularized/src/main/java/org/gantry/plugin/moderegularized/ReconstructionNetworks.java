package org.gantry.plugin.moderegularized;

import static org.gantry.component.ComponentKind.ENCODER;
import static org.gantry.component.ComponentKind.GENERATOR;

import java.util.List;
import org.gantry.data.DatasetField;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;

/** The two networks that make reconstructions, G(E(x)). */
record ReconstructionNetworks(Network generator, Network encoder) {

  private static final String LATENT = "latent";

  /**
   * Declares them.
   *
   * @param real samples, as what the generator makes
   * @param latent codes, as what the encoder makes
   */
  static ReconstructionNetworks of(Graph graph, Signal real, Signal latent) {
    return new ReconstructionNetworks(
        graph.network("generator", GENERATOR).takes(LATENT, latent).gives(DatasetField.IMAGE, real),
        graph.network("encoder", ENCODER).takes(DatasetField.IMAGE, real).gives(LATENT, latent));
  }

  /** Samples from codes. */
  Signal generate(Signal latent) {
    return generator.apply(latent).get(DatasetField.IMAGE);
  }

  /** Real samples, encoded and decoded. */
  Signal reconstruct(Signal real) {
    return generate(encoder.apply(real).get(LATENT));
  }

  /** The players of both. */
  List<String> players() {
    return List.of(generator.player(), encoder.player());
  }
}
