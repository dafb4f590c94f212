/** What tests of components stand on. */
package org.gantry.testkit;
