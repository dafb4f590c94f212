package org.gantry.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.gantry.torchscript.ScriptArchive;

/**
 * A function of arrays written in TorchScript, for operations that DJL does not offer. It is
 * differentiable wherever libtorch's operators are.
 *
 * <p>The source of a kernel is a method {@code forward}, such as
 *
 * <pre>{@code
 * def forward(self, x: Tensor, weight: Tensor) -> Tensor:
 *   return torch.conv_transpose2d(x, weight, None, [2, 2], [1, 1])
 * }</pre>
 *
 * <p>Loading a kernel costs about 13 ms, and a call about 10 µs. Several threads may call a kernel.
 */
public final class Kernel implements AutoCloseable {

  private final Supplier<PtSymbolBlock> loader;
  private volatile PtSymbolBlock loaded;
  private boolean closed;

  private Kernel(PtSymbolBlock module) {
    loader = () -> module;
    loaded = module;
  }

  private Kernel(Supplier<PtSymbolBlock> loader) {
    this.loader = loader;
  }

  /**
   * Loads a kernel.
   *
   * @param manager owns the kernel: closing either closes the kernel
   * @param source the method {@code forward}; arguments are tensors and lists of tensors; the
   *     result is a tensor, a list or a tuple of tensors
   * @throws ai.djl.engine.EngineException if the source does not compile, with the line
   */
  public static Kernel load(NDManager manager, String source) {
    return new Kernel(compile(manager, source));
  }

  /**
   * Returns a kernel that is loaded when it is first called. It is for layers, most of which are
   * never called: a network in training is one kernel, and a command that only needs shapes calls
   * none.
   *
   * @param manager owns the kernel: closing either closes the kernel
   * @param source as in {@link #load}, except that the first call throws if it does not compile
   */
  public static Kernel deferred(NDManager manager, String source) {
    return new Kernel(() -> compile(manager, source));
  }

  private static PtSymbolBlock compile(NDManager manager, String source) {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try {
      ScriptArchive.write(archive, "Kernel", source, List.of(), Map.of());
      return read(manager, new ByteArrayInputStream(archive.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write an archive in memory", e);
    }
  }

  /**
   * Loads a TorchScript module, with its parameters, as a kernel.
   *
   * @param manager owns the kernel: closing either closes the kernel
   * @param archive written by {@code torch.jit.save}; stays open
   * @throws ai.djl.engine.EngineException if the archive is not a TorchScript module
   */
  public static Kernel open(NDManager manager, InputStream archive) throws IOException {
    return new Kernel(read(manager, archive));
  }

  private static PtSymbolBlock read(NDManager manager, InputStream archive) throws IOException {
    return JniUtils.loadModule((PtNDManager) manager, archive, false, false);
  }

  private PtSymbolBlock module() {
    PtSymbolBlock module = loaded;
    return module == null ? loadNow() : module;
  }

  private synchronized PtSymbolBlock loadNow() {
    if (closed) {
      throw new IllegalStateException("the kernel is closed");
    }
    if (loaded == null) {
      loaded = loader.get();
    }
    return loaded;
  }

  /**
   * Reads a source from the package of a class.
   *
   * @param owner a class of the package that contains the file
   * @param file the file's name, such as {@code adam.torchscript}
   */
  public static String readSource(Class<?> owner, String file) {
    try (InputStream in = owner.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "the package of " + owner.getName() + " has no file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * Calls the kernel.
   *
   * @param into owns the results
   * @param arguments {@link NDArray}s and lists of them ({@link NDList}), as the source declares
   *     them; at least one array, and no empty list
   */
  public NDList call(NDManager into, List<?> arguments) {
    NDList flat = new NDList();
    int lists = 0;
    for (Object argument : arguments) {
      if (argument instanceof NDArray array) {
        array.setName(null);
        flat.add(array);
      } else if (argument instanceof NDList list) {
        String name = "list" + lists++ + "[]";
        for (NDArray array : list) {
          array.setName(name);
          flat.add(array);
        }
      } else {
        throw new IllegalArgumentException(
            "a kernel takes arrays and lists of arrays, not " + argument);
      }
    }
    NDList results = IValueUtils.forward(module(), flat, true);
    for (NDArray array : flat) {
      array.setName(null);
    }
    results.attach(into);
    return results;
  }

  /**
   * Calls the kernel with arrays only, and returns its single result, which belongs to the manager
   * of the first argument.
   */
  public NDArray call(NDArray... arguments) {
    return call(arguments[0].getManager(), List.of(arguments)).singletonOrThrow();
  }

  /**
   * Lets the calling thread execute kernels operator by operator, as they are written. By default
   * the engine first watches a kernel and then rewrites it, which made a network of dense layers a
   * quarter slower, and gives other bits after the first calls than before.
   */
  public static void executeAsWritten() {
    JniUtils.setGraphExecutorOptimize(false);
  }

  /**
   * The parameters of a module, which its calls read: a change of an array changes the results.
   *
   * @param into owns the arrays; they stay valid after the module is closed
   * @return the arrays in the module's order, named as the module names them; no buffers
   */
  public NDList parameters(NDManager into) {
    return JniUtils.moduleGetParams(module(), (PtNDManager) into);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (loaded != null) {
      loaded.close();
    }
  }
}
