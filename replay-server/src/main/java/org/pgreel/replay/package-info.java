/** Plays PostgreSQL to any client. Knows recordings, and nothing that runs or grades scenarios. */
@NullMarked
package org.pgreel.replay;

import org.jspecify.annotations.NullMarked;
