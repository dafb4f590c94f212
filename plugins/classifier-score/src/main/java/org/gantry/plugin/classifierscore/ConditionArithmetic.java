package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.data.WordVocabulary;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.SamplingRequest;
import org.gantry.tensor.FloatArrays;

/**
 * Adds and subtracts encoded conditions. The samples of a row have the same code: one for the
 * condition of each term, then the result.
 *
 * @param condition the only condition of the use, a label or a text
 * @param terms the terms; the text of each is a value of the label, or a text
 */
record ConditionArithmetic(ModelInput condition, List<SignedTerm> terms) {

  NDArray sample(SamplingRequest request) {
    int columns = terms.size() + 1;
    int count = request.count();
    try (NDManager scratch = request.model().manager().newSubManager()) {
      Map<String, NDArray> inputs = new LinkedHashMap<>();
      for (ModelInput code : request.use().codes()) {
        int rows = (count - 1) / columns + 1;
        NDArray drawn = request.model().drawCodes(code, rows);
        drawn.attach(scratch);
        inputs.put(code.name(), drawn.repeat(0, columns).get(":" + count));
      }
      List<Map<String, NDArray>> parts = new ArrayList<>();
      List<float[]> shares = new ArrayList<>();
      for (int term = 0; term < terms.size(); term++) {
        parts.add(Map.of(condition.name(), values(terms.get(term), count, scratch)));
        float[] share = new float[count];
        for (int i = 0; i < count; i++) {
          int column = i % columns;
          share[i] = column == terms.size() ? terms.get(term).sign() : column == term ? 1 : 0;
        }
        shares.add(share);
      }
      return request.model().makeMixed(request.use(), inputs, parts, shares);
    }
  }

  /** The condition of a term, once for each sample. */
  private NDArray values(SignedTerm term, int count, NDManager scratch) {
    DatasetField field = condition.field();
    float[] value = value(term, field);
    return FloatArrays.fill(
        scratch,
        new Shape(count).addAll(field.shape()),
        buffer -> {
          for (int i = 0; i < count; i++) {
            buffer.put(value);
          }
        });
  }

  private static float[] value(SignedTerm term, DatasetField field) {
    if (field.type() == ValueType.LABEL) {
      return new float[] {term.values(List.of(field)).get(0).value()};
    } else if (field.type() == ValueType.TEXT) {
      return new WordVocabulary(field.classNames()).encode(term.text(), field.length());
    }
    throw new UnusableComponentException(
        "arithmetic with conditions needs a label or a text, not %s".formatted(field.name()));
  }
}
