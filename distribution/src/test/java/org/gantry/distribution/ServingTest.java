package org.gantry.distribution;

import static org.gantry.distribution.ServedProduct.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.gantry.distribution.Product.CommandResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gantry serve} over HTTP, with runs of a few steps. */
class ServingTest {

  private static final String PNG = "image/png";
  private static final String TRANSLATIONS = "/models/colour/translations";

  @TempDir static Path folder;

  private static Product gantry;
  private static ServedProduct server;

  @BeforeAll
  static void trainAndServe() {
    gantry = Product.packed().inDirectory(folder);
    train("ring", "ring", "20");
    train("digits-conditional", "digits", "1", "--set", "train.batch=8");
    train("colorize", "colour", "1", "--set", "train.batch=4");
    server = ServedProduct.start(gantry, "ring", "digits", "colour");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void train(String recipe, String run, String steps, String... more) {
    List<String> words = new ArrayList<>(List.of("train", recipe, "--steps", steps, "--out", run));
    words.addAll(List.of(more));
    CommandResult trained = gantry.run(words.toArray(String[]::new));
    assertEquals(0, trained.exitCode(), trained.err());
  }

  private static byte[] picture(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", png);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return png.toByteArray();
  }

  private static BufferedImage image(HttpResponse<byte[]> answer) throws IOException {
    assertEquals(200, answer.statusCode(), () -> text(answer));
    return ImageIO.read(new ByteArrayInputStream(answer.body()));
  }

  private static void assertRefused(int status, String message, HttpResponse<byte[]> answer) {
    assertEquals(status, answer.statusCode(), () -> text(answer));
    assertTrue(text(answer).contains(message), () -> text(answer));
    assertFalse(text(answer).contains("\tat "), () -> text(answer));
    assertEquals(200, server.get("/health").statusCode());
  }

  @Test
  void servedPictureIsTheOneThatTheCommandWrites() throws IOException {
    CommandResult drawn = gantry.run("sample", "ring", "-n", "9", "--seed", "3", "-o", "ring.png");
    assertEquals(0, drawn.exitCode(), drawn.err());

    assertArrayEquals(
        Files.readAllBytes(folder.resolve("ring.png")),
        server.get("/models/ring/samples?count=9&seed=3").body());
  }

  @Test
  void sameSeedIsTheSameAnswerWhateverOtherRequestsAsk() throws Exception {
    List<byte[]> alone = new ArrayList<>();
    for (int seed = 0; seed < 12; seed++) {
      alone.add(server.get(samples(seed)).body());
    }
    ExecutorService threads = Executors.newFixedThreadPool(12);
    for (int round = 0; round < 3; round++) {
      List<CompletableFuture<byte[]>> together = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        String path = samples(i);
        together.add(CompletableFuture.supplyAsync(() -> server.get(path).body(), threads));
      }
      for (int seed = 0; seed < 12; seed++) {
        assertArrayEquals(alone.get(seed), together.get(seed).get(), "seed " + seed);
      }
    }
    threads.shutdown();
  }

  private static String samples(int seed) {
    return "/models/digits/samples?format=json&count=%d&seed=%d".formatted(1 + seed % 4, seed);
  }

  @Test
  void conditionsAreGivenByNameOrNumber() throws IOException {
    HttpResponse<byte[]> answer =
        server.post(
            "/models/digits/samples",
            "application/json",
            "{\"count\": 2, \"seed\": 1, \"given\": {\"label\": [3, 5]}}"
                .getBytes(StandardCharsets.UTF_8));
    assertTrue(image(answer).getWidth() > 64);
    assertEquals("1", answer.headers().firstValue("Gantry-Seed").orElse(""));
    assertArrayEquals(
        answer.body(), server.get("/models/digits/samples?count=2&seed=1&given=label=3,5").body());
    assertRefused(
        400,
        "given.label=12: the data have 10 classes",
        server.get("/models/digits/samples?given=label=12"));
  }

