package org.gantry.serving.internal.model;

/**
 * The use of a model's networks by one request.
 *
 * @param networks stay open until the lease is closed
 */
public record ModelLease(ModelGeneration networks) implements AutoCloseable {

  @Override
  public void close() {
    networks.giveBack();
  }
}
