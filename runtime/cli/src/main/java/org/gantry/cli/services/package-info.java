/** What commands need of the installation: components, recipes, plugins and experiments. */
package org.gantry.cli.services;
