package org.gantry.cli;

import org.gantry.cli.console.TerminalInfo;
import org.gantry.cli.embedded.EmbeddedTrainings;
import org.gantry.cli.services.FrameworkServices;
import org.gantry.embedded.EmbeddedRuns;
import org.gantry.host.CommandLine;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Registers what users and programs call, which looks its services up when it needs them. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    String version = context.getBundle().getVersion().toString();
    FrameworkServices services = new FrameworkServices(context);
    CommandDispatcher commands = new CommandDispatcher(services, TerminalInfo::detect, version);
    context.registerService(CommandLine.class, commands, null);
    context.registerService(EmbeddedRuns.class, new EmbeddedTrainings(services), null);
  }

  @Override
  public void stop(BundleContext context) {
    // The framework unregisters the service.
  }
}
