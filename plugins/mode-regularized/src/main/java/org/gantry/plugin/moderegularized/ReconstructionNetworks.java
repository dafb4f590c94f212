package org.gantry.plugin.moderegularized;

import static org.gantry.component.ComponentKind.ENCODER;
import static org.gantry.component.ComponentKind.GENERATOR;

import java.util.List;
import org.gantry.data.DatasetField;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;

/** The generator G and the encoder E, which together make reconstructions G(E(x)). */
record ReconstructionNetworks(Network generator, Network encoder) {

  private static final String LATENT = "latent";

  /**
   * Declares both networks.
   *
   * @param real real samples, of the shape of the generator's output
   * @param latent latent codes, of the shape of the encoder's output
   */
  static ReconstructionNetworks of(Graph graph, Signal real, Signal latent) {
    return new ReconstructionNetworks(
        graph.network("generator", GENERATOR).takes(LATENT, latent).gives(DatasetField.IMAGE, real),
        graph.network("encoder", ENCODER).takes(DatasetField.IMAGE, real).gives(LATENT, latent));
  }

  /** Generates samples from latent codes. */
  Signal generate(Signal latent) {
    return generator.apply(latent).get(DatasetField.IMAGE);
  }

  /** Encodes and decodes real samples. */
  Signal reconstruct(Signal real) {
    return generate(encoder.apply(real).get(LATENT));
  }

  /** The players of both networks. */
  List<String> players() {
    return List.of(generator.player(), encoder.player());
  }
}
