package org.gantry.serving.internal.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gantry.data.DatasetField;
import org.gantry.host.support.JsonText;
import org.gantry.runs.translation.TranslationUses;
import org.gantry.sampler.ModelUse;
import org.gantry.serving.internal.model.ModelGeneration;
import org.gantry.serving.internal.model.ModelLease;
import org.gantry.serving.internal.model.ServedModel;

/** Describes models in JSON. */
final class ModelDescription {

  /** More class names than these are not listed, such as those of the words of texts. */
  private static final int CLASSES = 1000;

  private ModelDescription() {}

  static Map<String, Object> of(ServedModel model) {
    try (ModelLease lease = model.lease()) {
      ModelGeneration networks = lease.networks();
      return JsonText.object(
          "name",
          model.name(),
          "step",
          networks.step(),
          "weights",
          networks.weights(),
          "seed",
          networks.seed(),
          "uses",
          networks.uses().stream().map(use -> use(networks, use)).toList(),
          "notes",
          networks.notes(),
          "problem",
          model.problem());
    }
  }

  private static Map<String, Object> use(ModelGeneration networks, ModelUse use) {
    List<Object> inputs = new ArrayList<>();
    use.inputs()
        .forEach(
            input -> {
              Map<String, Object> described = field(input.name(), input.field());
              described.put("given", input.fromData());
              inputs.add(described);
            });
    return JsonText.object(
        "name",
        use.name(),
        "output",
        field(use.output().name(), use.output()),
        "inputs",
        inputs,
        "translates",
        TranslationUses.picture(use).isPresent(),
        "batched",
        networks.isJoinable(use));
  }

  private static Map<String, Object> field(String name, DatasetField field) {
    List<String> classes = field.classNames();
    return JsonText.object(
        "name",
        name,
        "type",
        field.type().name().toLowerCase(Locale.ROOT),
        "shape",
        Arrays.stream(field.shape().getShape()).boxed().toList(),
        "classes",
        classes.size() <= CLASSES ? classes : List.of());
  }
}
