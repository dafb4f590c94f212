package org.gantry.serving.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.runs.RunException;
import org.gantry.serving.ModelLocation;
import org.gantry.serving.TinySource;
import org.gantry.serving.internal.model.ServedModel.ReloadResult;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
class ServedModelTest {

  /** A folder whose newest checkpoint a test writes, or damages. */
  private static final class TinyLocation implements ModelLocation {

    private final List<TinySource> opened = new ArrayList<>();
    private long step = 1;
    private boolean damaged;
    private int attempts;

    @Override
    public String name() {
      return "tiny";
    }

    @Override
    public String label() {
      return "runs/tiny";
    }

    @Override
    public String version() {
      return "step " + step;
    }

    @Override
    public OpenedModel open() {
      attempts++;
      if (damaged) {
        throw new RunException("the checkpoint of step " + step + " is damaged");
      }
      TinySource source = TinySource.atStep(step);
      opened.add(source);
      return new OpenedModel(source, List.of());
    }

    @Override
    public OpenedModel openNewest() {
      return open();
    }
  }

  private final TinyLocation location = new TinyLocation();
  private final List<String> log = new ArrayList<>();

  private ServedModel open() {
    return ServedModel.open(location, (requests, rows, seconds) -> {}, log::add);
  }

  private static long step(ServedModel model) {
    try (ModelLease lease = model.lease()) {
      return lease.networks().step();
    }
  }

  private static void awaitClosed(TinySource source) throws InterruptedException {
    while (!source.isClosed()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void newerCheckpointReplacesTheServedOneWhichIsFreedAfterItsLastRequest() throws Exception {
    try (ServedModel model = open()) {
      assertEquals(ReloadResult.UNCHANGED, model.reload());
      ModelLease inFlight = model.lease();
      location.step = 2;

      assertEquals(ReloadResult.REPLACED, model.reload());

      assertEquals(2, step(model));
      assertEquals(1, inFlight.networks().step());
      assertFalse(location.opened.get(0).isClosed());
      inFlight.close();
      awaitClosed(location.opened.get(0));
      assertFalse(location.opened.get(1).isClosed());
    }
    awaitClosed(location.opened.get(1));
  }

  @Test
  void damagedNewerCheckpointLeavesTheEarlierInServiceAndIsReportedOnce() {
    try (ServedModel model = open()) {
      location.step = 2;
      location.damaged = true;

      assertEquals(ReloadResult.FAILED, model.reload());
      assertEquals(ReloadResult.FAILED, model.reload());

      assertEquals(1, step(model));
      assertEquals(Optional.of("the checkpoint of step 2 is damaged"), model.problem());
      assertEquals(2, location.attempts);
      assertEquals(
          1, log.stream().filter(line -> line.contains("newer networks are not served")).count());

      location.step = 3;
      location.damaged = false;
      assertEquals(ReloadResult.REPLACED, model.reload());
      assertEquals(Optional.empty(), model.problem());
    }
  }

  @Test
  void modelWithoutIntactNetworksIsNotServed() {
    location.damaged = true;

    assertTrue(
        assertThrows(RunException.class, this::open).getMessage().contains("step 1 is damaged"));
  }

  @Test
  void closedModelRefusesRequests() {
    ServedModel model = open();
    model.close();

    assertThrows(OverloadException.class, model::lease);
  }
}
