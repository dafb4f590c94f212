package org.gantry.training;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.training.Vertex.Value;
import org.gantry.training.Vertex.Work;

/** What each vertex depends on, itself included. */
final class Dependencies {

  private final Map<Vertex, Set<Vertex>> upstream = new HashMap<>();
  private final Map<Vertex, Set<Role>> roles = new HashMap<>();

  /** Works through vertices that are sorted, inputs before their readers. */
  Dependencies(List<Vertex> sorted) {
    for (Vertex vertex : sorted) {
      Set<Vertex> above = new HashSet<>(Set.of(vertex));
      Set<Role> applied = new HashSet<>();
      for (Value input : vertex.inputs()) {
        above.addAll(upstream.get(input.vertex()));
        applied.addAll(roles.get(input.vertex()));
      }
      vertex.network().ifPresent(applied::add);
      upstream.put(vertex, above);
      roles.put(vertex, applied);
    }
  }

  /** The vertex and everything that it depends on. */
  Set<Vertex> upstream(Vertex vertex) {
    return upstream.get(vertex);
  }

  /** The networks that the vertex's value depends on. */
  Set<Role> roles(Vertex vertex) {
    return roles.get(vertex);
  }

  /** Whether a network of the player is among those that the vertex's value depends on. */
  boolean on(Vertex vertex, String player) {
    return roles.get(vertex).stream().anyMatch(r -> r.player().equals(player));
  }

  /** Whether the second value depends on the first. */
  boolean reaches(Value from, Value to) {
    return upstream.get(to.vertex()).contains(from.vertex());
  }

  /** Whether the vertex draws noise that must differ from phase to phase. */
  boolean fresh(Vertex vertex) {
    return upstream.get(vertex).stream().anyMatch(v -> v.work instanceof Work.Noise);
  }

  /** Whether the vertex's value changes with the batch. */
  boolean batched(Vertex vertex) {
    return upstream.get(vertex).stream()
        .anyMatch(v -> v.work instanceof Work.Data || v.work instanceof Work.Latent);
  }
}
