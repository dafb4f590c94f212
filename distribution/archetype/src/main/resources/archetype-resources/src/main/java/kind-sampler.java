package ${package};

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.FloatArrays;

/** Draws codes from the prior and generates samples. Replace it by your own sampler. */
@Component(
    kind = ComponentKind.SAMPLER,
    name = "${name}",
    summary = "Samples that the generator makes from codes drawn from the prior")
final class ${className} implements Sampler {

  @Override
  public NDArray sample(TrainedModel model, int count) {
    Shape codes = new Shape(count).addAll(model.prior().shape());
    try (NDArray drawn =
        FloatArrays.fill(
            model.manager(),
            codes,
            into -> model.prior().draw(model.randomStreams().at("codes"), into))) {
      return model.apply("generator", drawn).get(0);
    }
  }
}
