/** Recorded sessions, made ready to be played. Reads recordings; knows neither clients nor sockets. */
@NullMarked
package org.pgreel.replay.source;

import org.jspecify.annotations.NullMarked;
