/** A server that answers prepared statements with bytes made beforehand, so that the client is what is measured. */
@NullMarked
package org.pgreel.benchmarks.canned;

import org.jspecify.annotations.NullMarked;
