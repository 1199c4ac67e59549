/** A client that does no more than is needed to keep a server busy: what the others can come close to at best. */
@NullMarked
package org.pgreel.benchmarks.zero;

import org.jspecify.annotations.NullMarked;
