package org.gantry.launcher.sample;

import org.gantry.host.CommandInvocation;
import org.gantry.host.CommandLine;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A bundle with commands that print their arguments and their environment. */
public final class Commands implements BundleActivator, CommandLine {

  @Override
  public void start(BundleContext context) {
    context.registerService(CommandLine.class, this, null);
  }

  @Override
  public void stop(BundleContext context) {}

  @Override
  public int run(CommandInvocation invocation) {
    return switch (invocation.arguments().get(0)) {
      case "loader" -> {
        invocation.out().print(Thread.currentThread().getContextClassLoader());
        yield 0;
      }
      case "interrupted" -> invocation.interrupted().getAsBoolean() ? 130 : 0;
      default -> {
        invocation.out().print(String.join(" ", invocation.arguments()));
        yield 7;
      }
    };
  }
}
