package org.gantry.export;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gantry.torchscript.ScriptArchive;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Writes the TorchScript source of a module. Each block becomes a line of the method {@code
 * forward}. The line calls a method, and blocks with the same source share that method.
 */
@ProviderType
public final class ScriptWriter {

  private static final Pattern HEAD = Pattern.compile("^def forward\\(self\\b");

  /** Words that cannot be the name of an argument. */
  private static final Pattern RESERVED =
      Pattern.compile(
          "and|as|assert|break|class|continue|def|del|elif|else|except|False|finally|for|from"
              + "|global|if|import|in|is|lambda|None|nonlocal|not|or|pass|print|raise|return|self"
              + "|torch|True|try|while|with|yield");

  private final String network;
  private final boolean training;

  /** The expression of each parameter, by its id. */
  private final Map<String, String> parameters = new HashMap<>();

  private final Map<String, ScriptValue> replacements = new HashMap<>();
  private final Map<String, String> methods = new LinkedHashMap<>();
  private final StringBuilder lines = new StringBuilder();
  private final Deque<Block> blocks = new ArrayDeque<>();
  private final Deque<String> path = new ArrayDeque<>();
  private int values;

  /** A tensor that the module computes. */
  public static final class ScriptValue {

    private final String expression;

    private ScriptValue(String expression) {
      this.expression = expression;
    }
  }

  private ScriptWriter(String network, boolean training) {
    this.network = network;
    this.training = training;
  }

  /** The methods of a module that computes what the network computes in inference. */
  static String of(NetworkExport network) {
    ScriptWriter script = new ScriptWriter(network.label(), false);
    for (Pair<String, Parameter> parameter : network.block().getParameters()) {
      script.parameters.put(
          parameter.getValue().getId(),
          "getattr(self, " + ScriptArchive.quote(parameter.getKey()) + ")");
    }
    List<ScriptValue> inputs =
        network.takes().stream().map(port -> new ScriptValue(identifier(port.name()))).toList();
    List<ScriptValue> outputs = script.apply(network.block(), inputs);
    String arguments =
        inputs.stream().map(i -> ", " + i.expression + ": Tensor").collect(Collectors.joining());
    return script.source(arguments, "", outputs);
  }

