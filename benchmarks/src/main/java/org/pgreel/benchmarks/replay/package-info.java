/** The replay server beside PostgreSQL, and beside a server that writes the same bytes from memory. */
@NullMarked
package org.pgreel.benchmarks.replay;

import org.jspecify.annotations.NullMarked;
