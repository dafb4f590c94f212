/**
 * What programs with Gantry in their process call: recipes, trainings and runs without commands.
 */
package org.gantry.cli.embedded;
