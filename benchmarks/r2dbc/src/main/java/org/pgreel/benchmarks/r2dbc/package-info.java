/** The workloads written for r2dbc-postgresql. */
@NullMarked
package org.pgreel.benchmarks.r2dbc;

import org.jspecify.annotations.NullMarked;
