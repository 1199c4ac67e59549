/** What a replay came to, as plain values and as text. Knows neither sockets nor journals. */
@NullMarked
package org.pgreel.replay.report;

import org.jspecify.annotations.NullMarked;
