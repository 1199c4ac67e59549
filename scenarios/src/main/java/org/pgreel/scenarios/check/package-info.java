/**
 * Runs any program that talks to PostgreSQL against scenarios and grades what it does. It knows the program by its exit
 * status, its output and its bytes on the wire, and nothing else.
 */
@NullMarked
package org.pgreel.scenarios.check;

import org.jspecify.annotations.NullMarked;
