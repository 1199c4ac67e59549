/**
 * PostgreSQL as a test wants it: servers that play scripts and scenarios, and tests that fail unless they were played.
 * Knows JUnit; does not know Chronicle Queue, Docker or a flag of the JVM.
 */
@NullMarked
package org.pgreel.junit;

import org.jspecify.annotations.NullMarked;
