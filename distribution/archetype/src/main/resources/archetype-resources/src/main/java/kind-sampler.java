package ${package};

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.gantry.component.Component;
import org.gantry.component.Kind;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.Trained;
import org.gantry.tensor.FloatArrays;

/** Samples at codes drawn from the prior, to begin with. */
@Component(
    kind = Kind.SAMPLER,
    name = "${name}",
    summary = "What the generator makes of codes that are drawn from the run's own prior")
final class ${className} implements Sampler {

  @Override
  public NDArray sample(Trained trained, int count) {
    Shape codes = new Shape(count).addAll(trained.prior().shape());
    try (NDArray drawn =
        FloatArrays.fill(
            trained.manager(),
            codes,
            into -> trained.prior().draw(trained.random().at("codes"), into))) {
      return trained.apply("generator", drawn).get(0);
    }
  }
}
