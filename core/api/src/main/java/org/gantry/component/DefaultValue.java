package org.gantry.component;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of an option that the recipe does not set. An option without a default value is
 * required.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface DefaultValue {

  /** The value as it is written in a recipe, such as {@code 0.5} or {@code [64, 64]}. */
  String value();
}
