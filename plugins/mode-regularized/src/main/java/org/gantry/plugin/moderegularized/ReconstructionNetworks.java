package org.gantry.plugin.moderegularized;

import static org.gantry.component.Kind.ENCODER;
import static org.gantry.component.Kind.GENERATOR;

import java.util.List;
import org.gantry.data.Field;
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
        graph.network("generator", GENERATOR).takes(LATENT, latent).gives(Field.IMAGE, real),
        graph.network("encoder", ENCODER).takes(Field.IMAGE, real).gives(LATENT, latent));
  }

  /** Samples from codes. */
  Signal generate(Signal latent) {
    return generator.apply(latent).get(Field.IMAGE);
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
