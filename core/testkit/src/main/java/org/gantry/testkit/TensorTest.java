package org.gantry.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class that computes with arrays. Its test methods can take an {@code NDManager},
 * fresh for the test and closed after it; gradients are recorded, as in a training step.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TensorExtension.class)
public @interface TensorTest {}
