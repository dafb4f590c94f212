package org.gantry.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.gantry.architecture.Architecture;
import org.gantry.component.UnusableComponentException;
import org.gantry.export.NetworkScript;
import org.gantry.export.ScriptForm;
import org.gantry.layers.HeadedNetwork;

/**
 * The block of a role. It is built on the first application, with another head if a component
 * replaces it, and is wrapped once all components have seen it.
 */
final class RoleBlock {

  private record BlockWrap(UnaryOperator<Block> wrap, ComponentOrigin contributor) {}

  private record ReplacementHead(Supplier<Block> block, ComponentOrigin contributor) {}

  private final BuildContext context;
  private final NetworkRole role;
  private final Architecture architecture;
  private final RolePorts ports;
  private final List<BlockWrap> wraps = new ArrayList<>();
  private Optional<ReplacementHead> head = Optional.empty();
  private Block block;

  /** Whether the block cannot train. Each step asks, and a block collects its parameters again. */
  private boolean parameterless;

  private List<Integer> inputOrder;
  private ComponentOrigin firstUser;
  private Shape[] inputShapes;
  private Optional<NetworkScript> script = Optional.empty();

  RoleBlock(BuildContext context, NetworkRole role, Architecture architecture, RolePorts ports) {
    this.context = context;
    this.role = role;
    this.architecture = architecture;
    this.ports = ports;
  }

  boolean isBuilt() {
    return block != null;
  }

  /** Whether the block is built and cannot train. */
  boolean hasNoParameters() {
    return isBuilt() && parameterless;
  }

  /** The block; null until the role is applied. */
  Block block() {
    return block;
  }

  /** The component that applied the role first; null until then. */
  ComponentOrigin firstUser() {
    return firstUser;
  }

  /** The shapes of the inputs, in the architecture's order, with the batch dimension. */
  Shape[] inputShapes() {
    return inputShapes.clone();
  }

  void wrap(UnaryOperator<Block> wrap) {
    wraps.add(new BlockWrap(wrap, context.contributor()));
  }

  boolean isWrapped() {
    return !wraps.isEmpty();
  }

  void replaceHead(Supplier<Block> replacement) {
    if (isBuilt() || head.isPresent()) {
      throw new UnusableComponentException(
          "the %s was applied, or its head replaced, already".formatted(role.role()));
    }
    head = Optional.of(new ReplacementHead(replacement, context.contributor()));
  }

  /** The shapes of the outputs for inputs of these shapes. Builds the block if necessary. */
  List<Shape> apply(List<Shape> inputs) {
    ports.requireInputs(inputs.size());
    if (!isBuilt()) {
      ports.requireArchitecture(context.contributor());
      block =
          build((action, run) -> role.addUpdateAction(action, weights -> run.run(), role.origin()));
      parameterless = block.getParameters().isEmpty();
      firstUser = context.contributor();
    }
    Shape[] ordered =
        ports.inputOrder().stream()
            .map(inputs::get)
            .map(batch -> role.packing().map(p -> p.batch(batch)).orElse(batch))
            .toArray(Shape[]::new);
    List<Shape> outputs = outputShapes(block, ordered, role.origin());
    if (inputShapes == null) {
      inputShapes = ordered;
      ports.requireOutputs(outputs, context.contributor());
    }
    return outputs;
  }

  private List<Shape> outputShapes(Block network, Shape[] inputs, ComponentOrigin culprit) {
    try {
      return List.of(network.getOutputShapes(inputs));
    } catch (RuntimeException e) {
      throw new CompositionException(
          "the %s cannot take inputs of shape %s: %s"
              .formatted(role.role(), List.of(inputs), e.getMessage()),
          List.of(culprit, context.contributor()),
          e);
    }
  }

  /** Builds another instance of the network, without wraps and without effect on the role. */
  Block newBlock() {
    return build((action, run) -> {});
  }

  private Block build(BiConsumer<String, Runnable> updateActions) {
    try {
      Block own = architecture.build(new RoleSite(role, ports, updateActions));
      return head.map(h -> exchangeHead(own, h)).orElse(own);
    } catch (UnusableComponentException e) {
      throw CompositionException.of(e, role.origin(), context.contributor());
    }
  }

  private Block exchangeHead(Block own, ReplacementHead replacement) {
    if (own instanceof HeadedNetwork headed) {
      return headed.withHead(replacement.block().get());
    }
    throw new UnusableComponentException(
        "%s replaces the head of the %s, but this network does not consist of a trunk and a head"
            .formatted(replacement.contributor().label(), role.role()));
  }

  /**
   * Computes trainings in one call from now on, where the layers allow that.
   *
   * @param manager owns the kernel
   */
  void compile(NDManager manager, ScriptForm form) {
    script = NetworkScript.load(manager, block, inputShapes, form);
  }

  /** The form in which trainings compute the network in one call; empty if layer by layer. */
  Optional<ScriptForm> form() {
    return script.map(NetworkScript::form);
  }

  /**
   * Applies the network; see {@link NetworkRole#forward}.
   *
   * @param inputs in the order of the role's ports
   */
  NDList forward(ParameterStore parameters, NDList inputs, boolean training) {
    if (inputOrder == null) {
      inputOrder = ports.inputOrder();
    }
    NDList ordered = new NDList();
    inputOrder.forEach(i -> ordered.add(inputs.get(i)));
    return training && script.isPresent()
        ? script.get().forward(parameters, ordered)
        : block.forward(parameters, ordered, training);
  }

  /** Puts the wraps around the network. */
  void finish() {
    for (BlockWrap wrap : wraps) {
      List<Shape> before = List.of(block.getOutputShapes(inputShapes));
      try {
        block = wrap.wrap().apply(block);
        parameterless = block.getParameters().isEmpty();
      } catch (UnusableComponentException e) {
        throw CompositionException.of(e, wrap.contributor(), role.origin());
      }
      List<Shape> after = outputShapes(block, inputShapes, wrap.contributor());
      if (!before.equals(after)) {
        throw new CompositionException(
            "%s changes the outputs of the %s from %s to %s; a wrap must keep their shapes"
                .formatted(wrap.contributor().label(), role.role(), before, after),
            List.of(wrap.contributor(), role.origin()));
      }
    }
  }
}
