package org.gantry.cli;

import org.gantry.cli.console.TerminalInfo;
import org.gantry.cli.services.FrameworkServices;
import org.gantry.host.CommandLine;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Registers the commands, which look their services up when they need them. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    String version = context.getBundle().getVersion().toString();
    CommandDispatcher commands =
        new CommandDispatcher(new FrameworkServices(context), TerminalInfo::detect, version);
    context.registerService(CommandLine.class, commands, null);
  }

  @Override
  public void stop(BundleContext context) {
    // The framework unregisters the service.
  }
}
