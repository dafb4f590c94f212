package org.gantry.components.sample;

import org.gantry.component.KindInterface;

/** The interface of a kind that a bundle adds. */
@KindInterface(kind = "salutation", summary = "begins a letter")
public interface Salutation {

  /** Returns the first line of a letter. */
  String line(String name);
}
