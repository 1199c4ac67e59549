/** Benchmarks of PgReel against its peers. Nothing depends on it. */
@NullMarked
package org.pgreel.benchmarks;

import org.jspecify.annotations.NullMarked;
