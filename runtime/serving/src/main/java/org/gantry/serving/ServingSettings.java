package org.gantry.serving;

import java.time.Duration;
import java.util.Optional;

/**
 * How models are served.
 *
 * @param host the name or address to listen at
 * @param port the port; 0 for any free one
 * @param token what every request has to state; empty if none is needed
 * @param limits what the server does at most
 * @param reloadEvery how often the server looks for newer checkpoints
 */
public record ServingSettings(
    String host,
    int port,
    Optional<AccessToken> token,
    ServingLimits limits,
    Duration reloadEvery) {}
