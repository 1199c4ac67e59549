/**
 * What runs in the process of each peer: the workloads' data and checksums, and the loop that takes the coordinator's
 * orders. It uses the Java runtime only, so that it fits beside any library.
 */
@NullMarked
package org.pgreel.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
