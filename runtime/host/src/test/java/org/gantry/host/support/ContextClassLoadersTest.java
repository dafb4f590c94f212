package org.gantry.host.support;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ContextClassLoadersTest {

  @Test
  void theFormerLoaderIsBackAfterwardsWhateverTheCodeDoes() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();

    ClassLoader during =
        ContextClassLoaders.of(String.class, () -> Thread.currentThread().getContextClassLoader());
    assertThrows(
        IOException.class,
        () ->
            ContextClassLoaders.of(
                String.class,
                () -> {
                  thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
                  throw new IOException();
                }));

    assertSame(String.class.getClassLoader(), during);
    assertSame(before, thread.getContextClassLoader());
  }
}
