package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingRequest;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.FloatArrays;

/**
 * Adds and subtracts latent codes of what samples show. A classifier of the data tells which of
 * many samples show what a term names, and the codes of these samples are averaged. The averages
 * are added or subtracted, and the sum is the code of the result.
 *
 * <p>If samples are made for a condition, such as a caption, the encoded conditions are added and
 * subtracted instead, and each row has the samples of one code.
 *
 * <p>Otherwise the first row has the sample of each average, in the order of the terms, and the
 * result. Each further row has one of the samples behind each average, and the result of a code
 * near the sum.
 */
@Component(
    kind = ComponentKind.SAMPLER,
    name = "arithmetic",
    summary = "Sums and differences of what samples show, such as happy - sad, by latent codes",
    paper = "arXiv:1511.06434, section 6.3.2")
final class ArithmeticSampler implements Sampler {

  /** The fewest samples whose codes say more about what they share than about themselves. */
  private static final int FEWEST = 3;

  record Options(
      @Description(
              "the terms, each a sign and values of labels, such as ['+mood=happy & glasses=yes',"
                  + " -mood=sad]")
          @DefaultValue("[]")
          List<String> terms,
      @Description("the number of samples among which the terms are looked for")
          @DefaultValue("2000")
          @Min(10) int pool,
      @Description("the number of images that the classifier is trained on, with repeats")
          @DefaultValue("30000")
          @Positive int examples,
      @Description("the largest change of each number of a code near the sum")
          @DefaultValue("0.25")
          @DecimalMin("0") double noise,
      @Description("the folder that keeps the trained classifier; empty for none") @DefaultValue("")
          Path cache) {}

  private final Options options;

  @Inject
  ArithmeticSampler(Options options) {
    this.options = options;
  }

  @Override
  public int rowLength() {
    return options.terms().size() + 1;
  }

  /**
   * The codes of one term.
   *
   * @param codes their average, then those of samples that show it, the clearest first
   */
  private record TermCodes(List<float[]> codes) {

    float[] average() {
      return codes.get(0);
    }

    List<float[]> examples() {
      return codes.subList(1, codes.size());
    }

    /** The code in a row of the picture. */
    float[] ofRow(int row, CodeShell shell) {
      return row == 0 ? shell.place(average()) : examples().get((row - 1) % examples().size());
    }
  }

  @Override
  public NDArray sample(SamplingRequest request) {
    if (options.terms().isEmpty()) {
      throw new UnusableComponentException("it needs terms, such as [+mood=happy]");
    }
    List<SignedTerm> terms = options.terms().stream().map(SignedTerm::parse).toList();
    if (request.use().conditions().size() == 1) {
      return new ConditionArithmetic(request.use().conditions().get(0), terms).sample(request);
    }
    ModelInput code = onlyCode(request.use());
    TrainedModel model = request.model();
    try (NDManager scratch = model.manager().newSubManager()) {
      List<TermCodes> codes = termCodes(request, code, terms);
      CodeShell shell =
          CodeShell.of(codes.get(0).examples(), model.prior().allowsLinearInterpolation());
      float[] sum = shell.place(sum(terms, codes, code.field().length()));
      Map<String, NDArray> inputs = new LinkedHashMap<>();
      inputs.put(
          code.name(),
          FloatArrays.fill(
              scratch,
              new Shape(request.count()).addAll(code.field().shape()),
              buffer -> {
                for (int i = 0; i < request.count(); i++) {
                  int row = i / rowLength();
                  int column = i % rowLength();
                  buffer.put(
                      column < codes.size()
                          ? codes.get(column).ofRow(row, shell)
                          : near(sum, row, model));
                }
              }));
      return request.make(inputs);
    }
  }

  private static ModelInput onlyCode(ModelUse use) {
    if (use.inputs().size() != 1 || use.codes().size() != 1) {
      throw new UnusableComponentException(
          "arithmetic needs samples that are made of a code, or of codes and one condition; the %s"
                  .formatted(use.name())
              + " is made of "
              + String.join(" and ", use.inputs().stream().map(ModelInput::name).toList()));
    }
    return use.codes().get(0);
  }

  private List<TermCodes> termCodes(
      SamplingRequest request, ModelInput code, List<SignedTerm> terms) {
    TrainedModel model = request.model();
    ShownLabels.labels(model.dataset());
    try (NDManager scratch = model.manager().newSubManager()) {
      NDArray drawn = model.drawCodes(code, options.pool());
      drawn.attach(scratch);
      NDArray samples = request.make(Map.of(code.name(), drawn));
      samples.attach(scratch);
      request.progress().report(1, 2);
      ShownLabels shown =
          ShownLabels.of(
              scratch,
              model.dataset(),
              samples,
              Optional.of(options.cache()).filter(folder -> !folder.toString().isEmpty()),
              options.examples());
      request.progress().report(2, 2);
      float[] all = drawn.toFloatArray();
      List<TermCodes> codes = new ArrayList<>();
      for (SignedTerm term : terms) {
        codes.add(termCodes(term, shown.showing(term), all));
      }
      return codes;
    }
  }

  private TermCodes termCodes(SignedTerm term, List<Integer> showing, float[] all) {
    if (showing.size() < FEWEST) {
      throw new UnusableComponentException(
          "only %d of %,d samples show %s, and the average needs at least %d"
              .formatted(showing.size(), options.pool(), term.text(), FEWEST));
    }
    int length = all.length / options.pool();
    List<float[]> codes = new ArrayList<>();
    float[] average = new float[length];
    codes.add(average);
    for (int sample : showing) {
      float[] example = new float[length];
      System.arraycopy(all, sample * length, example, 0, length);
      codes.add(example);
      for (int i = 0; i < length; i++) {
        average[i] += example[i] / showing.size();
      }
    }
    return new TermCodes(codes);
  }

  private static float[] sum(List<SignedTerm> terms, List<TermCodes> codes, int length) {
    float[] sum = new float[length];
    for (int term = 0; term < terms.size(); term++) {
      for (int i = 0; i < length; i++) {
        sum[i] += terms.get(term).sign() * codes.get(term).average()[i];
      }
    }
    return sum;
  }

  /** A code near the sum; the sum itself in the first row. */
  private float[] near(float[] sum, int row, TrainedModel model) {
    float[] near = sum.clone();
    RandomGenerator random = model.randomStreams().at("arithmetic", row);
    for (int i = 0; row > 0 && i < near.length; i++) {
      near[i] += (float) random.nextDouble(-1, 1) * (float) options.noise();
    }
    return near;
  }
}
