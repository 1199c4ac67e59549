/** Faults: what happens to the wire, and at which moment. They know the notation's words, not who plays them. */
@NullMarked
package org.pgreel.replay.fault;

import org.jspecify.annotations.NullMarked;
