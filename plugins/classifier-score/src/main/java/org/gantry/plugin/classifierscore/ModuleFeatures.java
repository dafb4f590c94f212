package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.gantry.component.UnusableComponentException;
import org.gantry.export.ExportException;
import org.gantry.export.ImportedModule;
import org.gantry.tensor.Kernel;

/**
 * Features of a TorchScript module. It takes images of shape (n, channels, height, width) with
 * values in [-1, 1]; its first output, flattened, is the features.
 */
final class ModuleFeatures implements FeatureNetwork {

  private static final int CHUNK = 64;

  /** Repeats a grey channel for modules of colour images, and resizes. */
  private static final String PREPARE =
      """
      def forward(self, images: Tensor) -> Tensor:
        h = images
        if $colour and torch.size(h, 1) == 1:
          h = torch.cat([h, h, h], 1)
        if $side > 0:
          h = torch.upsample_bilinear2d(h, [$side, $side], False, None, None)
        return h
      """;

  private final ImportedModule module;
  private final Kernel prepare;
  private final LabelledImages images;
  private final String name;

  private ModuleFeatures(
      ImportedModule module, Kernel prepare, LabelledImages images, String name) {
    this.module = module;
    this.prepare = prepare;
    this.images = images;
    this.name = name;
  }

  /**
   * Loads a module.
   *
   * @param manager owns its weights
   * @param side the side to which images are resized; 0 for their own size
   * @param colour whether grey images get three equal channels
   * @throws UnusableComponentException if the file is not a module of a network
   */
  static ModuleFeatures load(
      NDManager manager, Path file, TurnedImages images, int side, boolean colour) {
    String name = moduleName(file);
    try {
      String source =
          PREPARE
              .replace("$colour", colour ? "True" : "False")
              .replace("$side", Integer.toString(side));
      return new ModuleFeatures(
          ImportedModule.load(manager, file),
          Kernel.load(manager, source),
          new LabelledImages(images),
          name + (side == 0 ? "" : "-" + side));
    } catch (ExportException e) {
      throw unusable(e.getMessage(), e);
    }
  }

  /**
   * The name of a file and a checksum of its content, so that figures of other features differ.
   *
   * @throws UnusableComponentException if the file cannot be read
   */
  static String moduleName(Path file) {
    CRC32 sum = new CRC32();
    try {
      sum.update(Files.readAllBytes(file));
    } catch (IOException e) {
      throw unusable("there is no readable file " + file, e);
    }
    String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    String words = stem.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return "%s-%08x"
        .formatted(words.replaceAll("^-|-$", ""), sum.getValue())
        .replaceFirst("^-", "");
  }

  private static UnusableComponentException unusable(String reason, Exception cause) {
    UnusableComponentException unusable = new UnusableComponentException("features: " + reason);
    unusable.initCause(cause);
    return unusable;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public NDArray ofReal(NDManager into, int[] indices) {
    return inChunks(
        into,
        indices.length,
        (temporary, from, to) ->
            images.load(temporary, TurnedImages.upright(Arrays.copyOfRange(indices, from, to))));
  }

  @Override
  public NDArray ofGenerated(NDManager into, NDArray generated) {
    return inChunks(
        into,
        Math.toIntExact(generated.getShape().get(0)),
        (temporary, from, to) -> {
          NDArray chunk = generated.get(new NDIndex("{}:{}", from, to));
          chunk.attach(temporary);
          return images.normalise(chunk);
        });
  }

  /** Loads a part of the images. */
  private interface ChunkSource {
    NDArray load(NDManager temporary, int from, int to);
  }

  private NDArray inChunks(NDManager into, int count, ChunkSource source) {
    try (NDManager chunks = into.newSubManager()) {
      NDList features = new NDList();
      for (int from = 0; from < count; from += CHUNK) {
        try (NDManager temporary = chunks.newSubManager()) {
          NDArray pixels = source.load(temporary, from, Math.min(count, from + CHUNK));
          NDArray output = features(temporary, prepare.call(temporary, List.of(pixels)).head());
          output.attach(chunks);
          features.add(output);
        }
      }
      NDArray all = NDArrays.concat(features);
      all.attach(into);
      return all;
    }
  }

  private NDArray features(NDManager temporary, NDArray pixels) {
    try {
      NDArray output = module.apply(temporary, pixels).head();
      return output.reshape(pixels.getShape().get(0), -1);
    } catch (ExportException e) {
      throw unusable(
          "the module does not take images of shape %s; see the options side and colour: %s"
              .formatted(pixels.getShape().slice(1), e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    module.close();
    prepare.close();
  }
}
