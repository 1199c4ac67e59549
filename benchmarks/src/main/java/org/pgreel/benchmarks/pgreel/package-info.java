/** The workloads written for PgReel. */
@NullMarked
package org.pgreel.benchmarks.pgreel;

import org.jspecify.annotations.NullMarked;
