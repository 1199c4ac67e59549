/** Journals the wire of PostgreSQL sessions. Knows the client, and nothing that replays. */
@NullMarked
package org.pgreel.recorder;

import org.jspecify.annotations.NullMarked;
