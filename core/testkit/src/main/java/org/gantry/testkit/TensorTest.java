package org.gantry.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class that computes with arrays. Gradients are recorded, as in a training step. Test
 * methods can have a parameter of type {@code NDManager}. Each test gets its own manager, which is
 * closed after the test.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TensorExtension.class)
public @interface TensorTest {}
