/** The workloads written for the PostgreSQL client of Vert.x. */
@NullMarked
package org.pgreel.benchmarks.vertx;

import org.jspecify.annotations.NullMarked;
