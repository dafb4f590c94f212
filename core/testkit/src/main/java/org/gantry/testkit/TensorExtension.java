package org.gantry.testkit;

import ai.djl.ndarray.NDManager;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.NativeEngine;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the engine under a fixed seed and provides a manager for test parameters of type {@code
 * NDManager}. What a test draws from the engine, such as initial weights, is the same in every run.
 */
final class TensorExtension implements BeforeEachCallback, ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(TensorExtension.class);

  private static final int SEED = 7;

  /** Makes JUnit close the manager after the test. */
  private record ManagerResource(NDManager manager) implements AutoCloseable {
    @Override
    public void close() {
      manager.close();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    manager(context).getEngine().setRandomSeed(SEED);
    Autograd.setRecording(true);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == NDManager.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return manager(context);
  }

  private static NDManager manager(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            context.getUniqueId(),
            id -> new ManagerResource(NativeEngine.newManager()),
            ManagerResource.class)
        .manager();
  }
}
