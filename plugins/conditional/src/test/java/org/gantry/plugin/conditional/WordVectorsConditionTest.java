package org.gantry.plugin.conditional;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.WordVocabulary;
import org.gantry.testkit.StandaloneSite;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class WordVectorsConditionTest implements ComponentContract {

  /** A place for the encoding of texts of three words; the data have the words "two words". */
  private static final StandaloneSite SITE =
      new StandaloneSite("condition", Map.of("text", new Shape(3)), Map.of());

  private static final WordVocabulary WORDS = WordVocabulary.of(List.of("two words"));

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Override
  public Object createComponent() {
    try {
      Path file = file("contract.txt", "2 2\ntwo 1 2\nwords 3 4\n");
      return new WordVectorsCondition(new WordVectorsCondition.Options(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String refusal(Path file) {
    return assertThrows(
            UnusableComponentException.class, () -> WordVectorFile.read(file, Set.of("red")))
        .getMessage();
  }

  @Test
  void aTextIsTheSumOfTheVectorsOfItsWords(NDManager manager) throws IOException {
    Path file = file("vectors.txt", "3 2\ntwo 1 -2\nblue 7 7\nwords 0.5 0.25\n");
    Block block = new WordVectorsCondition(new WordVectorsCondition.Options(file)).build(SITE);
    block.initialize(manager, DataType.FLOAT32, new Shape(2, 3));
    NDArray texts = manager.create(new float[][] {WORDS.encode("words two words", 3), {0, 0, 0}});
    NDArray sums =
        block.forward(new ParameterStore(manager, false), new NDList(texts), false).head();
    assertClose(1e-6, sums, 2, -1.5, 0, 0);
  }

  @Test
  void binaryVectorsAreLittleEndianFloats() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("2 2\n".getBytes(StandardCharsets.UTF_8));
    for (String word : List.of("red", "hat")) {
      bytes.writeBytes((word + " ").getBytes(StandardCharsets.UTF_8));
      ByteBuffer vector = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      bytes.writeBytes(vector.putFloat(word.length()).putFloat(-0.1f).array());
      bytes.write('\n');
    }
    Path file = Files.write(folder.resolve("vectors.bin"), bytes.toByteArray());
    WordVectorFile read = WordVectorFile.read(file, Set.of("hat"));
    assertEquals(Set.of("hat"), read.vectors().keySet());
    assertArrayEquals(new float[] {3, -0.1f}, read.vectors().get("hat"));
  }

  @Test
  void aBadLineIsNamedWithItsWord() throws IOException {
    Path file = file("bad.txt", "2 3\nred 1 2 3\nhat 1 x 3\n");
    assertEquals(file + ":3: expected 3 numbers after the word 'hat'", refusal(file));
  }

  @Test
  void aFileWithoutAHeaderIsRefused() throws IOException {
    Path file = file("plain.txt", "red 1 2 3\n");
    assertEquals(
        file
            + ":1: expected the number of words and the length of their vectors, as word2vec"
            + " writes them, found 'red 1 2 3'",
        refusal(file));
  }

  @Test
  void aFileThatEndsEarlyIsRefused() throws IOException {
    Path file = file("short.txt", "2 1\nred 1\n");
    assertEquals(file + " ends before its last vector", refusal(file));
  }

  @Test
  void aFileOfOtherWordsIsRefused() throws IOException {
    Path file = file("other.txt", "1 1\nblue 1\n");
    WordVectorsCondition condition =
        new WordVectorsCondition(new WordVectorsCondition.Options(file));
    assertEquals(
        file + " has none of the words of the data, such as 'words'",
        assertThrows(UnusableComponentException.class, () -> condition.build(SITE)).getMessage());
  }
}