  /** The function that a network computes in training. */
  static String ofTraining(Block network, int inputs, ScriptForm form) {
    ScriptWriter script = new ScriptWriter("the network", true);
    StringBuilder arguments = new StringBuilder();
    StringBuilder head = new StringBuilder();
    List<ScriptValue> values = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      arguments.append(", x%d: Tensor".formatted(i));
      head.append("  y%d = %s\n".formatted(i, form.input("x" + i)));
      values.add(new ScriptValue("y" + i));
    }
    arguments.append(", weights: List[Tensor]");
    List<Parameter> all = network.getParameters().values();
    for (int i = 0; i < all.size(); i++) {
      head.append("  w%d = %s\n".formatted(i, form.parameter("weights[" + i + "]", all.get(i))));
      script.parameters.put(all.get(i).getId(), "w" + i);
    }
    List<ScriptValue> outputs =
        script.apply(network, values).stream()
            .map(output -> new ScriptValue(form.output(output.expression)))
            .toList();
    return script.source(arguments.toString(), head.toString(), outputs) + form.methods();
  }

  /** Whether the script is of a training, and not of inference. */
  public boolean isTraining() {
    return training;
  }

  /**
   * Calls a function.
   *
   * @param source a method {@code forward} that returns one tensor, in the form that {@link
   *     org.gantry.tensor.Kernel} describes
   * @param arguments values, parameters of the block, and lists of these, as the source declares
   *     them
   * @return a list of the result
   */
  public List<ScriptValue> call(String source, List<?> arguments) {
    String text = source.strip();
    if (!HEAD.matcher(text).find()) {
      throw new IllegalArgumentException(
          "expected a source that begins with 'def forward(self', not " + text);
    }
    String method = methods.computeIfAbsent(text, t -> unusedName());
    ScriptValue result = new ScriptValue("_" + ++values);
    lines.append(
        "  %s = self.%s(%s)\n"
            .formatted(
                result.expression,
                method,
                arguments.stream().map(this::expression).collect(Collectors.joining(", "))));
    return List.of(result);
  }

  /**
   * Writes another block, such as a child.
   *
   * @param inputs its inputs
   * @return its outputs
   * @throws ExportException if the block has no TorchScript form
   */
  public List<ScriptValue> apply(Block block, List<ScriptValue> inputs) {
    path.addLast(name(block));
    blocks.addLast(block);
    if (training && block instanceof ScriptableBlock scripted && !scripted.scriptsTraining()) {
      throw refusal("computes something else in training");
    }
    List<ScriptValue> outputs =
        block instanceof ScriptableBlock scripted
            ? scripted.writeScript(this, inputs)
            : DjlBlockScripts.script(this, block, inputs);
    blocks.removeLast();
    path.removeLast();
    return List.copyOf(outputs);
  }

  /**
   * Writes another block, with other values in place of some of its parameters.
   *
   * @param inputs its inputs
   * @param replaced values by the parameter that they replace, a parameter of the block or of a
   *     block inside it
   * @return its outputs
   * @throws ExportException if the block has no TorchScript form
   */
  public List<ScriptValue> apply(
      Block block, List<ScriptValue> inputs, Map<Parameter, ScriptValue> replaced) {
    Map<String, ScriptValue> before = Map.copyOf(replacements);
    replaced.forEach((parameter, value) -> replacements.put(parameter.getId(), value));
    List<ScriptValue> outputs = apply(block, inputs);
    replacements.clear();
    replacements.putAll(before);
    return outputs;
  }

  /**
   * An exception that explains why the current block has no TorchScript form.
   *
   * @param reason continues "its layer ...", such as "draws random numbers in inference"
   */
  public ExportException refusal(String reason) {
    return new ExportException(
        "%s has no TorchScript form: %s %s; its weights can be written as .safetensors"
            .formatted(network, path.size() == 1 ? "it" : place(), reason));
  }

  private String place() {
    return "its layer " + path.stream().skip(1).collect(Collectors.joining("/"));
  }

  /** The block's name among its siblings. */
  private String name(Block block) {
    Block parent = blocks.peekLast();
    if (parent != null) {
      for (Pair<String, Block> child : parent.getChildren()) {
        if (child.getValue() == block) {
          return child.getKey();
        }
      }
    }
    return block.getClass().getSimpleName();
  }

  /** A new name for a method, after the class of the current block. */
  private String unusedName() {
    String type = blocks.getLast().getClass().getSimpleName().replaceAll("([a-z])([A-Z])", "$1_$2");
    return identifier(type.toLowerCase(Locale.ROOT)) + "_" + (methods.size() + 1);
  }

  private String expression(Object argument) {
    if (argument instanceof ScriptValue value) {
      return value.expression;
    } else if (argument instanceof Parameter parameter) {
      ScriptValue replacement = replacements.get(parameter.getId());
      if (replacement != null) {
        return replacement.expression;
      }
      String name = parameters.get(parameter.getId());
      if (name == null) {
        throw new IllegalArgumentException(
            "%s uses a parameter %s that the network does not have"
                .formatted(place(), parameter.getName()));
      }
      return name;
    } else if (argument instanceof List<?> list) {
      return list.stream().map(this::expression).collect(Collectors.joining(", ", "[", "]"));
    }
    throw new IllegalArgumentException(
        "a script takes values, parameters and lists of these, not " + argument);
  }

  private static String identifier(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9]+", "_").replaceFirst("^(?![A-Za-z])", "p");
    return RESERVED.matcher(plain).matches() ? plain + "_" : plain;
  }

  private String source(String arguments, String head, List<ScriptValue> outputs) {
    List<String> sources = new ArrayList<>();
    sources.add(
        "def forward(self%s) -> %s:\n%s%s  return %s"
            .formatted(
                arguments,
                outputs.size() == 1
                    ? "Tensor"
                    : outputs.stream()
                        .map(o -> "Tensor")
                        .collect(Collectors.joining(", ", "Tuple[", "]")),
                head,
                lines,
                outputs.stream().map(o -> o.expression).collect(Collectors.joining(", ", "", ""))));
    methods.forEach(
        (text, name) -> sources.add(HEAD.matcher(text).replaceFirst("def " + name + "(self")));
    return String.join("\n", sources);
  }
}
