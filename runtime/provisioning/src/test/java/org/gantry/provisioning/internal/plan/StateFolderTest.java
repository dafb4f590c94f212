package org.gantry.provisioning.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.gantry.host.support.Sha256;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.plan.LockFile.LockedPlugin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

  @TempDir Path folder;
  private StateFolder state;

  @BeforeEach
  void create() {
    state = new StateFolder(folder.resolve("state"));
  }

  @Test
  void missingFolderIsTheProductsOwnState() throws IOException {
    assertEquals(0, state.currentGeneration());
    assertEquals(LockFile.PRODUCT, state.lockFile(0));
    assertEquals(List.of(0), state.generations());
    assertFalse(Files.exists(state.path()));
  }

  @Test
  void lockFileIsReadAsItWasWritten() throws IOException {
    LockFile lock = lock(plugin("org.acme.losses", "1.2.0", hash('a')));
    int number = state.addGeneration(lock);
    assertEquals(0, state.currentGeneration());
    state.setCurrent(number);
    assertEquals(1, state.currentGeneration());
    assertEquals(lock, state.lockFile(1));
  }

  @Test
  void generationsAreNumberedIndependentlyOfThePointer() throws IOException {
    state.setCurrent(state.addGeneration(lock()));
    state.addGeneration(lock());
    state.setCurrent(1);
    assertEquals(3, state.addGeneration(lock()));
    assertEquals(List.of(0, 1, 2, 3), state.generations());
  }

  @Test
  void corruptPointerOrLockFileIsReported() throws IOException {
    state.setCurrent(state.addGeneration(lock()));
    Path file = state.path().resolve("generations/1/plugins.lock.json");
    Files.writeString(file, "{\"format\": 1, \"plug");
    String broken = assertThrows(IOException.class, () -> state.lockFile(1)).getMessage();
    assertTrue(broken.startsWith(file + " cannot be read: "), broken);
    Files.writeString(file, "{\"format\": 2}");
    assertTrue(
        assertThrows(IOException.class, () -> state.lockFile(1))
            .getMessage()
            .contains("its format is not 1"));
    Files.writeString(state.path().resolve("current"), "not a number");
    assertThrows(IOException.class, () -> state.currentGeneration());
  }

  @Test
  void hashThatIsAPathIsRefused() throws IOException {
    state.addGeneration(lock(plugin("org.acme.losses", "1.0.0", "../../../etc/passwd")));
    assertThrows(IOException.class, () -> state.lockFile(1));
  }

  @Test
  void jarIsStoredOnceAndAgainAfterAChange() throws IOException {
    Path jar = Files.writeString(folder.resolve("a.jar"), "content");
    String sha256 = Sha256.of(jar);
    state.store(jar, sha256);
    Files.writeString(state.storedJar(sha256), "changed");
    state.store(jar, sha256);
    assertEquals("content", Files.readString(state.storedJar(sha256)));
  }

  @Test
  void removingUnusedFilesKeepsOnlyTheJarsOfGenerations() throws IOException {
    Path jar = Files.writeString(folder.resolve("a.jar"), "content");
    String needed = Sha256.of(jar);
    state.store(jar, needed);
    Path other = Files.writeString(folder.resolve("b.jar"), "other");
    state.store(other, Sha256.of(other));
    Files.writeString(state.newStagingFolder().resolve("half.jar"), "ha");
    state.setCurrent(state.addGeneration(lock(plugin("a", "1.0.0", needed))));
    state.removeUnused();
    assertTrue(Files.exists(state.storedJar(needed)));
    assertFalse(Files.exists(state.storedJar(Sha256.of(other))));
    assertEquals(List.of(), StateFiles.list(state.path().resolve("staging")));
  }

  @Test
  void twentyGenerationsAndTheCurrentOneAreKept() throws IOException {
    state.setCurrent(state.addGeneration(lock()));
    for (int i = 0; i < 30; i++) {
      state.addGeneration(lock());
    }
    state.removeUnused();
    List<Integer> kept = state.generations();
    assertTrue(kept.contains(1) && kept.contains(31) && !kept.contains(2), kept.toString());
  }

  @Test
  void quarantineHasAReasonUntilItIsReleased() throws IOException {
    state.quarantine(hash('b'), "it threw");
    assertEquals(Optional.of("it threw"), state.quarantineReason(hash('b')));
    state.releaseFromQuarantine(hash('b'));
    assertEquals(Optional.empty(), state.quarantineReason(hash('b')));
  }

  @Test
  void lockFileOfAnOlderVersionHasNoVoucher() throws IOException {
    LockedPlugin plugin = plugin("org.acme.losses", "1.0.0", hash('a'));
    String text = new String(lock(plugin).toJson(), java.nio.charset.StandardCharsets.UTF_8);
    Path file =
        Files.writeString(folder.resolve("old.json"), text.replaceAll(".*\"voucher\".*\n", ""));
    assertFalse(Files.readString(file).contains("voucher"));
    assertEquals(List.of(plugin), LockFile.read(file).plugins());
  }

  private static LockFile lock(LockedPlugin... plugins) {
    return new LockFile(0, "test", List.of(plugins), Set.of("org.gantry.plugin.hinge"));
  }

  private static LockedPlugin plugin(String name, String version, String sha256) {
    return new LockedPlugin(
        name, version, sha256, "a.jar", "CN=Acme", "", true, true, false, false);
  }

  private static String hash(char digit) {
    return String.valueOf(digit).repeat(64);
  }

  @Test
  void workWaitsUntilTheWorkOfAnotherThreadIsDone() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    List<String> order = new CopyOnWriteArrayList<>();
    FutureTask<String> first =
        new FutureTask<>(
            () ->
                state.withLock(
                    () -> {
                      begun.countDown();
                      awaitUninterrupted(mayEnd);
                      order.add("first");
                      return "first";
                    }));
    FutureTask<String> second =
        new FutureTask<>(
            () ->
                state.withLock(
                    () -> {
                      order.add("second");
                      return "second";
                    }));
    new Thread(first).start();
    begun.await();
    new Thread(second).start();
    mayEnd.countDown();

    assertEquals("first", first.get());
    assertEquals("second", second.get());
    assertEquals(List.of("first", "second"), order);
  }

  @Test
  void folderThatAnotherInstallationOfTheProcessChangesIsRefused() throws IOException {
    StateFolder other = new StateFolder(state.path());
    String message =
        state.withLock(
            () ->
                assertThrows(ProvisioningException.class, () -> other.withLock(() -> "done"))
                    .getMessage());
    assertEquals("another process is changing the plugins in " + state.path(), message);
    assertEquals("done", other.withLock(() -> "done"));
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
