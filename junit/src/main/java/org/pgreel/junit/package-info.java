/** Recorded sessions and failure scenarios in JUnit tests. Knows nothing of Chronicle Queue. */
@NullMarked
package org.pgreel.junit;

import org.jspecify.annotations.NullMarked;