  @Test
  void picturesAreTranslatedInTheirOwnSizeAndRepeatably() throws IOException {
    byte[] drawing = picture(50, 60);
    HttpResponse<byte[]> first = server.post(TRANSLATIONS + "?seed=4", PNG, drawing);

    assertEquals(50, image(first).getWidth());
    assertEquals(60, image(first).getHeight());
    assertArrayEquals(first.body(), server.post(TRANSLATIONS + "?seed=4", PNG, drawing).body());
    String line = Base64.getEncoder().encodeToString(drawing);
    image(
        server.post(
            "/models/colour/samples",
            "application/json",
            "{\"seed\": 1, \"given\": {\"line\": \"%s\"}}"
                .formatted(line)
                .getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void malformedUploadsAreRefusedAndDoNotEndTheServer() {
    byte[] whole = picture(40, 40);
    byte[] noise = new byte[10_000_000];
    new Random(1).nextBytes(noise);

    assertRefused(
        400,
        "the body: the picture cannot be read as an image",
        server.post(TRANSLATIONS, PNG, Arrays.copyOf(whole, whole.length / 2)));
    assertRefused(
        400,
        "it is not a PNG, JPEG",
        server.post(TRANSLATIONS, PNG, Arrays.copyOf(noise, 1_000_000)));
    assertRefused(413, "expected at most", server.post(TRANSLATIONS, PNG, noise));
    assertRefused(400, "it is empty", server.post(TRANSLATIONS, PNG, new byte[0]));
    assertRefused(400, "100,000 x 100,000", server.post(TRANSLATIONS, PNG, announcing(100_000)));
    assertRefused(413, "3000 x 3000", server.post(TRANSLATIONS, PNG, announcing(3000)));
    assertRefused(415, "the type text/html is not", server.post(TRANSLATIONS, "text/html", whole));
    assertRefused(
        400,
        "given.line: the picture cannot be read as an image",
        server.post(
            "/models/colour/samples",
            "application/json",
            "{\"given\": {\"line\": \"/etc/passwd\"}}".getBytes(StandardCharsets.UTF_8)));
  }

  /** A PNG whose header announces a size that it does not have. */
  private static byte[] announcing(int side) {
    byte[] png = picture(8, 8);
    for (int i = 0; i < 4; i++) {
      png[16 + i] = (byte) (side >> (24 - 8 * i));
      png[20 + i] = (byte) (side >> (24 - 8 * i));
    }
    CRC32 check = new CRC32();
    check.update(png, 12, 17);
    for (int i = 0; i < 4; i++) {
      png[29 + i] = (byte) (check.getValue() >> (24 - 8 * i));
    }
    return png;
  }

  /** An upload of which only the first half has been sent. */
  private static Socket beginUpload(ServedProduct to, byte[] body) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.address().getPort());
    String header =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: %d\r\n\r\n"
            .formatted(TRANSLATIONS, body.length);
    socket.getOutputStream().write(header.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().write(body, 0, body.length / 2);
    socket.getOutputStream().flush();
    return socket;
  }

  private static void awaitInFlight(ServedProduct server, int requests) throws Exception {
    while (!text(server.get("/metrics")).contains("gantry_requests_in_flight " + requests + "\n")) {
      Thread.onSpinWait();
    }
  }

  @Test
  void fullServerRefusesAndASignalLetsRequestsInFlightFinish() throws Exception {
    byte[] drawing = picture(32, 32);
    try (ServedProduct full = ServedProduct.start(gantry, "colour", "--queue", "1");
        Socket upload = beginUpload(full, drawing)) {
      awaitInFlight(full, 1);
      HttpResponse<byte[]> refused = full.post(TRANSLATIONS, PNG, drawing);
      assertEquals(503, refused.statusCode(), text(refused));
      assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
      assertEquals(200, full.get("/ready").statusCode());

      full.process().terminate();
      full.process().awaitErr("finishing the requests in flight");
      upload
          .getOutputStream()
          .write(drawing, drawing.length / 2, drawing.length - drawing.length / 2);
      upload.getOutputStream().flush();
      String answer =
          new String(upload.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertTrue(answer.startsWith("HTTP/1.1 200"), answer);

      CommandResult end = full.process().awaitResult();
      assertEquals(0, end.exitCode(), end.err());
      assertFalse(end.err().contains("Exception"), end.err());
    }
  }

  @Test
  void newerCheckpointIsServedWithoutALostRequestAndADamagedOneIsNot() throws Exception {
    train("ring", "moving", "20");
    try (ServedProduct moving = ServedProduct.start(gantry, "moving", "--reload-every", "1")) {
      CompletableFuture<Void> training =
          CompletableFuture.runAsync(
              () -> {
                CommandResult more = gantry.run("train", "--resume", "moving", "--steps", "40");
                assertEquals(0, more.exitCode(), more.err());
              });
      String asked = "/models/moving/samples?seed=1&format=json";
      HttpResponse<byte[]> answer = moving.get(asked);
      assertEquals("20", answer.headers().firstValue("Gantry-Step").orElse(""));
      while (!answer.headers().firstValue("Gantry-Step").equals(Optional.of("40"))) {
        answer = moving.get(asked);
        assertEquals(200, answer.statusCode(), text(answer));
      }
      training.join();

      Path intact = folder.resolve("moving/checkpoints/step-000040");
      Path damaged = Files.createDirectory(intact.resolveSibling("step-000060"));
      for (String file : List.of("manifest.json", "manifest.sha256", "generator.safetensors")) {
        Files.copy(intact.resolve(file), damaged.resolve(file));
      }
      moving.process().awaitErr("newer networks are not served");
      HttpResponse<byte[]> reload =
          moving.post("/models/moving/reload", "application/json", new byte[0]);
      assertEquals(200, reload.statusCode(), text(reload));
      assertTrue(text(reload).contains("\"replaced\" : false"), text(reload));
      assertTrue(text(reload).contains("\"problem\" : \""), text(reload));
      assertEquals("40", moving.get(asked).headers().firstValue("Gantry-Step").orElse(""));
      assertEquals(0, moving.terminate().exitCode());
    }
  }

  @Test
  void otherMachinesNeedAToken() throws IOException {
    CommandResult open = gantry.run("serve", "ring", "--host", "0.0.0.0", "--port", "0");
    assertEquals(2, open.exitCode(), open.err());
    assertTrue(open.err().contains("--token-file"), open.err());

    Files.writeString(folder.resolve("short.txt"), "secret\n");
    CommandResult weak = gantry.run("serve", "ring", "--token-file", "short.txt");
    assertEquals(2, weak.exitCode(), weak.err());

    Files.writeString(folder.resolve("token.txt"), "0123456789abcdef0123456789abcdef\n");
    try (ServedProduct closed =
        ServedProduct.start(gantry, "ring", "--host", "127.0.0.1", "--token-file", "token.txt")) {
      assertEquals(401, closed.get("/models").statusCode());
      assertEquals(200, closed.get("/health").statusCode());
      for (String token : List.of("0123456789abcdef0123456789abcdef", "0123456789abcdef")) {
        assertEquals(
            token.length() == 32 ? 200 : 401,
            closed
                .send(
                    closed
                        .request("/models/ring/samples")
                        .header("Authorization", "Bearer " + token)
                        .build())
                .statusCode());
      }
    }
  }

  @Test
  void whatCannotBeServedIsRefusedAtTheStart() {
    for (List<String> arguments :
        List.of(
            List.of("missing"),
            List.of("ring", "--port", Integer.toString(server.address().getPort())))) {
      List<String> words = new ArrayList<>(List.of("serve"));
      words.addAll(arguments);
      CommandResult refused = gantry.run(words.toArray(String[]::new));
      assertEquals(2, refused.exitCode(), () -> arguments + ": " + refused.err());
      assertTrue(refused.err().contains("error: "), refused.err());
    }
  }
}
