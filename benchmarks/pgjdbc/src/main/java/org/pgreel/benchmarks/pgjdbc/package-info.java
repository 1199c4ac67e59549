/** The workloads written for pgjdbc. */
@NullMarked
package org.pgreel.benchmarks.pgjdbc;

import org.jspecify.annotations.NullMarked;
