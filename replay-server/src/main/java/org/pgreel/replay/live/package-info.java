/** What no recording answers is asked of a live server, and recorded, run by run. */
@NullMarked
package org.pgreel.replay.live;

import org.jspecify.annotations.NullMarked;
