/**
 * Sessions from the formats of others: JSON lines, scripts, libpq's traces, captures of the network.
 *
 * <p>What comes as bytes goes through the recorder, and so through its masking, before it is stored.
 */
@NullMarked
package org.pgreel.recorder.importing;

import org.jspecify.annotations.NullMarked;
