/** What framing and decoding cost by themselves, without a socket. */
@NullMarked
package org.pgreel.benchmarks.protocol;

import org.jspecify.annotations.NullMarked;
