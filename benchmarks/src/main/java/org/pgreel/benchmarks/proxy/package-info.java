/** The recording proxy beside other things that stand between a client and PostgreSQL. */
@NullMarked
package org.pgreel.benchmarks.proxy;

import org.jspecify.annotations.NullMarked;
