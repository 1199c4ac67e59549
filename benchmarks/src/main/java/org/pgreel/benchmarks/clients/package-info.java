/** Measures PgReel beside the other PostgreSQL clients: one process each, their rounds interleaved in one run. */
@NullMarked
package org.pgreel.benchmarks.clients;

import org.jspecify.annotations.NullMarked;
