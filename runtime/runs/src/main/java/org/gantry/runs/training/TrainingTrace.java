package org.gantry.runs.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.host.support.JsonText;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.runs.EngineDevice;
import org.gantry.runs.EngineThreads;
import org.gantry.tensor.NativeEngine;
import org.gantry.tensor.SafetensorsFile;
import org.gantry.tensor.ThreadCount;
import org.gantry.training.GradientCheck;
import org.gantry.training.Node;
import org.gantry.training.NodeType;
import org.gantry.training.Session;
import org.gantry.training.StepTimer;

/**
 * Writes everything that another program needs to train the same networks on the same numbers:
 *
 * <ul>
 *   <li>{@code start}: the initial state, as in a checkpoint
 *   <li>{@code step-0001.safetensors} and so on: the batches and the random numbers of each step,
 *       in the order in which the step reads them. The key {@code 002/latent} is the third of them.
 *   <li>{@code losses.json}: the terms of each step
 * </ul>
 */
public final class TrainingTrace {

  private TrainingTrace() {}

  /**
   * Trains some steps and writes the trace.
   *
   * @param folder exists and is empty
   * @param steps the number of steps
   * @throws IOException if a file cannot be written
   */
  public static void write(ComposedRecipe composed, Path folder, int steps) throws IOException {
    ThreadCount.set(EngineThreads.forNewRun(composed));
    List<Map<String, Double>> losses = new ArrayList<>();
    try (Session session =
        Session.open(composed.graph(), EngineDevice.forNewRun(composed.settings()))) {
      session.save(Files.createDirectory(folder.resolve("start")));
      for (int step = 1; step <= steps; step++) {
        try (NDManager copies = NativeEngine.newManager()) {
          Map<String, NDArray> values = new LinkedHashMap<>();
          losses.add(
              session.step(
                  GradientCheck.FINITE,
                  StepTimer.NONE,
                  (node, outputs) -> keep(node, outputs, copies, values)));
          new SafetensorsFile(folder.resolve("step-%04d.safetensors".formatted(step)))
              .write(values);
        }
      }
    }
    Files.writeString(
        folder.resolve("losses.json"), JsonText.of(losses) + "\n", StandardCharsets.UTF_8);
  }

  private static void keep(
      Node node, NDList outputs, NDManager copies, Map<String, NDArray> values) {
    if (node.type() == NodeType.DATA || node.type() == NodeType.NOISE) {
      NDArray copy = outputs.get(0).duplicate();
      copy.attach(copies);
      values.put("%03d/%s".formatted(values.size(), node.name()), copy);
    }
  }
}
