/**
 * Recorded sessions in the formats of others: scripts, JSON lines, libpq's traces, captures of the network.
 *
 * <p>It reads recordings and knows nothing of how they are stored.
 */
@NullMarked
package org.pgreel.recorder.export;

import org.jspecify.annotations.NullMarked;
